import { type Course, type Entry, settled } from "./course";
import type { Language } from "./language";
import { atomsOf, type Decision } from "../solver/decision";
import { type Effect, isElsewhere, type Setting } from "./effect";
import type { End } from "./end";

/** Where the requests of a zone end. */
export function endDecision(language: Language, given: Course): Decision<End> {
  const course = settled(language, given);
  return {
    key: keyOfCourse(course),
    asked: atomsOf([...course.stops, ...course.settings].map(({ formula }) => formula)),
    outcome: endOf(course),
    restricted: (restrict) => endDecision(language, restrictedCourse(course, restrict)),
  };
}

export function restrictedCourse(
  { stops, settings }: Course,
  restrict: (formula: Entry["formula"]) => Entry["formula"],
): Course {
  return {
    stops: stops.map((entry) => ({ ...entry, formula: restrict(entry.formula) })),
    settings: settings.map((entry) => ({ ...entry, formula: restrict(entry.formula) })),
  };
}

/** Equal keys, equal courses. */
function keyOfCourse({ stops, settings }: Course): string {
  return `${keyOf(stops)}\n\n${keyOf(settings)}`;
}

export function keyOf(entries: readonly Entry[]): string {
  return entries.map(({ formula, effect }) => `${formula.id} ${effect.key}`).join("\n");
}

/** The end that a course comes to, once it is settled as far as that. */
export function endOf({ stops, settings }: Course): End | undefined {
  if (isOpen(stops)) return undefined;
  const effects = stops.map(({ effect }) => effect);
  const doubts = effects.flatMap((effect) => (effect.kind === "doubt" ? effect.reason : []));
  const last = effects.at(-1);
  if (doubts.length === 0 && last?.kind === "ending") {
    const passed = effects.slice(0, -1).filter((effect) => !isElsewhere(effect));
    return {
      ...last.stop,
      barriers: barriersIn(passed),
      key: [last.key, ...passed.map(({ key }) => key).sort()].join("\n"),
    };
  }
  const barriers = barriersIn(effects);
  if (isOpen(settings)) return undefined;
  if (doubts.length > 0) {
    const key = ["undecided", ...[...effects, ...settings.map(({ effect }) => effect)].map((each) => each.key)];
    return { kind: "undecided", barriers, reasons: [...new Set(doubts)], key: key.join("\n") };
  }
  return { kind: "origin", barriers, ...passedWith(settings), key: passedKey(effects, settings) };
}

function barriersIn(effects: readonly Effect[]): readonly string[] {
  return [...new Set(effects.flatMap((effect) => (effect.kind === "barrier" ? effect.what : [])))].sort();
}

/** Whether something is still asked. What can't happen is no longer in it. */
function isOpen(entries: readonly Entry[]): boolean {
  return entries.some(({ formula }) => formula.atoms.size > 0);
}

function passedKey(barriers: readonly { readonly key: string }[], settings: readonly Entry<Setting>[]): string {
  const byName = [...settings].sort((one, other) => (one.effect.name < other.effect.name ? -1 : 1));
  return ["origin", ...barriers.map(({ key }) => key).sort(), ...byName.map(({ effect }) => effect.key)].join("\n");
}

function passedWith(settings: readonly Entry<Setting>[]) {
  const values = new Map<string, readonly string[]>();
  for (const { effect } of settings) values.set(effect.name, [...(values.get(effect.name) ?? []), effect.value]);
  const written = [...values].map(([name, all]) => [name, all.join(", then ")] as const).sort();
  const isHeader = (name: string): boolean => name.startsWith(HEADER);
  return {
    headers: Object.fromEntries(
      written.filter(([name]) => isHeader(name)).map(([name, value]) => [name.slice(HEADER.length), value]),
    ),
    settings: Object.fromEntries(written.filter(([name]) => !isHeader(name))),
  };
}

const HEADER = "header ";
