import { createHash } from "node:crypto";
import { InvalidInput, type Problem, shown } from "../../errors/invalid-input";
import { readEntries } from "../address-entry-problems";
import { AddressSet } from "../address-set";
import { parseCidr } from "../cidr";
import { SpecialAddresses, specialBlocksIn } from "../special-addresses";
import type { SpecialBlock } from "../special-blocks";
import { type FeedSource, isDay, isSource, isText, SOURCE_FORMS } from "./feed-source";

/** A prefix that a source may name without any effect. */
export interface DisregardedPrefix {
  /** The prefix, exactly as the source names it. */
  readonly prefix: string;
  /** Why it means nothing. */
  readonly reason: string;
}

/** A committed feed: the addresses of an autonomous system, merged, with their provenance. */
export interface FeedDocument {
  /** The number of the autonomous system that the addresses belong to: 1 to 4294967295. */
  readonly asn: number;
  /** The meaning of the addresses, in a sentence. */
  readonly meaning: string;
  /** Where the addresses come from: at least one source. */
  readonly sources: readonly FeedSource[];
  /** The day, in UTC, on which the sources were last compared, as `YYYY-MM-DD`. */
  readonly compiled: string;
  /** How many days after `compiled` the feed is too old: 1 to 365. */
  readonly allowedAgeDays: number;
  /**
   * Prefixes that a refresh passes over when a source names them, since anybody can register a route object.
   *
   * @default - none: a prefix that can't be right stops the refresh
   */
  readonly disregarded?: readonly DisregardedPrefix[];
  /** How many prefixes of each family there are. */
  readonly count: { readonly ipv4: number; readonly ipv6: number };
  /** `fingerprintOf` the IPv4 and then the IPv6 prefixes. */
  readonly sha256: string;
  /** The fewest IPv4 blocks that hold the addresses, in numeric order. */
  readonly ipv4: readonly string[];
  /** The same for IPv6. */
  readonly ipv6: readonly string[];
}

/** Where the addresses of a feed come from. */
export type Provenance = Omit<FeedDocument, "ipv4" | "ipv6">;

/** The addresses of an autonomous system, as committed, with where they come from. */
export class AddressFeed {
  private constructor(
    /** The addresses, under the feed's name. */
    public readonly addresses: AddressSet,
    /** Where they come from, and when they were compiled. */
    public readonly provenance: Provenance,
  ) {
    Object.freeze(this);
  }

  /**
   * Reads a committed feed.
   *
   * @param name the name of the address set
   * @param document the feed's JSON
   * @throws InvalidInput when a field is missing or wrong, or when the count or hash of the prefixes is another. Also
   *   when the prefixes aren't the fewest blocks in numeric order, or hold an address from which no request of the
   *   internet can come
   */
  public static of(name: string, document: unknown): AddressFeed {
    InvalidInput.throwIfAny(`address feed "${name}"`, problemsWithFeed(document));
    const { ipv4, ipv6, ...provenance } = document as FeedDocument;
    return new AddressFeed(AddressSet.of(name, [...ipv4, ...ipv6]), Object.freeze(provenance));
  }
}

interface FieldCheck {
  readonly field: keyof FeedDocument;
  readonly allowed: string;
  readonly passes: (value: unknown) => boolean;
}

const CHECKS: readonly FieldCheck[] = [
  { field: "asn", allowed: "an AS number from 1 to 4294967295", passes: between(1, 2 ** 32 - 1) },
  { field: "meaning", allowed: "a sentence that says what the prefixes are", passes: isText },
  { field: "compiled", allowed: "a day as YYYY-MM-DD", passes: isDay },
  { field: "allowedAgeDays", allowed: "a whole number of days from 1 to 365", passes: between(1, 365) },
  { field: "sources", allowed: SOURCE_FORMS, passes: (value) => isListOf(value, isSource) && value.length > 0 },
  {
    field: "disregarded",
    allowed: "a list of prefixes, each with the reason why it means nothing",
    passes: (value) => value === undefined || isListOf(value, isDisregarded),
  },
];

const NO_PREFIX: Problem = { at: "ipv4 and ipv6", got: "no prefix", allowed: "at least one prefix in either" };

/** Finds everything that is wrong with a feed. */
export function problemsWithFeed(document: unknown): readonly Problem[] {
  const fields = Object(document) as Partial<Record<keyof FeedDocument, unknown>>;
  const problems = [
    ...CHECKS.filter(({ field, passes }) => !passes(fields[field])).map(({ field, allowed }) => ({
      at: field,
      got: shown(fields[field]),
      allowed,
    })),
    ...problemsWithPrefixes("ipv4", fields.ipv4),
    ...problemsWithPrefixes("ipv6", fields.ipv6),
    ...(isEmpty(fields.ipv4) && isEmpty(fields.ipv6) ? [NO_PREFIX] : []),
  ];
  return problems.length > 0 ? problems : problemsWithSeal(document as FeedDocument);
}

/** The count and hash of a feed's prefixes. They expose a change by hand and a file that was cut off. */
export function sealOf({ ipv4, ipv6 }: Pick<FeedDocument, "ipv4" | "ipv6">): Pick<FeedDocument, "count" | "sha256"> {
  return { count: { ipv4: ipv4.length, ipv6: ipv6.length }, sha256: fingerprintOf([...ipv4, ...ipv6]) };
}

/**
 * The hash of a list of prefixes, which shows at one glance whether two lists are the same: SHA-256, in hexadecimal, over the
 * prefixes, each followed by a line feed. `jq -r '.ipv4[], .ipv6[]' <feed> | sha256sum` prints the same.
 */
export function fingerprintOf(prefixes: readonly string[]): string {
  return createHash("sha256")
    .update(prefixes.map((prefix) => `${prefix}\n`).join(""))
    .digest("hex");
}

function problemsWithSeal(document: FeedDocument): readonly Problem[] {
  const seal = sealOf(document);
  return (["count", "sha256"] as const)
    .filter((field) => shown(document[field]) !== shown(seal[field]))
    .map((field) => ({
      at: field,
      got: shown(document[field]),
      allowed: "what ipv4 and ipv6 hold",
      change: `write ${shown(seal[field])}, if the prefixes are right`,
    }));
}

function problemsWithPrefixes(field: "ipv4" | "ipv6", prefixes: unknown): readonly Problem[] {
  const { ranges, problems } = readEntries(prefixes, field);
  const set = AddressSet.ofRanges(field, ranges);
  const isCanonical = String(set[field].cidrs()) === String(prefixes);
  return problems.length > 0
    ? problems
    : [
        ...(isCanonical ? [] : [notCanonical(field, prefixes, set[field])]),
        ...specialBlocksIn(set.intersection(SpecialAddresses.NOT_PUBLIC)).map((block) => special(field, block)),
      ];
}

function notCanonical(at: string, prefixes: unknown, wanted: AddressSet): Problem {
  const allowed = "the fewest blocks of the field's family, with their prefix length, in numeric order";
  return { at, got: shown(prefixes), allowed, change: `write ${JSON.stringify(wanted.cidrs())}` };
}

function special(at: string, { prefix, name, rfcs }: SpecialBlock): Problem {
  const got = `addresses of ${prefix}, which is ${name} (${rfcs.map((rfc) => `RFC ${rfc}`).join(", ")})`;
  return { at, got, allowed: "addresses that can be the source of a request from the internet" };
}

function isEmpty(prefixes: unknown): boolean {
  return Array.isArray(prefixes) && prefixes.length === 0;
}

function isListOf<T>(value: unknown, isOne: (one: unknown) => one is T): value is readonly T[] {
  return Array.isArray(value) && value.every(isOne);
}

function isDisregarded(value: unknown): value is DisregardedPrefix {
  const { prefix, reason } = Object(value) as Partial<Record<keyof DisregardedPrefix, unknown>>;
  return typeof prefix === "string" && parseCidr(prefix) !== undefined && isText(reason);
}

function between(least: number, most: number): (value: unknown) => boolean {
  return (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}
