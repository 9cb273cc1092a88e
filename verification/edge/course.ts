import { atomsOf, type Decision, type Outcome } from "../solver/decision-diagram";
import type { Formula, Formulas } from "../solver/formula";
import { type Effect, type End, isElsewhere, type Setting } from "./ends";
import { type EffectiveRule, either } from "./rules";

/** An effect and when it comes about. */
export interface Entry<E extends Effect = Effect> {
  readonly formula: Formula;
  readonly effect: E;
}

/** All that can happen to requests, in order. Settings matter only to requests that reach an origin, so they come last. */
export interface Course {
  readonly stops: readonly Entry[];
  readonly settings: readonly Entry<Setting>[];
}

export function courseOf(rules: readonly EffectiveRule[]): Course {
  const entries = rules.flatMap(({ formula, effects }) => effects.map((effect) => ({ formula, effect })));
  return {
    stops: entries.filter(({ effect }) => effect.kind !== "setting"),
    settings: entries.filter((entry): entry is Entry<Setting> => entry.effect.kind === "setting"),
  };
}

/** Where the requests of a zone end. */
export function endDecision(formulas: Formulas, course: Course): Decision<End> {
  return courseDecision(formulas, [course], ([only]) => (only === undefined ? undefined : endOf(only)));
}

/**
 * A decision about the outcome of some courses.
 *
 * @param outcomeOf their outcome as far as they are settled; undefined while an open question matters
 * @param needed the part of settled courses that matters
 */
function courseDecision<T extends Outcome>(
  formulas: Formulas,
  given: readonly Course[],
  outcomeOf: (courses: readonly Course[]) => T | undefined,
  needed: (courses: readonly Course[]) => readonly Course[] = (courses) => courses,
): Decision<T> {
  const courses = needed(given.map((course) => settled(formulas, course)));
  const all = courses.flatMap(({ stops, settings }): readonly (readonly Entry[])[] => [stops, settings]);
  return {
    key: all.map(keyOf).join("\n\n"),
    asked: atomsOf(all.flat().map(({ formula }) => formula)),
    outcome: outcomeOf(courses),
    restricted: (restrict) => {
      const restricted = <E extends Effect>(entries: readonly Entry<E>[]): readonly Entry<E>[] =>
        entries.map((entry) => ({ ...entry, formula: restrict(entry.formula) }));
      const next = courses.map(({ stops, settings }) => ({ stops: restricted(stops), settings: restricted(settings) }));
      return courseDecision(formulas, next, outcomeOf, needed);
    },
  };
}

/** Equal keys, equal entries. */
function keyOf(entries: readonly Entry[]): string {
  return entries.map(({ formula, effect }) => `${formula.id} ${effect.key}`).join("\n");
}

/** The course without entries that can't happen any more. Equal effects that follow each other are one. */
function settled(formulas: Formulas, { stops, settings }: Course): Course {
  return { stops: settledStops(formulas, stops), settings: settledSettings(formulas, settings) };
}

/** Nothing follows a certain end, unless an unknown effect stands before it. */
function settledStops(formulas: Formulas, entries: readonly Entry[]): readonly Entry[] {
  const kept: Entry[] = [];
  const certain = new Set<string>();
  let isUnknown = false;
  for (const entry of entries) {
    const { formula, effect } = entry;
    if (formula === formulas.no || certain.has(effect.key)) continue;
    const last = kept.at(-1);
    if (last?.effect.key === effect.key)
      kept[kept.length - 1] = { effect, formula: either(formulas, [last.formula, formula]) };
    else kept.push(entry);
    if (kept.at(-1)?.formula === formulas.yes) {
      if (effect.kind === "ending" && !isUnknown) return kept;
      certain.add(effect.key);
    }
    isUnknown ||= effect.kind === "unknown";
  }
  return kept;
}

/** A setting that is certain takes the place of those before it. */
function settledSettings(formulas: Formulas, entries: readonly Entry<Setting>[]): readonly Entry<Setting>[] {
  const replaced = new Set<string>();
  const kept: Entry<Setting>[] = [];
  for (const entry of [...entries].reverse()) {
    const { formula, effect } = entry;
    if (formula === formulas.no || replaced.has(effect.name)) continue;
    kept.push(entry);
    if (formula === formulas.yes && !effect.adds) replaced.add(effect.name);
  }
  return kept.reverse();
}

/** The end that a settled course comes to; undefined while something is asked that matters. */
function endOf({ stops, settings }: Course): End | undefined {
  if (isOpen(stops)) return undefined;
  const effects = stops.map(({ effect }) => effect);
  const reasons = effects.flatMap((effect) => (effect.kind === "unknown" ? effect.reason : []));
  const last = effects.at(-1);
  if (reasons.length === 0 && last?.kind === "ending") {
    const passed = effects.slice(0, -1).filter((effect) => !isElsewhere(effect));
    const key = [last.key, ...passed.map((each) => each.key).sort()].join("\n");
    return { ...last.stop, barriers: barriersIn(passed), key };
  }
  if (isOpen(settings)) return undefined;
  const barriers = barriersIn(effects);
  const set = settings.map(({ effect }) => effect);
  if (reasons.length > 0) {
    const key = ["undecided", ...[...effects, ...set].map((each) => each.key)].join("\n");
    return { kind: "undecided", barriers, reasons: [...new Set(reasons)], key };
  }
  const byName = [...set].sort((one, other) => (one.name < other.name ? -1 : 1));
  const key = ["origin", ...effects.map((each) => each.key).sort(), ...byName.map((each) => each.key)].join("\n");
  return { kind: "origin", barriers, ...passedWith(set), key };
}

function barriersIn(effects: readonly Effect[]): readonly string[] {
  return [...new Set(effects.flatMap((effect) => (effect.kind === "barrier" ? effect.what : [])))].sort();
}

/** Whether a question is still open. Entries that can't happen are left out before. */
function isOpen(entries: readonly Entry[]): boolean {
  return entries.some(({ formula }) => formula.atoms.size > 0);
}

const HEADER = "header ";

function passedWith(settings: readonly Setting[]) {
  const values = new Map<string, readonly string[]>();
  for (const { name, value } of settings) values.set(name, [...(values.get(name) ?? []), value]);
  const written = [...values].map(([name, all]) => [name, all.join(", then ")] as const).sort();
  const isHeader = (name: string): boolean => name.startsWith(HEADER);
  return {
    headers: Object.fromEntries(
      written.filter(([name]) => isHeader(name)).map(([name, value]) => [name.slice(HEADER.length), value]),
    ),
    settings: Object.fromEntries(written.filter(([name]) => !isHeader(name))),
  };
}

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

/** The difference of two zones. It is decided as soon as the rest is the same for both. */
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
  const [own, others] = [before, after].map(barrierKeysIn) as [ReadonlySet<string>, ReadonlySet<string>];
  const isShared = ({ effect: { kind, key } }: Entry): boolean => kind === "barrier" && own.has(key) && others.has(key);
  return [before, after].map(({ stops, settings }) => ({ settings, stops: stops.filter((each) => !isShared(each)) }));
}

function barrierKeysIn({ stops }: Course): ReadonlySet<string> {
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
