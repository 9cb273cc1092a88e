import { BudgetExceeded } from "./budget";
import { flipped, keyOf, type Literal } from "./reason";

/** A part of what is asked about: all that gives some answers. */
export type Region = readonly Literal[];

/** What looking at one point of a region shows. */
export type Look =
  /** All that gives these answers needs no further look. */
  | { readonly kind: "settled"; readonly by: readonly Literal[] }
  /** There is nothing in the region. */
  | { readonly kind: "empty" }
  /** Nothing else needs a look: what was looked for is found. */
  | { readonly kind: "over" };

/** How many regions may be looked at. */
const MOST_REGIONS = 20_000;

/** Up to so many answers the parts that are left don't overlap. */
const APART = 24;

/**
 * Looks at points, those of the largest regions first, until all that is asked about is settled. Each look says which answers were enough; what is left are the
 * parts where one of them is another one. Questions that no look needs are never split on.
 *
 * @param name what tells a region from others, to name what explodes
 * @throws BudgetExceeded when there are too many regions
 */
export function search(look: (region: Region) => Look, name: (region: Region) => string): void {
  const seen = new Set<string>([""]);
  const open: Region[] = [[]];
  for (const region of open) {
    const found = look(region);
    if (found.kind === "over") return;
    if (found.kind === "empty") continue;
    const parts = partsWithout(region, found.by).filter((part) => !seen.has(keyOf(part)));
    for (const part of parts) seen.add(keyOf(part));
    if (seen.size > MOST_REGIONS) throw new BudgetExceeded(name(parts.at(-1) ?? region));
    open.push(...parts);
  }
}

/** A region without all that gives some answers. */
function partsWithout(region: Region, by: readonly Literal[]): readonly Region[] {
  const own = new Set(region.map(({ atom }) => atom));
  const open = by.filter(({ atom }) => !own.has(atom));
  return open.map((literal, index) => [
    ...region,
    ...(open.length <= APART ? open.slice(0, index) : []),
    flipped(literal),
  ]);
}
