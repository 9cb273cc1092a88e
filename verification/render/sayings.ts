import type { StatementView } from "../answers/explain/explanation";
import { outcomeInWords } from "../answers/verify";
import { bearingInWords, type UnknownThing } from "../answers/unknown-things";
import type { Unknown } from "../result";
import { isLowered, type StatementResult } from "../statements/results";
import type { Place } from "../terraform/stack";
import { joined, type Line, line, linesOf, say, type Text, type Tone, toCopy } from "./page";

/** How good the news is by the exit code. */
export const TONES: Readonly<Record<0 | 1 | 2, Tone>> = { 0: "open", 1: "closed", 2: "unsure" };

/** Where a page names what environments lower, before all else but the verdict. */
export const DECLARED = "Only declared, by decision of the environment";

/** A number of things: `1 rule`, `2 rules`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The counts of what there is. */
export function countsOf(counts: readonly (readonly [count: number, word: string])[]): string {
  return counts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : [])).join(", ");
}

/** Where something stands: the construct that wrote it, and the JSON. */
export function placeLines(place: Place): readonly Line[] {
  const { path } = place;
  return [...(path === undefined ? [] : [line(say`construct ${path}`)]), line(say`JSON ${locationOf(place)}`)];
}

/** A file and a JSON pointer into it. */
function locationOf({ stack, pointer }: Place): string {
  return `stacks/${stack}/cdk.tf.json#${pointer}`;
}

/** A statement in an explanation, how it is held, and what it rests on. */
export function statementLine(statement: StatementView): Line {
  const { id, sentence, notes, assumptions, accepted } = statement;
  return line(
    `${id}, ${outcomeInWords(statement)}: ${sentence}`,
    notes.map((note) => line(say`${note}`)),
    linesOf(assumptions, "as long as "),
    accepted.map(({ what, reason }) => line(say`accepted by the environment: ${what}; reason: ${reason}`)),
  );
}

/**
 * All that is known of a statement beside its name, a line each. Every form that people read says these lines.
 *
 * @param isUnknownTold whether the form tells what is unknown elsewhere, and the result refers to it
 */
export function sayingsOf(result: StatementResult, isUnknownTold = false): readonly Text[] {
  const { assumptions, notes } = result;
  const lowered = isLowered(result);
  return [
    ...(lowered ? [...acceptedOf(result), [`found: ${result.verdict}`]] : []),
    ...strengthOf(result),
    ...holdersOf(result),
    ...counterexampleOf(result),
    ...wrongIn(result),
    ...(isUnknownTold ? [] : result.unknown.map(unknownText)),
    ...assumptions.map((assumption) => [`as long as ${assumption}`]),
    ...notes.map((note) => [`note: ${note}`]),
    ...(lowered ? [] : acceptedOf(result)),
  ];
}

/** One thing that is unknown: why, where, what it may bear on, and how it is accepted or why it can't be. */
export function thingLine(thing: UnknownThing, results: readonly StatementResult[]): Line {
  const { name, reasons, places, bearing, lines, refusals } = thing;
  const [first = "", ...others] = reasons;
  return line(
    `[${name}] ${first}`,
    linesOf(others),
    places.map((place) => line(["in ", spot(place)])),
    line(`may bear on ${bearingInWords(bearing, results)}`),
    lines.map(({ environment, line: text }) => toCopy([`accept it in ${environment}: `, { code: text }])),
    refusals.map((refusal) =>
      line(`can't be accepted by name, since ${refusal}; Accept.declared would lower all that it may bear on`),
    ),
  );
}

const unknownText = ({ reason, place }: Unknown): Text => [reason, ...(place === undefined ? [] : at(place))];

function acceptedOf({ environment, accepted }: StatementResult): readonly Text[] {
  return accepted.map(({ what, reason }) => [`accepted by ${environment}: ${what}; reason: ${reason}`]);
}

function strengthOf({ strength, classes, rules }: StatementResult): readonly Text[] {
  if (strength === undefined) return [];
  const counts = `${counted(classes, "class of traffic", "classes of traffic")}, ${counted(rules, "rule")}`;
  return [[classes > 0 ? `${strength}: ${counts}` : strength]];
}

/** The controls that hold a statement by their names, each once. The JSON says where each stands. */
function holdersOf({ verdict, controls }: StatementResult): readonly Text[] {
  const names = [...new Set(controls.map(({ name }) => name))];
  if ((verdict !== "proven" && verdict !== "accepted") || names.length === 0) return [];
  return [["held by ", ...joined(names.map((name) => [{ code: name }]))]];
}

function counterexampleOf({ verdict, counterexample }: StatementResult): readonly Text[] {
  return counterexample.map((example) => [...(verdict === "undecided" ? ["for example "] : []), { code: example }]);
}

function wrongIn({ wrong, controls, change = "" }: StatementResult): readonly Text[] {
  if (wrong === undefined) return [];
  const [by] = controls;
  const decider: Text = by === undefined ? ["nothing in the JSON decides it"] : ["by ", { code: by.name }, ...at(by)];
  return [[wrong], decider, [`change: ${change}`]];
}

const at = (place: Place): Text => [" (", spot(place), ")"];

function spot(place: Place): Text[number] {
  const { path } = place;
  return { code: `${locationOf(place)}${path === undefined ? "" : `, ${path}`}` };
}
