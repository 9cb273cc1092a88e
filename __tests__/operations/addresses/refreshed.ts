import type { FeedDocument } from "../../../network/feeds/address-feed";
import { chooseFeeds, type Endpoints } from "../../../operations/addresses/feed-questions";
import { sayRefresh } from "../../../cli/pages/addresses";
import { type Refreshed, refresh } from "../../../operations/addresses/refresh";
import type { Patience } from "../../../operations/platforms/exchange";
import { VirtualClock } from "../../../rehearsal/virtual-clock";
import { CLOUDFLARE_BEFORE, FeedsFolder, META_BEFORE } from "./feeds";
import { announcement, type Behaviour, published, routeObjects, says, withSources } from "./stand-ins";

const { ipv4, ipv6 } = META_BEFORE;

export const NOW = new Date("2026-03-02T04:05:06.789Z");
/** The sources' clock stands still: a source that is late lets its time pass. */
export const CLOCK = new VirtualClock();
export const PATIENCE = { request: 2_000, longestBody: 100_000, clock: CLOCK };
/** The answer of the route query when nothing has changed. */
export const REGISTERED = routeObjects([...ipv4, ...ipv6]);
/** The answer of the feed of announced prefixes when nothing has changed. */
export const ANNOUNCED = announcement(ipv4, ipv6);
/** Sources by which nothing has changed. */
export const QUIET: Behaviour = {
  whois: says(REGISTERED),
  announced: says(ANNOUNCED),
  cloudflare: says(published(CLOUDFLARE_BEFORE.ipv4, CLOUDFLARE_BEFORE.ipv6)),
};

/** How feeds are refreshed; Meta's alone when nothing is said. */
export interface Options {
  readonly feeds?: readonly string[];
  readonly accept?: boolean;
  readonly dryRun?: boolean;
  readonly patience?: Patience;
  readonly now?: Date;
  readonly meta?: FeedDocument;
}

/** The outcome of a refresh. */
export interface Result {
  readonly refreshed: Refreshed;
  readonly said: readonly string[];
  readonly meta: FeedDocument;
  readonly cloudflare: FeedDocument;
  /** Whether every file in the folder is as it was, and none is new. */
  readonly isUntouched: boolean;
  readonly endpoints: Endpoints;
}

/** Refreshes the feeds of a new folder from sources by which nothing has changed but this. */
export function refreshed(behaviour: Partial<Behaviour>, options: Options = {}): Promise<Result> {
  const { feeds = ["meta"], accept = false, dryRun = false, patience = PATIENCE, now = NOW } = options;
  return FeedsFolder.during(
    (folder) =>
      withSources({ ...QUIET, ...behaviour }, async (endpoints) => {
        const before = folder.files;
        const terms = { endpoints, patience, now, accept, dryRun };
        const result = await refresh({ feeds: chooseFeeds(feeds), folder: folder.path, ...terms });
        return {
          refreshed: result,
          said: sayRefresh(result, { dryRun }),
          meta: folder.meta,
          cloudflare: folder.cloudflare,
          isUntouched: JSON.stringify(folder.files) === JSON.stringify(before),
          endpoints,
        };
      }),
    options.meta,
  );
}
