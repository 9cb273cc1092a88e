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
