import type { Control } from "../../result";
import { type Pair, pairedBy } from "../app";
import { Area, type Difference, differenceOf, Direction, type Draft } from "./difference";

/** The value of a thing, and how open it is. */
export interface Level {
  readonly value: string;
  /** How much the value lets through, the more the higher; undefined where that can't be said. */
  readonly openness?: number | undefined;
  /** Says of the thing that it now has this value. @default - its name, the value before and this one */
  readonly sentence?: string;
}

/** Something that an app's JSON makes, as far as one value says it: the same area and subject, the same thing. */
export interface Fact extends Level, Pick<Difference, "area" | "environments" | "what" | "subject"> {
  /** The level where nothing says one. */
  readonly absent: Level;
  /** Whether the value is known before the apply. @default true */
  readonly isKnown?: boolean;
  /** Why it is unknown what the value means. @default - it is known */
  readonly unknown?: string | undefined;
  readonly control?: Control | undefined;
}

/** The level of something that is held or isn't: if it isn't, more is open. */
export const held = (isHeld: boolean, value: string): Level => ({ value, openness: isHeld ? 0 : 1 });

/** The levels of something that is held, and where it isn't. */
export const heldOrNot = (value: string, missing: string) => [held(true, value), held(false, missing)] as const;

/** The level of something that may be anything. */
export const unheld = (value: string): Level => ({ value, openness: Number.POSITIVE_INFINITY });

/** Facts about the parts of one thing. */
export function factsOf({ of, ...about }: Pick<Fact, "area" | "environments" | "control"> & { readonly of: string }) {
  return (
    parts: string | readonly string[],
    what: string,
    level: Level & Pick<Fact, "isKnown" | "unknown" | "control">,
    absent: Level,
  ): Fact => ({ ...about, what, ...level, absent, subject: { of, parts: [parts].flat() } });
}

export function factDifferences(facts: Pair<readonly Fact[]>): readonly Difference[] {
  return pairedBy(facts, keyOfFact).flatMap(compared);
}

/** Platforms compare the ids of things without regard to case. */
export const keyOfFact = ({ area, subject: { of, parts } }: Fact): string =>
  JSON.stringify([area, of.toLowerCase(), parts]);

function compared({ before, after }: Pair<readonly Fact[]>): readonly Difference[] {
  const fact = after[0] ?? before[0];
  if (fact === undefined || writtenAs(before) === writtenAs(after)) return [];
  const { area, environments, what, subject } = fact;
  const [was, is] = [levelOf(before, fact), levelOf(after, fact)];
  const unknowns = new Set([before, after].flatMap(unknownsOf));
  return [
    differenceOf({
      direction: unknowns.size > 0 ? Direction.UNDECIDED : directionBetween(area, was.openness, is.openness),
      ...{ area, environments, what, subject, before: was.value, after: is.value },
      ...(is.sentence === undefined ? {} : { sentence: is.sentence }),
      by: { before: before[0]?.control, after: after[0]?.control },
      notes: [...unknowns],
    }),
  ];
}

const writtenAs = (facts: readonly Fact[]): string =>
  facts
    .map(({ value }) => value)
    .sort()
    .join("\n");

/** Of a thing with two owners it isn't known how open it is. */
function levelOf(facts: readonly Fact[], { absent }: Fact): Level {
  const [fact = absent, second] = facts;
  return second === undefined ? fact : { value: facts.map(({ value }) => value).join(" and ") };
}

function unknownsOf(facts: readonly Fact[]): readonly string[] {
  return [
    ...(facts.length > 1 ? ["two resources set it, and each undoes the other"] : []),
    ...facts.flatMap(({ unknown }) => unknown ?? []),
    ...(facts.some(({ isKnown = true }) => !isKnown) ? ["only the apply knows the value"] : []),
  ];
}

/** The areas where more means that somebody gets further; in the others it means that less is held. */
const TRAFFIC: ReadonlySet<Area> = new Set([Area.RECORDS, Area.WEB_SERVICE, Area.WORKER, Area.EGRESS]);

function directionBetween(area: Area, before: number | undefined, after: number | undefined): Direction {
  if (before === undefined || after === undefined || before === after) return Direction.CHANGED;
  const [more, less] = TRAFFIC.has(area)
    ? [Direction.OPENED, Direction.CLOSED]
    : [Direction.WEAKENED, Direction.STRENGTHENED];
  return after > before ? more : less;
}

/** A thing that one side alone has, such as a repository: what is told of it beside its parts. */
export type Whole = Pick<Draft, "area" | "environments" | "what"> & {
  readonly of: string;
  /** Whether it is new; else it is gone. */
  readonly isNew: boolean;
  /** The words for it where it is there, and where it isn't. */
  readonly words: readonly [there: string, missing: string];
};

/** The differences of its parts as one, with the parts below. A part that isn't understood stays on its own. */
export function asWhole(parts: readonly Difference[], { of, isNew, words, ...draft }: Whole): readonly Difference[] {
  const known = parts.filter(({ direction }) => direction !== Direction.UNDECIDED);
  const [first] = known;
  if (first === undefined) return parts;
  const turn = isNew ? Direction.STRENGTHENED : Direction.WEAKENED;
  const [before, after] = isNew ? [words[1], words[0]] : words;
  return [
    ...parts.filter((part) => !known.includes(part)),
    differenceOf({
      ...{ ...draft, before, after, by: first.by, subject: { of, parts: [] } },
      direction: known.some(({ direction }) => direction === turn) ? turn : Direction.CHANGED,
      notes: known.map(({ what, before: was, after: is }) => `${what}: ${(isNew ? is : was) ?? ""}`),
      exactly: known.map(({ id }) => id).sort(),
    }),
  ];
}
