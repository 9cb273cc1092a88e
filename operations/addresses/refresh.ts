import { InvalidInput, shown } from "../../errors/invalid-input";
import { jsonOfFile } from "../../errors/json-text";
import { type FeedDocument, problemsWithFeed } from "../../network/feeds/address-feed";
import { codeOfAll, type ExitCode } from "../exit-code";
import { type Patience, Unheard } from "../platforms/exchange";
import { printable } from "../../errors/one-line";
import { replaceFiles, type WholeFile } from "../replace-files";
import { NoAnswer } from "./sources";
import type { Endpoints, FeedQuestion, FeedQuestions } from "./feed-questions";
import { type Answered, type Proposal, propose, type Terms } from "../../network/feeds/proposal";
import { join, resolve } from "node:path";

/** The folder of the committed feeds. */
export const FEEDS_FOLDER = resolve(__dirname, "../../network/feeds");

/**
 * Reads a committed feed.
 *
 * @throws InvalidInput when there is no such file, when it is not JSON, or when the feed is wrong
 */
export function readFeed(folder: string, file: string): FeedDocument {
  const read = jsonOfFile(join(folder, file)) ?? {
    problem: { got: "no such file", allowed: `a feed in ${shown(folder)}` },
  };
  if ("problem" in read) {
    const problem = { at: file, change: "restore the last committed one", ...read.problem };
    throw new InvalidInput("the folder of the feeds", [problem]);
  }
  const document = read.value;
  InvalidInput.throwIfAny(`address feed ${file}`, problemsWithFeed(document));
  return document as FeedDocument;
}

/**
 * Writes feeds: all of them, or none.
 *
 * @throws InvalidInput when the folder can't be written
 */
export function writeFeeds(feeds: readonly WholeFile[]): void {
  try {
    replaceFiles(feeds);
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    const problem = { at: String(path), got: String(code), allowed: "a folder that can be written" };
    throw new InvalidInput("the folder of the feeds", [problem]);
  }
}

/** A feed's document as it is committed. */
export function feedText(folder: string, file: string, document: FeedDocument): WholeFile {
  return { path: join(folder, file), content: `${JSON.stringify(document, null, 2)}\n` };
}

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

/** The outcome of a refresh for one feed. */
export interface RefreshedFeed {
  readonly name: string;
  readonly file: string;
  /** The next document by its sources; nothing when one of them gave no answer. */
  readonly proposal?: Proposal;
  /** Why the answers of its sources are unknown. */
  readonly unknown: readonly string[];
}

/** The outcome of a refresh. */
export interface Refreshed {
  readonly feeds: readonly RefreshedFeed[];
  /** The files that were written, or would have been but for `dryRun`: all that have news, or none. */
  readonly files: readonly string[];
  /** 0: every feed is up to date, or would be but for `dryRun`. 1: a guard rail refuses one. 2: a source gave no answer. */
  readonly code: ExitCode;
}

/**
 * Asks every source, and writes every feed that has news. Unless all answers are there and all feeds pass, nothing is written.
 *
 * @throws InvalidInput when a committed feed is wrong, or is of another system
 */
export async function refresh(options: RefreshOptions): Promise<Refreshed> {
  // All are read before anybody is asked, so that a wrong one ends the refresh at once.
  const committed = options.feeds.map((feed) => readCommitted(feed, options.folder));
  const feeds = await Promise.all(committed.map((feed) => refreshFeed(feed, options)));
  const code = codeOfAll(feeds.map(codeOf));
  const news = feeds.flatMap(({ file, proposal }) =>
    code === 0 && proposal?.isNews ? [feedText(options.folder, file, proposal.document)] : [],
  );
  if (!options.dryRun) writeFeeds(news);
  return { feeds, files: news.map(({ path }) => path), code };
}

interface CommittedFeed extends FeedQuestions {
  readonly document: FeedDocument;
}

function readCommitted(feed: FeedQuestions, folder: string): CommittedFeed {
  const document = readFeed(folder, feed.file);
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
    if (error instanceof NoAnswer || error instanceof Unheard) return `${question.url}: ${printable(error.message)}`;
    throw error;
  }
}

function codeOf({ proposal, unknown }: RefreshedFeed): ExitCode {
  if (unknown.length > 0) return 2;
  return proposal !== undefined && proposal.problems.length > 0 ? 1 : 0;
}
