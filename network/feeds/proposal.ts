import { InvalidInput, type Problem } from "../../errors/invalid-input";
import { FAMILIES, type Family, WIDTH } from "../address";
import { AddressSet } from "../address-set";
import { type Cidr, printCidr } from "../cidr";
import { type FeedDocument, fingerprintOf, problemsWithFeed, sealOf } from "./address-feed";
import { ageOf } from "./age";
import type { FeedAnswer } from "./feed-source";
import { SpecialAddresses, specialBlocksIn } from "../special-addresses";
import { changeOf, confirm, type FeedChange, setOf } from "./confirmation";

/**
 * The shortest prefix length that a source may name. Meta's and Cloudflare's widest blocks are /14 and /13 of IPv4, /32
 * and /29 of IPv6. A wider one would confirm everything that the other source says.
 */
const WIDEST: Readonly<Record<Family, number>> = { 4: 12, 6: 28 };

/**
 * The most addresses that a source may name in all: as many as a block of this prefix length has. Many blocks confirm
 * everything as well as a wide one does. Meta and Cloudflare have less than half as many.
 */
const WIDEST_IN_ALL: Readonly<Record<Family, number>> = { 4: 10, 6: 26 };

/** How many prefixes a source may name. Meta's route objects are about 1,300. */
const MOST_PREFIXES = 10_000;

/** The part of a family's addresses, in percent, that may enter or leave at once before somebody has to look. */
const MOST_CHANGED_PERCENT = 10n;

/** How many problems of one kind are named one by one. */
const NAMED = 10;

const DISREGARD = 'or disregard it by name, with a reason, under "disregarded" in the feed';

/** The problems with an answer alone, apart from the other sources. */
function problemsWithAnswer(source: string, prefixes: readonly Cidr[]): readonly Problem[] {
  if (prefixes.length > MOST_PREFIXES) {
    return [{ at: source, got: `${prefixes.length} prefixes`, allowed: `at most ${MOST_PREFIXES}` }];
  }
  const addresses = setOf(source, prefixes);
  return [
    ...problemsWithFamilies(source, addresses),
    ...problemsWithSize(source, addresses),
    ...named(prefixes.filter(isWide), (prefix) => ({
      at: source,
      got: printCidr(prefix),
      allowed: `blocks of at most /${WIDEST[4]} (IPv4) or /${WIDEST[6]} (IPv6)`,
      change: `ask the registry to remove it, ${DISREGARD}`,
    })),
    ...named(
      prefixes.filter((prefix) => !isWide(prefix) && isSpecial(prefix)),
      (prefix) => ({
        at: source,
        got: `${printCidr(prefix)}, which has addresses of ${specialBlock(prefix)}`,
        allowed: "addresses that can be the source of a request from the internet",
        change: `ask the registry to remove it, ${DISREGARD}`,
      }),
    ),
  ];
}

function problemsWithSize(at: string, set: AddressSet): readonly Problem[] {
  return FAMILIES.filter(
    (family) => set.ofFamily(family).size > 2n ** BigInt(WIDTH[family] - WIDEST_IN_ALL[family]),
  ).map((family) => ({
    at,
    got: `${set.ofFamily(family).size} IPv${family} addresses`,
    allowed: `at most as many as a /${WIDEST_IN_ALL[family]} has`,
  }));
}

/** The changes that are so large that somebody has to look at them first. */
export function problemsWithChange(name: string, { percent }: FeedChange): readonly Problem[] {
  return FAMILIES.filter((family) => percent[family] > MOST_CHANGED_PERCENT).map((family) => ({
    at: name,
    got: `a change of ${percent[family]} % of the IPv${family} addresses`,
    allowed: `at most ${MOST_CHANGED_PERCENT} % at once`,
    change: "look at the change, then repeat with --accept",
  }));
}

/** The families that a set lacks: a feed of one family would shut out every sender of the other. */
function problemsWithFamilies(at: string, set: AddressSet): readonly Problem[] {
  return FAMILIES.filter((family) => set.ofFamily(family).isEmpty).map((family) => ({
    at,
    got: `no IPv${family} address`,
    allowed: "addresses of both families",
  }));
}

function isWide({ family, prefixLength }: Cidr): boolean {
  return prefixLength < WIDEST[family];
}

function isSpecial(prefix: Cidr): boolean {
  return setOf("prefix", [prefix]).overlaps(SpecialAddresses.NOT_PUBLIC);
}

function specialBlock(prefix: Cidr): string {
  const blocks = specialBlocksIn(setOf("prefix", [prefix]).intersection(SpecialAddresses.NOT_PUBLIC));
  return blocks.map((block) => `${block.prefix} (${block.name})`).join(", ");
}

/** A source can hold thousands of bad prefixes. A reader needs to see that, not all of them. */
function named(prefixes: readonly Cidr[], problem: (prefix: Cidr) => Problem): readonly Problem[] {
  const problems = prefixes.slice(0, NAMED).map(problem);
  const [first] = problems;
  return first === undefined || prefixes.length <= NAMED
    ? problems
    : [...problems, { at: first.at, got: `${prefixes.length - NAMED} more of the kind`, allowed: first.allowed }];
}

/** A question and its answer. */
export interface Answered {
  readonly question: Pick<FeedAnswer, "url" | "query">;
  /** The prefixes as they came. */
  readonly prefixes: readonly Cidr[];
}

/** How answers are judged. */
export interface Terms {
  /** When the answers came. */
  readonly now: Date;
  /** Whether somebody has looked at a change of any size. */
  readonly accept: boolean;
}

/** A feed as its answers would have it. */
export interface Proposal {
  /** Why it is refused; nothing when it isn't. */
  readonly problems: readonly Problem[];
  /** The feed's next document. Not to be written when there are problems. */
  readonly document: FeedDocument;
  /** The addresses that enter and leave. */
  readonly change: FeedChange;
  /** Whether the next document says more than the present one: see `isWorthWriting`. */
  readonly isNews: boolean;
}

/** Once a feed has spent this part of its allowed age, a refresh writes it although only its date is another. */
const RENEWED_AFTER = 1 / 4;

/** Judges the answers of a feed's sources, and makes the feed's next document of them. */
export function propose(
  name: string,
  current: FeedDocument,
  answers: readonly Answered[],
  { now, accept }: Terms,
): Proposal {
  const heard = answers.map((answer) => ({ ...answer, effective: withoutDisregarded(answer.prefixes, current) }));
  const present = AddressSet.of(name, [...current.ipv4, ...current.ipv6]);
  const { addresses, unconfirmed } = confirm(
    present,
    heard.map(({ question, effective }) => setOf(question.url, effective)),
  );
  const sources = heard.map(({ question, prefixes, effective }, index): FeedAnswer => ({
    url: question.url,
    ...(question.query !== undefined && { query: question.query }),
    retrieved: `${now.toISOString().slice(0, -5)}Z`,
    count: prefixes.length,
    sha256: fingerprintOf(setOf(question.url, effective).cidrs()),
    unconfirmed: unconfirmed[index]?.cidrs() ?? [],
  }));
  const document = nextDocument(current, addresses, sources, now);
  const change = changeOf(present, addresses);
  const problems = [
    ...heard.flatMap(({ question, effective }) => problemsWithAnswer(question.url, effective)),
    ...problemsWithFamilies(name, addresses),
    ...(accept ? [] : problemsWithChange(name, change)),
  ];
  // A written document can be read again, even if a problem was overlooked above.
  if (problems.length === 0) InvalidInput.throwIfAny(`the next address feed "${name}"`, problemsWithFeed(document));
  return { problems, document, change, isNews: isWorthWriting(current, document, now) };
}

function withoutDisregarded(prefixes: readonly Cidr[], { disregarded = [] }: FeedDocument): readonly Cidr[] {
  const passedOver = new Set(disregarded.map(({ prefix }) => prefix));
  return prefixes.filter((prefix) => !passedOver.has(printCidr(prefix)));
}

function nextDocument(
  { asn, meaning, allowedAgeDays, disregarded }: FeedDocument,
  addresses: AddressSet,
  sources: readonly FeedAnswer[],
  now: Date,
): FeedDocument {
  const prefixes = { ipv4: addresses.ipv4.cidrs(), ipv6: addresses.ipv6.cidrs() };
  return {
    asn,
    meaning,
    sources,
    compiled: now.toISOString().slice(0, 10),
    allowedAgeDays,
    ...(disregarded && { disregarded }),
    ...sealOf(prefixes),
    ...prefixes,
  };
}

/** A new date alone is worth a commit only from time to time. */
function isWorthWriting(current: FeedDocument, next: FeedDocument, now: Date): boolean {
  const { days, allowedDays } = ageOf(current, now);
  return essence(current) !== essence(next) || days < 0 || days >= allowedDays * RENEWED_AFTER;
}

/** The content of a feed without its dates, and without how often a source repeats itself. */
function essence({ sources, ipv4, ipv6 }: FeedDocument): string {
  return JSON.stringify({
    ipv4,
    ipv6,
    sources: sources.map((source) => ({ ...source, retrieved: undefined, count: undefined })),
  });
}
