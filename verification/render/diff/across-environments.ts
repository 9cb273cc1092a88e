import type { Difference } from "../../answers/diff/difference";
import { groupedBy } from "../../collections";

/** Differences that differ by their environment alone, taken together: people read once what several environments do alike. */
export function acrossEnvironments(differences: readonly Difference[]): readonly Difference[] {
  return [...groupedBy(differences, saying).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : others.reduce(together, first),
  );
}

function saying({ direction, area, what, before, after, statement, also = [], reason }: Difference): string {
  return JSON.stringify([direction, area, what, before, after, statement, also.map((each) => each.what), reason]);
}

function together(first: Difference, { environments, examples, notes, also = [] }: Difference): Difference {
  const alike = first.also?.map((each, index) => ({
    ...each,
    examples: [...new Set([...each.examples, ...(also[index]?.examples ?? [])])],
  }));
  return {
    ...first,
    environments: [...new Set([...first.environments, ...environments])],
    examples: [...new Set([...first.examples, ...examples])],
    notes: [...new Set([...first.notes, ...notes])],
    ...(alike === undefined ? {} : { also: alike }),
  };
}
