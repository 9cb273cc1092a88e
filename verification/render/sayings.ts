import { isLowered, type StatementResult } from "../statements/results";
import type { Place } from "../terraform/stack";

/** A line of words and code. Both may come from somebody else's JSON. */
export type Saying = readonly Said[];

export type Said = { readonly text: string } | { readonly code: string };

const text = (words: string): Said => ({ text: words });
const code = (words: string): Said => ({ code: words });

/** All that is known of a statement beside its name, a line each. Every form that people read says these lines. */
export function sayingsOf(result: StatementResult): readonly Saying[] {
  const { environment, assumptions, notes, accepted } = result;
  return [
    ...(isLowered(result) ? [...acceptedOf(environment, accepted), [text(`found: ${result.verdict}`)]] : []),
    ...strengthOf(result),
    ...holdersOf(result),
    ...counterexampleOf(result),
    ...wrongIn(result),
    ...result.unknown.map(({ reason, place }) => [text(reason), ...(place === undefined ? [] : at(place))]),
    ...assumptions.map((assumption) => [text(`as long as ${assumption}`)]),
    ...notes.map((note) => [text(`note: ${note}`)]),
    ...(isLowered(result) ? [] : acceptedOf(environment, accepted)),
  ];
}

function acceptedOf(environment: string, accepted: StatementResult["accepted"]): readonly Saying[] {
  return accepted.map(({ what, reason }) => [text(`accepted by ${environment}: ${what}; reason: ${reason}`)]);
}

function strengthOf({ strength, classes, rules }: StatementResult): readonly Saying[] {
  if (strength === undefined) return [];
  const counts = `${counted(classes, "class", "classes")}, ${counted(rules, "rule", "rules")}`;
  return [[text(classes > 0 ? `${strength}: ${counts}` : strength)]];
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** What holds a statement by its names, each once. The JSON says where each stands. */
function holdersOf({ verdict, controls }: StatementResult): readonly Saying[] {
  const names = [...new Set(controls.map(({ name }) => name))];
  if (verdict !== "proven" || names.length === 0) return [];
  return [[text("held by "), ...names.flatMap((name, index) => [...(index === 0 ? [] : [text(", ")]), code(name)])]];
}

function counterexampleOf({ verdict, counterexample }: StatementResult): readonly Saying[] {
  return counterexample.map((example) => [...(verdict === "undecided" ? [text("for example ")] : []), code(example)]);
}

function wrongIn({ wrong, controls, change = "" }: StatementResult): readonly Saying[] {
  if (wrong === undefined) return [];
  const [by] = controls;
  const decider = by === undefined ? [text("nothing decides it")] : [text("by "), code(by.name), ...at(by)];
  return [[text(wrong)], decider, [text(`change: ${change}`)]];
}

function at(place: Place): Saying {
  return [text(" ("), code(placeText(place)), text(")")];
}

/** A place, as a file and a JSON pointer into it, with the construct that wrote it. */
function placeText({ stack, pointer, path }: Place): string {
  return `stacks/${stack}/cdk.tf.json#${pointer}${path === undefined ? "" : `, ${path}`}`;
}
