import { groupedBy } from "../../../collections";
import type { Control } from "../../../result";
import type { Pair } from "../app";
import { directionBetween, type Area, type Difference, differenceOf, Direction, type Subject } from "../difference";

/** Something that an app's JSON makes, as far as one value says it. */
export interface Fact {
  /** What it is a fact about: the same key, the same thing. */
  readonly key: string;
  readonly area: Area;
  readonly environments: readonly string[];
  readonly what: string;
  readonly value: string;
  /** How much the value lets through, the more the higher; undefined where that can't be said. */
  readonly openness?: number;
  /** Whether the value is known before the apply. @default true */
  readonly isKnown?: boolean;
  /** Why nobody here can say what the value means; undefined where that is known. */
  readonly doubt?: string;
  readonly control?: Control;
  /** What it means that nothing says it. */
  readonly absent: { readonly value: string; readonly openness?: number };
  readonly subject: Subject;
}

/** What became of the facts of two apps. */
export function factItems({ before, after }: Pair<readonly Fact[]>): readonly Difference[] {
  const [own, others] = [grouped(before), grouped(after)];
  return [...new Set([...own.keys(), ...others.keys()])].flatMap((key) => compared(own.get(key), others.get(key)));
}

function grouped(facts: readonly Fact[]): ReadonlyMap<string, readonly Fact[]> {
  return groupedBy(facts, ({ key }) => key);
}

function compared(before: readonly Fact[] = [], after: readonly Fact[] = []): readonly Difference[] {
  const values = (facts: readonly Fact[]): string =>
    facts
      .map(({ value }) => value)
      .sort()
      .join("\n");
  const fact = after[0] ?? before[0];
  if (fact === undefined || values(before) === values(after)) return [];
  const [one, other] = [valueOf(before, fact), valueOf(after, fact)];
  const doubts = [before, after].flatMap(doubtsOf);
  return [
    differenceOf({
      direction: doubts.length > 0 ? Direction.UNDECIDED : directionBetween(fact.area, one.openness, other.openness),
      area: fact.area,
      environments: fact.environments,
      what: fact.what,
      before: one.value,
      after: other.value,
      by: { ...placed("before", before), ...placed("after", after) },
      notes: [...new Set(doubts)],
      subject: fact.subject,
    }),
  ];
}

function valueOf(facts: readonly Fact[], { absent }: Fact): Fact["absent"] {
  const [fact, second] = facts;
  if (fact === undefined) return absent;
  return second === undefined ? fact : { value: facts.map(({ value }) => value).join(" and ") };
}

function doubtsOf(facts: readonly Fact[]): readonly string[] {
  return [
    ...(facts.length > 1 ? ["it has two owners, which take turns"] : []),
    ...facts.flatMap(({ doubt }) => doubt ?? []),
    ...(facts.some(({ isKnown = true }) => !isKnown) ? ["the apply alone knows the value"] : []),
  ];
}

function placed(when: "before" | "after", [fact]: readonly Fact[]): Difference["by"] {
  return fact?.control === undefined ? {} : { [when]: fact.control };
}
