import { ageOf, HOW_TO_RENEW, sayAge } from "../../network/feeds/age";
import { readFeed } from "./feed-files";
import type { FeedQuestions } from "./feed-questions";

/** What a check finds of one feed. */
export interface CheckedFeed {
  /** One line: the feed, how many prefixes it has, how old it is, and what to do when it is too old. */
  readonly line: string;
  /** Whether it is as old as it may be. */
  readonly passes: boolean;
}

/**
 * Says how old committed feeds are. Asks nobody.
 *
 * @param folder the folder of the committed feeds
 * @throws InvalidInput when a committed feed is wrong
 */
export async function check(
  feeds: readonly FeedQuestions[],
  folder: string,
  now: Date,
): Promise<readonly CheckedFeed[]> {
  return Promise.all(
    feeds.map(async ({ name, file }) => {
      const document = await readFeed(folder, file);
      const { isAllowed } = ageOf(document, now);
      const { ipv4, ipv6 } = document.count;
      const said = `${name}: ${ipv4} IPv4 + ${ipv6} IPv6 prefixes; ${sayAge(document, now)}`;
      return { line: isAllowed ? said : `${said}; ${HOW_TO_RENEW}`, passes: isAllowed };
    }),
  );
}
