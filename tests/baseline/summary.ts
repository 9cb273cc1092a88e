import { createHash } from "node:crypto";

/** One thing that is judged, and its outcomes. */
export interface Judged {
  /** Its place, such as that of a mutant. */
  readonly at: string;
  readonly outcomes: readonly string[];
}

/** The outcomes of several things of one kind. */
export interface Summary {
  /** How often each outcome came. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** The hash over each thing with its outcome: it changes when two things change places. */
  readonly digest: string;
}

/** The longest text that is written out. */
const LONGEST = 160;

export function summaryOf(judged: readonly Judged[]): Summary {
  const counts = new Map<string, number>();
  for (const outcome of judged.flatMap(({ outcomes }) => outcomes)) {
    const text = shortened(outcome);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
  return { outcomes: Object.fromEntries(sorted), digest: digestOf(linesOf(judged).join("\n")) };
}

/** Everything that a summary stands for, a line each. */
export function linesOf(judged: readonly Judged[]): readonly string[] {
  return judged.flatMap(({ at, outcomes }) => outcomes.map((outcome) => `${at}: ${outcome}`));
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… ${digestOf(text)}`;
}

const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 12);
