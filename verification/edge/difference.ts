import type { Decision } from "../solver/decision";
import type { Formulas } from "../solver/formula";
import { type Course, courseDecision, endOf, type Entry, keyOf } from "./course";
import type { End, Setting } from "./ends";

/** Whether two zones end a request alike, and how not. */
export type Difference = Same | Different;

export interface Same {
  readonly kind: "same";
  readonly key: "same" | "same, and stopped";
}

/** The ends leave out headers and settings that both set alike, and barriers that both have. */
export interface Different {
  readonly kind: "different";
  readonly key: string;
  readonly before: End;
  readonly after: End;
}

const SAME: Same = { kind: "same", key: "same" };

/** They end it alike, and it doesn't reach an origin. */
export const STOPPED: Same = { kind: "same", key: "same, and stopped" };

/** Where two zones differ: it is decided as soon as what is left is the same for both. */
export function differenceDecision(formulas: Formulas, before: Course, after: Course): Decision<Difference> {
  const outcomeOf = ([one, other]: readonly Course[]): Difference | undefined =>
    one === undefined || other === undefined ? undefined : differenceOf(one, other);
  return courseDecision(formulas, [before, after], outcomeOf, unlike);
}

/** Two courses without the settings that both have. */
function unlike(courses: readonly Course[]): readonly Course[] {
  const names = new Set(courses.flatMap(({ settings }) => settings.map(({ effect }) => effect.name)));
  const isDiffering = (name: string): boolean =>
    new Set(courses.map(({ settings }) => keyOf(named(settings, name)))).size > 1;
  const differing = new Set([...names].filter(isDiffering));
  return courses.map(({ stops, settings }) => ({
    stops,
    settings: settings.filter(({ effect }) => differing.has(effect.name)),
  }));
}

function named(settings: readonly Entry<Setting>[], name: string): readonly Entry<Setting>[] {
  return settings.filter(({ effect }) => effect.name === name);
}

function differenceOf(before: Course, after: Course): Difference | undefined {
  const settings = [...before.settings, ...after.settings];
  if (settings.length === 0 && keyOf(before.stops) === keyOf(after.stops)) return SAME;
  const [start, end] = [endOf({ ...before, settings: [] }), endOf({ ...after, settings: [] })];
  if (start === undefined || end === undefined) return undefined;
  const isStopped = isStop(start) || isStop(end);
  if (isStopped && start.key === end.key) return STOPPED;
  const [one, other] = unlikeBarriers(before, after).map((course) =>
    endOf(isStopped ? withoutSettings(course) : course),
  );
  if (one === undefined || other === undefined) return undefined;
  return one.key === other.key ? SAME : different(one, other);
}

/** Two settled courses without the barriers that requests meet in both. */
function unlikeBarriers(before: Course, after: Course): readonly Course[] {
  const [own, others] = [before, after].map(barriersIn) as [ReadonlySet<string>, ReadonlySet<string>];
  const isShared = ({ effect: { kind, key } }: Entry): boolean => kind === "barrier" && own.has(key) && others.has(key);
  return [before, after].map(({ stops, settings }) => ({ settings, stops: stops.filter((each) => !isShared(each)) }));
}

function barriersIn({ stops }: Course): ReadonlySet<string> {
  return new Set(stops.flatMap(({ effect }) => (effect.kind === "barrier" ? effect.key : [])));
}

const withoutSettings = ({ stops }: Course): Course => ({ stops, settings: [] });

function different(before: End, after: End): Different {
  return { kind: "different", before, after, key: [before, after].map(shownKey).join("\n→\n") };
}

/** The reasons alone tell undecided ends apart. */
function shownKey(end: End): string {
  return end.kind === "undecided" ? ["undecided", ...end.reasons].join("\n") : end.key;
}

function isStop({ kind }: End): boolean {
  return kind === "block" || kind === "redirect";
}
