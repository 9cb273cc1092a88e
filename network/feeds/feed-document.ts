import { type Problem, shown } from "../../errors/invalid-input";
import { readEntries } from "../address-entry-problems";
import { AddressSet } from "../address-set";
import type { SpecialBlock } from "../iana/special-block";
import { SpecialAddresses, specialBlocksIn } from "../special-addresses";

/** One snapshot of a public feed of announced prefixes. */
export interface FeedSource {
  /** The GitHub repository, as `owner/name`. */
  readonly repository: string;
  /** The file's path in it. */
  readonly path: string;
  /** The commit that was read: 40 hexadecimal digits. */
  readonly commit: string;
  /**
   * The last day on which the feed saw the system announce prefixes, as `YYYY-MM-DD`.
   *
   * @default - the snapshot doesn't say
   */
  readonly lastAnnounced?: string;
}

/** A committed feed: the prefixes that an autonomous system announces, merged, with their provenance. */
export interface FeedDocument {
  /** The autonomous system's number: 1 to 4294967295. */
  readonly asn: number;
  /** What the prefixes are, in a sentence. */
  readonly meaning: string;
  /** The snapshots whose union the prefixes are: at least one. */
  readonly sources: readonly FeedSource[];
  /** The day on which the snapshots were merged, as `YYYY-MM-DD`. */
  readonly compiled: string;
  /** The fewest IPv4 blocks that hold the addresses, in numeric order. */
  readonly ipv4: readonly string[];
  /** The same for IPv6. */
  readonly ipv6: readonly string[];
}

interface Check {
  readonly field: keyof FeedDocument;
  readonly allowed: string;
  readonly passes: (value: unknown) => boolean;
}

const CHECKS: readonly Check[] = [
  {
    field: "asn",
    allowed: "an AS number from 1 to 4294967295",
    passes: (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) < 2 ** 32,
  },
  { field: "meaning", allowed: "a sentence that says what the prefixes are", passes: isText },
  { field: "compiled", allowed: "a day as YYYY-MM-DD", passes: isDay },
  {
    field: "sources",
    allowed: "at least one source with its repository, path and commit (40 hexadecimal digits)",
    passes: (value) => Array.isArray(value) && value.length > 0 && value.every(isSource),
  },
];

const NO_PREFIX: Problem = { at: "ipv4 and ipv6", got: "no prefix", allowed: "at least one prefix in either" };

/** Finds everything that is wrong with a feed. */
export function problemsWithFeed(document: unknown): readonly Problem[] {
  const fields = Object(document) as Partial<Record<keyof FeedDocument, unknown>>;
  return [
    ...CHECKS.filter(({ field, passes }) => !passes(fields[field])).map(({ field, allowed }) => ({
      at: field,
      got: shown(fields[field]),
      allowed,
    })),
    ...problemsWithPrefixes("ipv4", fields.ipv4),
    ...problemsWithPrefixes("ipv6", fields.ipv6),
    ...(isEmpty(fields.ipv4) && isEmpty(fields.ipv6) ? [NO_PREFIX] : []),
  ];
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

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function isDay(value: unknown): boolean {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

function isSource(value: Partial<Record<keyof FeedSource, unknown>> | null): boolean {
  return (
    isText(value?.repository) &&
    isText(value.path) &&
    typeof value.commit === "string" &&
    /^[\da-f]{40}$/.test(value.commit) &&
    (value.lastAnnounced === undefined || isDay(value.lastAnnounced))
  );
}
