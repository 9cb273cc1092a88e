import { InvalidInput, type Problem } from "../../errors/invalid-input";
import { AddressSet } from "../../network/address-set";
import type { FeedDocument } from "../../network/feeds/address-feed";
import type { FeedSource } from "../../network/feeds/feed-source";
import type { FeedChange } from "./address-sets";
import type { Patience } from "../platforms/exchange";
import { NoAnswer } from "./answer";
import type { Endpoints, FeedQuestion, FeedQuestions } from "./feed-questions";
import { feedText, readFeed, writeFeeds } from "./feed-files";
import { type Answered, type Proposal, propose, type Terms } from "./propose";

/** How feeds are refreshed. */
export interface RefreshOptions extends Terms {
  /** The feeds. */
  readonly feeds: readonly FeedQuestions[];
  /** The folder of the committed feeds. */
  readonly folder: string;
  /** Who is asked. */
  readonly endpoints: Endpoints;
  /** How much of each answer is waited for. */
  readonly patience: Patience;
  /** Whether nothing is to be written. */
  readonly dryRun: boolean;
}

/** What a refresh makes of one feed. */
export interface RefreshedFeed {
  readonly name: string;
  readonly file: string;
  /** What its sources make of it; nothing when one of them gave no answer. */
  readonly proposal?: Proposal;
  /** Why nobody can say what its sources have. */
  readonly unknown: readonly string[];
}

/** What a refresh did. */
export interface Refreshed {
  readonly feeds: readonly RefreshedFeed[];
  /** The files that were written, or would have been but for `dryRun`: all that have news, or none. */
  readonly files: readonly string[];
  /** 0: every feed is up to date, or would be but for `dryRun`. 1: a guard rail refuses one. 2: a source gave no answer. */
  readonly code: 0 | 1 | 2;
}

/**
 * Asks every source, and writes every feed that has news. Unless all answers are there and all feeds pass, nothing is written.
 *
 * @throws InvalidInput when a committed feed is wrong, or is of another system
 */
export async function refresh(options: RefreshOptions): Promise<Refreshed> {
  // All are read before anybody is asked, so that a wrong one ends the refresh at once.
  const committed = await Promise.all(options.feeds.map((feed) => readCommitted(feed, options.folder)));
  const feeds = await Promise.all(committed.map((feed) => refreshFeed(feed, options)));
  const code = codeOf(feeds);
  const news = feeds.flatMap(({ file, proposal }) =>
    code === 0 && proposal?.isNews ? [feedText(options.folder, file, proposal.document)] : [],
  );
  if (!options.dryRun) await writeFeeds(news);
  return { feeds, files: news.map(({ path }) => path), code };
}

interface CommittedFeed extends FeedQuestions {
  readonly document: FeedDocument;
}

async function readCommitted(feed: FeedQuestions, folder: string): Promise<CommittedFeed> {
  const document = await readFeed(folder, feed.file);
  InvalidInput.throwIfAny(
    `address feed ${feed.file}`,
    document.asn === feed.asn ? [] : [{ at: "asn", got: String(document.asn), allowed: String(feed.asn) }],
  );
  return { ...feed, document };
}

async function refreshFeed(
  { name, file, document, questions }: CommittedFeed,
  options: RefreshOptions,
): Promise<RefreshedFeed> {
  const replies = await Promise.all(questions(options.endpoints).map((question) => replyTo(question, options)));
  const unknown = replies.filter((reply) => typeof reply === "string");
  const answers = replies.filter((reply) => typeof reply !== "string");
  return unknown.length > 0
    ? { name, file, unknown }
    : { name, file, unknown, proposal: propose(name, document, answers, options) };
}

/** The answer, or why there is none. */
async function replyTo(question: FeedQuestion, { patience }: RefreshOptions): Promise<Answered | string> {
  try {
    return { question, prefixes: await question.ask(patience) };
  } catch (error) {
    if (error instanceof NoAnswer) return error.message;
    throw error;
  }
}

function codeOf(feeds: readonly RefreshedFeed[]): 0 | 1 | 2 {
  if (feeds.some(({ proposal }) => proposal && proposal.problems.length > 0)) return 1;
  return feeds.some(({ unknown }) => unknown.length > 0) ? 2 : 0;
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

function sayProblem({ at, got, allowed, change }: Problem): string {
  return [`${at}: got ${got}`, `allowed: ${allowed}`, ...(change === undefined ? [] : [`change: ${change}`])].join(
    "; ",
  );
}
