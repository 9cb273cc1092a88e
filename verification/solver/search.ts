import { overBudget } from "./budget";
import { flipped, keyOf, type Literal } from "./reason";

/** A conjunction of literals: all that gives some answers. */
export type Cube = readonly Literal[];

/** The result of a look at one point of a cube. */
export type Look =
  /** All that gives these answers needs no further look. */
  | { readonly kind: "settled"; readonly by: readonly Literal[] }
  /** There is nothing in the cube. */
  | { readonly kind: "empty" }
  /** Nothing else needs a look: what was looked for is found. */
  | { readonly kind: "over" };

/** How many cubes may be looked at. */
const MOST_CUBES = 20_000;

/** Up to so many answers the parts that are left don't overlap. */
const APART = 24;

/**
 * Looks at points, those of the largest cubes first, until all that is asked about is settled. Each look says which answers
 * were enough; what is left are the parts where one of them is another one. Questions that no look needs are never split on.
 *
 * @param name what tells a cube from others, to name what explodes
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
