import { LogicalOperator } from "../../network/rules-language";
import { overBudget } from "./budget";
import type { Formula } from "./formula";

/** An answer to a question, which is known by its number. */
export interface Literal {
  readonly atom: number;
  readonly holds: boolean;
}

/** Equal keys, equal sets of literals. */
function keyOf(literals: readonly Literal[]): string {
  return literals
    .map(({ atom, holds }) => (holds ? `${atom}` : `-${atom}`))
    .sort()
    .join(" ");
}

function flipped({ atom, holds }: Literal): Literal {
  return { atom, holds: !holds };
}

/** Answers at one point. */
export interface Answers {
  readonly holds: (atom: number) => boolean;
  /** How much it costs to rely on an answer: 0 where it can't be another one. */
  readonly cost: (literal: Literal) => number;
}

/** Why a formula holds at a point, or doesn't: few answers that are enough. */
export function reasonOf(formula: Formula, answers: Answers): readonly Literal[] {
  const { shape } = formula;
  switch (shape.kind) {
    case "constant":
      return [];
    case "atom": {
      const literal = { atom: shape.atom, holds: answers.holds(shape.atom) };
      return answers.cost(literal) === 0 ? [] : [literal];
    }
    case "not":
      return reasonOf(shape.operand, answers);
    case "join":
      return reasonOfJoin(shape.operator, shape.operands, answers);
  }
}

/** One operand that decides alone is enough: the cheapest. */
function reasonOfJoin(operator: LogicalOperator, operands: readonly Formula[], answers: Answers): readonly Literal[] {
  const decisive = operator === LogicalOperator.OR;
  const isDeciding = (operand: Formula): boolean =>
    operator !== LogicalOperator.XOR && holdsAt(operand, answers.holds) === decisive;
  const deciding = operands.filter(isDeciding).map((operand) => reasonOf(operand, answers));
  if (deciding.length === 0) return operands.flatMap((operand) => reasonOf(operand, answers));
  const costs = deciding.map((literals) => literals.reduce((sum, literal) => sum + answers.cost(literal), 0));
  return deciding[costs.indexOf(Math.min(...costs))] ?? [];
}

/** Whether a formula holds at a point. */
export function holdsAt(formula: Formula, holds: Answers["holds"]): boolean {
  const { shape } = formula;
  switch (shape.kind) {
    case "constant":
      return shape.value;
    case "atom":
      return holds(shape.atom);
    case "not":
      return !holdsAt(shape.operand, holds);
    case "join":
      switch (shape.operator) {
        case LogicalOperator.AND:
          return shape.operands.every((operand) => holdsAt(operand, holds));
        case LogicalOperator.OR:
          return shape.operands.some((operand) => holdsAt(operand, holds));
        case LogicalOperator.XOR:
          return shape.operands.filter((operand) => holdsAt(operand, holds)).length % 2 === 1;
      }
  }
}

/** A conjunction of literals: all that gives some answers. */
export type Cube = readonly Literal[];

/** The result of a look at one point of a cube. */
export type Look =
  /** All that gives these answers needs no further look. */
  | { readonly kind: "settled"; readonly by: readonly Literal[] }
  /** There is nothing in the cube. */
  | { readonly kind: "empty" }
  /** Nothing else needs a look: the search has found its goal. */
  | { readonly kind: "over" };

/** How many cubes may be looked at. */
const MOST_CUBES = 20_000;

/** The most answers for which the parts that are left don't overlap. */
const APART = 24;

/**
 * Looks at points, those of the largest cubes first, until all that is asked about is settled. Each look says which
 * answers were enough. Then those parts are left in which one of these answers is another one. Questions that no look
 * needs are never split on.
 *
 * @param name tells a cube from others, and names the axis that explodes
 * @throws over budget when there are too many cubes
 */
export function search(look: (cube: Cube) => Look, name: (cube: Cube) => string): void {
  const seen = new Set<string>([""]);
  const open: Cube[] = [[]];
  for (const cube of open) {
    const found = look(cube);
    if (found.kind === "over") return;
    if (found.kind === "empty") continue;
    const parts = partsWithout(cube, found.by).filter((part) => !seen.has(keyOf(part)));
    for (const part of parts) seen.add(keyOf(part));
    if (seen.size > MOST_CUBES) overBudget(name(parts.at(-1) ?? cube));
    open.push(...parts);
  }
}

/** A cube without all that gives some answers. */
function partsWithout(cube: Cube, by: readonly Literal[]): readonly Cube[] {
  const own = new Set(cube.map(({ atom }) => atom));
  const open = by.filter(({ atom }) => !own.has(atom));
  return open.map((literal, index) => [
    ...cube,
    ...(open.length <= APART ? open.slice(0, index) : []),
    flipped(literal),
  ]);
}
