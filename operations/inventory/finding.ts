import type { Reading, Unreadable } from "../platforms/platform";

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

/** What to do about a thing that may be there all the same. */
export const orLetItBe = (todo: string): string =>
  `${todo}, or let it be: Accept.thing(<its id>, <the reason>) in \`accept\``;

/** A list of a platform, and what each of its entries means. */
export interface Part<T> {
  /** The id of the finding that the list can't be read. */
  readonly id: string;
  /** What the list holds, in the plural. */
  readonly subject: string;
  /** The right that it takes. */
  readonly needs: string;
  readonly reading: Promise<Reading<readonly T[]>>;
  /** What an entry means; nothing where it may be there. */
  readonly judge: (entry: T) => readonly Finding[];
}

/** What a list comes to. */
export async function findingsOf<T>({ id, subject, needs, reading, judge }: Part<T>): Promise<readonly Finding[]> {
  const entries = await reading;
  return entries.kind === "read" ? entries.value.flatMap(judge) : [cannotTell(id, subject, entries, needs)];
}
