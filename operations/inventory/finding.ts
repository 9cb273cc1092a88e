import type { Unreadable } from "../platforms/reading";

/** What a finding does to the outcome. */
export enum Level {
  /** Something has to change. */
  FAILURE = "failure",
  /** Nobody can say. */
  UNDECIDED = "undecided",
  /** Something to know. */
  NOTICE = "notice",
}

/** One thing that was found, and what to do about it. */
export interface Finding {
  /** The platform, the kind of thing and the platform's own id of it, for example `cloudflare/page-rule/<id>`. */
  readonly id: string;
  readonly level: Level;
  readonly what: string;
  readonly todo: string;
  /** Text to paste: TypeScript for the environment's file, or commands. */
  readonly paste?: string;
}

type Words = Omit<Finding, "id" | "level">;

export const failure = (id: string, words: Words): Finding => ({ id, level: Level.FAILURE, ...words });
export const notice = (id: string, words: Words): Finding => ({ id, level: Level.NOTICE, ...words });

/** That something can't be read. `needs` is the right that the credential lacks, where one does. */
export function cannotTell(id: string, subject: string, { what, todo, status }: Unreadable, needs?: string): Finding {
  const right =
    needs === undefined || (status !== 401 && status !== 403 && status !== 404) ? "" : `; it takes ${needs}`;
  return { id, level: Level.UNDECIDED, what: `${subject} can't be read: ${what}`, todo: `${todo}${right}` };
}

/** Findings in an order that depends on their ids alone. */
export function sorted(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0));
}
