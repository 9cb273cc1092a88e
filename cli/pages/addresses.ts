import { sayProblem } from "../../errors/invalid-input";
import { AddressSet } from "../../network/address-set";
import type { FeedDocument } from "../../network/feeds/address-feed";
import { ageOf, HOW_TO_RENEW, sayAge } from "../../network/feeds/age";
import type { FeedSource } from "../../network/feeds/feed-source";
import type { FeedChange } from "../../network/feeds/confirmation";
import type { Refreshed, RefreshedFeed } from "../../operations/addresses/refresh";

/** A committed feed in one line: how many prefixes it has, how old it is, and what to do when it is too old. */
export function sayCommitted(name: string, document: FeedDocument, now: Date): string {
  const { ipv4, ipv6 } = document.count;
  const said = `${name}: ${ipv4} IPv4 + ${ipv6} IPv6 prefixes; ${sayAge(document, now)}`;
  return ageOf(document, now).isAllowed ? said : `${said}; ${HOW_TO_RENEW}`;
}

/** How many blocks of a kind are shown. The document has them all. */
const SHOWN = 40;

const NOTHING_WRITTEN: Readonly<Record<Refreshed["code"], string>> = {
  0: "Nothing had to be written.",
  1: "Nothing was written: a guard rail refuses what the sources say.",
  2: "Nothing was written: a source gave no answer that can be judged. Repeat later.",
};

/** A refresh in words: what enters (+), what leaves (-), what is unconfirmed (?), and why nothing is written (!). */
export function sayRefresh(
  { feeds, files, code }: Refreshed,
  { dryRun }: { readonly dryRun: boolean },
): readonly string[] {
  const done = files.map((path) => (dryRun ? `Dry run: would write ${path}.` : `Wrote ${path}.`));
  return [...feeds.flatMap(sayFeed), ...(done.length > 0 ? done : [NOTHING_WRITTEN[code]])];
}

function sayFeed({ name, proposal, unknown }: RefreshedFeed): readonly string[] {
  if (proposal === undefined) return [`${name}: unknown`, ...unknown.map((reason) => `  ! ${reason}`)];
  const { change, document, isNews, problems } = proposal;
  return [
    `${name}: ${sayShare(change)}${isNews ? "" : ", and nothing else is new"}`,
    ...sayBlocks("+", change.enters, "enters"),
    ...sayBlocks("-", change.leaves, "leaves"),
    ...document.sources.flatMap((source) => sayUnconfirmed(source, document)),
    ...problems.map((problem) => `  ! ${sayProblem(problem)}`),
  ];
}

function sayShare({ enters, leaves, percent }: FeedChange): string {
  return enters.isEmpty && leaves.isEmpty
    ? "no address enters or leaves"
    : `${percent[4]} % of the IPv4 and ${percent[6]} % of the IPv6 addresses enter or leave`;
}

function sayUnconfirmed(source: FeedSource, { ipv4, ipv6 }: FeedDocument): readonly string[] {
  if (!("unconfirmed" in source)) return [];
  const unconfirmed = AddressSet.of("unconfirmed", source.unconfirmed);
  const present = AddressSet.of("present", [...ipv4, ...ipv6]);
  return [
    ...sayBlocks("?", unconfirmed.difference(present), `waits: only ${source.url} has it`),
    ...sayBlocks("?", unconfirmed.intersection(present), `stays, although only ${source.url} has it`),
  ];
}

function sayBlocks(mark: string, set: AddressSet, what: string): readonly string[] {
  const blocks = set.cidrs();
  const more = blocks.length - SHOWN;
  return [
    ...blocks.slice(0, SHOWN).map((block) => `  ${mark} ${block} ${what}`),
    ...(more > 0 ? [`  ${mark} and ${more} more`] : []),
  ];
}
