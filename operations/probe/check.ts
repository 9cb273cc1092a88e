import type { AddressSet } from "../../network/address-set";
import type { Hsts } from "../../policy/edge-options";
import type { Environment } from "../../policy/environment";
import type { StatementId } from "../../policy/statements";
import type { Answer, HttpResponse, Question } from "./question";
import type { IncomingHttpHeaders } from "node:http";

/** One question, and what its answer means for the policy. */
export interface Check {
  /** The statements that it looks at. */
  readonly statements: readonly StatementId[];
  /** The expectation: what has to be seen, and where. */
  readonly expects: string;
  readonly question: Question;
  readonly judge: (answer: Answer) => Judgement;
  /**
   * Addresses that are let in: from one of them, the check proves nothing.
   *
   * @default - nobody is let in
   */
  readonly admitted?: AddressSet;
  /**
   * The host whose block is what holds: where all of it is blocked from here, the check proves nothing.
   *
   * @default - the check doesn't rest on a block
   */
  readonly blockedBy?: string;
}

/** A check that can't be asked. */
export interface Unasked extends Pick<Check, "statements" | "expects"> {
  /** Why it can't be asked, and what to do. */
  readonly unasked: string;
}

/** The subject of a probe: an environment, and how its edge was declared. */
export interface Target {
  readonly environment: Environment;
  /** The HSTS of the zone that it lives in, which its owner declares. */
  readonly hsts: Hsts | undefined;
  /** The names by which shared proxies of the platforms are reached, by the id of the datastore behind them. */
  readonly proxies: ReadonlyMap<string, string>;
}

/** The outcome of a check. */
export enum Verdict {
  HOLDS = "holds",
  VIOLATED = "violated",
  UNDECIDED = "undecided",
}

/** A verdict, and what it rests on. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly because: string;
}

export const holds = (because: string): Judgement => ({ verdict: Verdict.HOLDS, because });
export const violated = (because: string): Judgement => ({ verdict: Verdict.VIOLATED, because });
export const undecided = (because: string): Judgement => ({ verdict: Verdict.UNDECIDED, because });

/** The judgement that decides, where the same was asked of several addresses. */
export function worstOf(first: Judgement, ...others: readonly Judgement[]): Judgement {
  const of = (verdict: Verdict) => [first, ...others].find((each) => each.verdict === verdict);
  return of(Verdict.VIOLATED) ?? of(Verdict.UNDECIDED) ?? first;
}

/** The judgement of an answer that no judge expects. */
export function unexpected(answer: Answer): Judgement {
  switch (answer.kind) {
    case "closed":
      return undecided("nothing accepts a connection there");
    case "silent":
      return undecided("no answer to the attempt to connect; a firewall on this side would look the same");
    case "response":
      return undecided(`answered ${answer.status}`);
    case "secured":
      return undecided(`secured by ${answer.version}`);
    case "declined":
      return undecided(`the handshake was declined: ${answer.alert}`);
    case "said":
      return undecided("said what isn't understood");
    case "unclear":
      return undecided(answer.reason);
  }
}

/**
 * Whether a response says that it comes from a network of Cloudflare: our zone's, or Render's, which is behind
 * Cloudflare too.
 *
 * @see https://developers.cloudflare.com/fundamentals/reference/http-headers/
 */
export function isCloudflares(headers: IncomingHttpHeaders): boolean {
  return headers["server"] === "cloudflare" && headers["cf-ray"] !== undefined;
}

/**
 * Whether it is a challenge: a visitor with a browser would pass.
 *
 * @see https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/
 */
export function isChallenge(headers: IncomingHttpHeaders): boolean {
  return headers["cf-mitigated"] === "challenge";
}

/**
 * Whether the request got past the rules of the zone: Render marks what went through its edge, and what reached
 * Cloudflare's cache has a status there. A response that a rule makes never reached it.
 *
 * @see https://developers.cloudflare.com/cache/concepts/cache-responses/
 */
export function isPassedOn(headers: IncomingHttpHeaders): boolean {
  const cache = headers["cf-cache-status"];
  return "rndr-id" in headers || isApplications(headers) || (cache !== undefined && cache !== "NONE/UNKNOWN");
}

/** Whether an application on Render made it: Render keeps the application's Server header under this name. */
export function isApplications(headers: IncomingHttpHeaders): boolean {
  return "x-render-origin-server" in headers;
}

/** Whether Render made it without asking any application. */
export function isRendersOwn(headers: IncomingHttpHeaders): boolean {
  return "x-render-routing" in headers && !isApplications(headers);
}

const TOO_MANY = 429;

/** The judgement of an answer that was given before the rules, or before the application; undefined where it is none. */
export function interferenceIn({ status, headers }: HttpResponse): Judgement | undefined {
  if (isChallenge(headers)) return undecided("a challenge stands before the rules");
  return status === TOO_MANY ? undecided("the rate of this address is limited (429)") : undefined;
}

/** The edge's answer before any rule where it can't make sense of a request. */
const MALFORMED = 400;
const BLOCKED = 403;

/** Nothing but a block, or no connection at all: never an answer of the origin, and no redirect. */
export function judgeBlock(answer: Answer): Judgement {
  if (answer.kind === "closed") return holds("nothing accepts a connection");
  if (answer.kind === "declined") return holds(`the handshake is declined: ${answer.alert}`);
  if (answer.kind !== "response") return unexpected(answer);
  const { status, headers } = answer;
  if (isPassedOn(headers)) return violated(`answered ${status} from behind the edge`);
  if (!isCloudflares(headers)) return undecided(`answered ${status} by somebody who doesn't say that it is the edge`);
  const interference = interferenceIn(answer);
  if (interference !== undefined) return interference;
  if (status === BLOCKED) return holds("blocked (403)");
  if (status === MALFORMED) return holds("refused as malformed (400)");
  return violated(`answered ${status}`);
}
