import { InvalidInput, type Problem, shown } from "../../errors/invalid-input";
import type { Cidr } from "../../network/cidr";
import { chooseNamed } from "../choose";
import { type Patience, CERTIFICATE_CHECKS, checksCertificates, isProtected } from "../platforms/exchange";
import type { Variables } from "../platforms/platform";
import {
  askWhois,
  fetchJson,
  type WhoisServer,
  announcedPrefixes,
  cloudflarePrefixes,
  prefixesOfRoutes,
  routeQuery,
} from "./sources";

/** A question for the prefixes of a feed, to one source. */
export interface FeedQuestion {
  /** The source: `https://...`, or `whois://host:port`. */
  readonly url: string;
  /** The query, where the URL doesn't say it all. */
  readonly query?: string;
  /**
   * Asks.
   *
   * @throws Unheard, or NoAnswer, when there is no answer that can be judged
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
  return { url, query, ask: async (patience) => prefixesOfRoutes(asn, await askWhois(whois, query, patience)) };
}

function announced(asn: number, endpoints: Endpoints): FeedQuestion {
  const url = endpoints.announced.replaceAll("{asn}", String(asn));
  return { url, ask: async (patience) => announcedPrefixes(asn, await fetchJson(url, patience)) };
}

function published(url: string): FeedQuestion {
  return { url, ask: async (patience) => cloudflarePrefixes(await fetchJson(url, patience)) };
}

/**
 * The feeds of these names, in the project's order; all of them when there is no name.
 *
 * @throws InvalidInput when a name is no feed's
 */
export function chooseFeeds(names: readonly string[]): readonly FeedQuestions[] {
  if (names.length === 0) return FEED_QUESTIONS;
  return chooseNamed(FEED_QUESTIONS, names, { subject: "the list of feeds", at: "[feed...]" });
}

/** Who is asked. */
export interface Endpoints {
  /** Which route objects are registered. */
  readonly whois: WhoisServer;
  /** Which prefixes an autonomous system announces: a URL in which `{asn}` is its number. */
  readonly announced: string;
  /** Which addresses Cloudflare's edge has: a URL. */
  readonly cloudflare: string;
}

/** Endpoints as they are written. */
export type WrittenEndpoints = Readonly<Partial<Record<keyof Endpoints, string>>>;

/**
 * The services themselves.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview the whois server
 * @see https://github.com/ipverse/as-ip-blocks#how-to-use
 * @see https://developers.cloudflare.com/api/resources/ips
 */
export const DEFAULT_ENDPOINTS: Endpoints = {
  whois: { host: "whois.radb.net", port: 43 },
  announced: "https://raw.githubusercontent.com/ipverse/as-ip-blocks/master/as/{asn}/aggregated.json",
  cloudflare: "https://api.cloudflare.com/client/v4/ips",
};

const WHOIS = /^([a-z\d](?:[a-z\d.-]*[a-z\d])?)(?::([1-9]\d{0,4}))?$/i;
const WHOIS_PORT = 43;
const LAST_PORT = 65535;

/**
 * Reads endpoints; those that aren't written are the services themselves.
 *
 * @param variables of the process that asks
 * @throws InvalidInput when one isn't `host:port` or an https URL without user name, plain http being for loopback addresses
 *   alone; or when the process checks no certificates
 */
export function readEndpoints({ whois, announced, cloudflare }: WrittenEndpoints, variables: Variables): Endpoints {
  const server = whois === undefined ? DEFAULT_ENDPOINTS.whois : readWhois(whois);
  const endpoints = {
    announced: announced ?? DEFAULT_ENDPOINTS.announced,
    cloudflare: cloudflare ?? DEFAULT_ENDPOINTS.cloudflare,
  };
  InvalidInput.throwIfAny("the list of endpoints", [
    ...(server === undefined ? [problem("whois", whois, "host or host:port, such as whois.radb.net:43")] : []),
    ...Object.entries(endpoints)
      .filter(([, url]) => !isSafe(url))
      .map(([at, url]) => problem(at, url, "an https URL without user name; plain http only of a loopback address")),
    ...(checksCertificates(variables)
      ? []
      : [
          problem(
            CERTIFICATE_CHECKS,
            variables[CERTIFICATE_CHECKS],
            "nothing: unset it, so that certificates are checked",
          ),
        ]),
  ]);
  return { whois: server ?? DEFAULT_ENDPOINTS.whois, ...endpoints };
}

function readWhois(text: string): WhoisServer | undefined {
  const [, host, port = String(WHOIS_PORT)] = WHOIS.exec(text) ?? [];
  return host === undefined || Number(port) > LAST_PORT ? undefined : { host, port: Number(port) };
}

function problem(at: string, got: unknown, allowed: string): Problem {
  return { at, got: shown(got), allowed };
}

function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.username === "" && url.password === "" && isProtected(url);
}
