import { InvalidInput } from "../../errors/invalid-input";
import { notListed } from "../../errors/nearest";
import type { Cidr } from "../../network/cidr";
import type { Patience } from "../platforms/exchange";
import { askWhois, fetchJson } from "./answer";
import type { Endpoints } from "./endpoints";
import { announcedPrefixes, cloudflarePrefixes, prefixesOfRoutes, routeQuery } from "./prefixes";

/** A question for the prefixes of a feed, to one source. */
export interface FeedQuestion {
  /** The source: `https://...`, or `whois://host:port`. */
  readonly url: string;
  /** What is asked, where the URL doesn't say it all. */
  readonly query?: string;
  /**
   * Asks.
   *
   * @throws NoAnswer when there is no answer that can be judged
   */
  readonly ask: (patience: Patience) => Promise<readonly Cidr[]>;
}

/** Which feed is asked for where. */
export interface FeedQuestions {
  /** The feed's name. */
  readonly name: string;
  /** The autonomous system that the feed is of. */
  readonly asn: number;
  /** The committed document, in the folder of the feeds. */
  readonly file: string;
  /** An address enters when the answers to all of them have it. */
  readonly questions: (endpoints: Endpoints) => readonly FeedQuestion[];
}

/**
 * The questions for every feed.
 *
 * Meta's has two: anybody can register a route object, and the answer comes over plain TCP, so what whois says counts once an
 * independent feed of what routers announce says it too. Cloudflare's own list needs no second one.
 */
export const FEED_QUESTIONS: readonly FeedQuestions[] = [
  {
    name: "meta",
    asn: 32934,
    file: "as32934.json",
    questions: (endpoints) => [registered(32934, endpoints), announced(32934, endpoints)],
  },
  { name: "cloudflare", asn: 13335, file: "cloudflare.json", questions: ({ cloudflare: url }) => [published(url)] },
];

function registered(asn: number, { whois }: Endpoints): FeedQuestion {
  const [url, query] = [`whois://${whois.host}:${whois.port}`, routeQuery(asn)];
  return { url, query, ask: async (patience) => prefixesOfRoutes(url, asn, await askWhois(whois, query, patience)) };
}

function announced(asn: number, endpoints: Endpoints): FeedQuestion {
  const url = endpoints.announced.replaceAll("{asn}", String(asn));
  return { url, ask: async (patience) => announcedPrefixes(url, asn, await fetchJson(url, patience)) };
}

function published(url: string): FeedQuestion {
  return { url, ask: async (patience) => cloudflarePrefixes(url, await fetchJson(url, patience)) };
}

/**
 * The feeds of these names, in the project's order; all of them when there is no name.
 *
 * @throws InvalidInput when a name is no feed's
 */
export function chooseFeeds(names: readonly string[]): readonly FeedQuestions[] {
  const known = FEED_QUESTIONS.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  InvalidInput.throwIfAny(
    "the list of feeds",
    unknown.map((name) => notListed("[feed...]", name, known)),
  );
  return FEED_QUESTIONS.filter(({ name }) => names.length === 0 || names.includes(name));
}
