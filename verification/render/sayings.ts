import type { StatementView } from "../answers/explain/explanation";
import { isLowered, type StatementResult } from "../statements/results";
import type { Place } from "../terraform/stack";
import { joined, type Line, line, say, type Text, type Tone } from "./page";

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
export function statementLine({ id, sentence, verdict, strength, notes, assumptions, accepted }: StatementView): Line {
  return line(
    `${[id, verdict, ...(strength === undefined ? [] : [strength])].join(", ")}: ${sentence}`,
    notes.map((note) => line(say`${note}`)),
    assumptions.map((assumption) => line(`as long as ${assumption}`)),
    accepted.map(({ what, reason }) => line(say`accepted by the environment: ${what}; reason: ${reason}`)),
  );
}

/** All that is known of a statement beside its name, a line each. Every form that people read says these lines. */
export function sayingsOf(result: StatementResult): readonly Text[] {
  const { assumptions, notes } = result;
  const lowered = isLowered(result);
  return [
    ...(lowered ? [...acceptedOf(result), [`found: ${result.verdict}`]] : []),
    ...strengthOf(result),
    ...holdersOf(result),
    ...counterexampleOf(result),
    ...wrongIn(result),
    ...result.unknown.map(({ reason, place }) => [reason, ...(place === undefined ? [] : at(place))]),
    ...assumptions.map((assumption) => [`as long as ${assumption}`]),
    ...notes.map((note) => [`note: ${note}`]),
    ...(lowered ? [] : acceptedOf(result)),
  ];
}

function acceptedOf({ environment, accepted }: StatementResult): readonly Text[] {
  return accepted.map(({ what, reason }) => [`accepted by ${environment}: ${what}; reason: ${reason}`]);
}

function strengthOf({ strength, classes, rules }: StatementResult): readonly Text[] {
  if (strength === undefined) return [];
  const counts = `${counted(classes, "class", "classes")}, ${counted(rules, "rule")}`;
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

function at(place: Place): Text {
  const { path } = place;
  return [" (", { code: `${locationOf(place)}${path === undefined ? "" : `, ${path}`}` }, ")"];
}
