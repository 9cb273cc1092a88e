import type { Answer } from "./question";

/** What a check came to. */
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

/** What an answer that no judge expects comes to. */
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
