import { InvalidInput, shown } from "../../errors/invalid-input";
import { jsonOfFile } from "../../errors/json-text";
import type { FileProblem } from "../../errors/user-file";
import { type FeedDocument, problemsWithFeed } from "../../network/feeds/address-feed";
import { ageOf, HOW_TO_RENEW, sayAge } from "../../network/feeds/age";
import type { FeedQuestions } from "./feed-questions";
import { rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

/** The folder of the committed feeds. */
export const FEEDS_FOLDER = resolve(__dirname, "../../network/feeds");

/** A feed's text, and where it goes. */
export interface FeedText {
  readonly path: string;
  readonly text: string;
}

/**
 * Reads a committed feed.
 *
 * @throws InvalidInput when there is no such file, when it is not JSON, or when the feed is wrong
 */
export async function readFeed(folder: string, file: string): Promise<FeedDocument> {
  const read = jsonOfFile(join(folder, file)) ?? {
    problem: { got: "no such file", allowed: `a feed in ${shown(folder)}` },
  };
  if ("problem" in read) throw unreadable(file, read.problem);
  const document = read.value;
  InvalidInput.throwIfAny(`address feed ${file}`, problemsWithFeed(document));
  return document as FeedDocument;
}

/**
 * Writes feeds so that no file is ever half of one, and that none is changed unless all of them could be written: each text goes to
 * a new file on the disk first, which then takes the old one's name.
 *
 * @throws InvalidInput when the folder can't be written
 */
export async function writeFeeds(feeds: readonly FeedText[]): Promise<void> {
  const moves = feeds.map(({ path, text }) => ({ path, text, temporary: `${path}.${process.pid}.tmp` }));
  try {
    for (const { temporary, text } of moves) await writeFile(temporary, text, { flag: "wx", flush: true });
    for (const { temporary, path } of moves) await rename(temporary, path);
  } catch (error) {
    await Promise.all(moves.map(({ temporary }) => rm(temporary, { force: true })));
    throw unusable(String((error as NodeJS.ErrnoException).path), error, "a folder that can be written");
  }
}

/** A feed's document as it is committed. */
export function feedText(folder: string, file: string, document: FeedDocument): FeedText {
  return { path: join(folder, file), text: `${JSON.stringify(document, null, 2)}\n` };
}

function unreadable(at: string, problem: FileProblem): InvalidInput {
  return new InvalidInput("the folder of the feeds", [{ at, change: "restore the last committed one", ...problem }]);
}

function unusable(at: string, error: unknown, allowed: string): InvalidInput {
  return new InvalidInput("the folder of the feeds", [
    { at, got: String((error as NodeJS.ErrnoException).code), allowed },
  ]);
}

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
