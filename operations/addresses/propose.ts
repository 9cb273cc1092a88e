import { InvalidInput, type Problem } from "../../errors/invalid-input";
import { AddressSet } from "../../network/address-set";
import { type Cidr, printCidr } from "../../network/cidr";
import { ageOf } from "../../network/feeds/age";
import { type FeedDocument, problemsWithFeed, sealOf, fingerprintOf } from "../../network/feeds/address-feed";
import type { FeedAnswer } from "../../network/feeds/feed-source";
import { setOf, confirm, changeOf, type FeedChange } from "./address-sets";
import type { FeedQuestion } from "./feed-questions";
import { problemsWithAnswer, problemsWithChange, problemsWithFamilies } from "./guard-rails";

/** A question and what it was answered. */
export interface Answered {
  readonly question: Pick<FeedQuestion, "url" | "query">;
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

/** What answers make of a feed. */
export interface Proposal {
  /** Why it is refused; nothing when it isn't. */
  readonly problems: readonly Problem[];
  /** The feed's next document. Not to be written when there are problems. */
  readonly document: FeedDocument;
  /** What enters and leaves. */
  readonly change: FeedChange;
  /** Whether the next document says more than the present one: see `isWorthWriting`. */
  readonly isNews: boolean;
}

/** Once a feed has spent this part of its allowed age, a refresh writes it although only its date is another. */
const RENEWED_AFTER = 1 / 4;

/** Judges what the sources of a feed answered, and makes the feed's next document of it. */
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
  // What is written can be read again, whatever was overlooked above.
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

/** What a feed says apart from its dates, and from how often a source repeats itself. */
function essence({ sources, ipv4, ipv6 }: FeedDocument): string {
  return JSON.stringify({
    ipv4,
    ipv6,
    sources: sources.map((source) => ({ ...source, retrieved: undefined, count: undefined })),
  });
}
