import type { Asked, Unreadable } from "./platforms/platform";

/** The effect of a finding on the outcome. */
export enum Level {
  /** Something has to change. */
  FAILURE = "failure",
  /** It is unknown. */
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
  /** Commands and code stand between backticks. */
  readonly todo: string;
  /** The subject with which `what` begins, where its rest may be true of other subjects too. */
  readonly subject?: string;
  /** The right that the credential may lack. */
  readonly needs?: string;
  /** Commands to paste. */
  readonly paste?: string;
}

const found =
  (level: Level) =>
  (id: string, what: string, todo: string, paste?: string): Finding => ({
    ...{ id, level, what, todo },
    ...(paste === undefined ? {} : { paste }),
  });

export const failure = found(Level.FAILURE);
export const undecided = found(Level.UNDECIDED);
export const notice = found(Level.NOTICE);

/** The statuses by which a platform refuses what a credential may not see. */
const REFUSED: readonly (number | undefined)[] = [401, 403, 404];

/** That something can't be read. `needs` is the right that the credential lacks, where one does. */
export function cannotTell(id: string, subject: string, { what, todo, status }: Unreadable, needs?: string): Finding {
  return {
    ...undecided(id, `${subject} can't be read: ${what}`, todo),
    subject,
    ...(needs !== undefined && REFUSED.includes(status) ? { needs } : {}),
  };
}

type Findings = readonly Finding[];

/** The findings about what was read, or that it can't be read: silence would look like a clean result. */
export async function judged<T>(
  { id, subject, needs, reading }: Asked<T>,
  judge: (value: T) => Findings | Promise<Findings>,
): Promise<Findings> {
  const read = await reading;
  return read.kind === "read" ? judge(read.value) : [cannotTell(id, subject, read, needs)];
}

/** Judges every entry of a list by itself. */
export const each =
  <T>(judge: (entry: T) => Findings) =>
  (entries: readonly T[]): Findings =>
    entries.flatMap(judge);

/** The findings of several parts, which are looked at side by side. */
export async function together(parts: readonly (Findings | Promise<Findings>)[]): Promise<Findings> {
  return (await Promise.all(parts)).flat();
}

/** Something that has to be so: whether it is, the kind of the finding otherwise, the rest of its sentence, and what to do. */
export type Fact = readonly [holds: boolean, kind: string, what: string, todo: string];

/** The facts that don't hold. */
export const unheld = (platform: string, thing: string, subject: string, facts: readonly Fact[]): Findings =>
  facts
    .filter(([holds]) => !holds)
    .map(([, kind, what, todo]) => failure(`${platform}/${kind}/${thing}`, `${subject} ${what}`, todo));

/** Findings in an order that depends on their ids alone, one for each id: the first. */
export function sorted(findings: Findings): Findings {
  const firsts = findings.filter(({ id }, index) => findings.findIndex((other) => other.id === id) === index);
  return firsts.sort((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0));
}

/** The thing to do about something that may be there all the same. */
export const orLetItBe = (todo: string): string =>
  `${todo}, or let it be: Accept.thing(<its id>, <the reason>) in \`accept\``;
