import { groupedBy } from "../../collections";
import { type Also, Area, type Difference, ranked } from "./difference";

/** The items as a reader wants them, once nobody judges them any more: one for each cause, whatever it reaches. */
export function entriesOf(items: readonly Difference[]): readonly Difference[] {
  return acrossEnvironments(byCause(ranked(items)));
}

/** The areas of which an item is about some of all requests or connections: one cause may need several of these. */
const SHARES: ReadonlySet<Area> = new Set([Area.REQUESTS, Area.EGRESS]);

function byCause(items: readonly Difference[]): readonly Difference[] {
  return [...groupedBy(items, causeOf).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : others.length === 0 ? first : { ...first, also: others.map(alsoOf) },
  );
}

/** Equal causes, one entry; what is no share is its own cause. */
function causeOf(item: Difference): string | Difference {
  const { direction, area, environments, before, after, by, subject, addresses } = item;
  if (!SHARES.has(area) || addresses === undefined) return item;
  // Hosts are told apart, but those that workers reach aren't.
  const parts = area === Area.REQUESTS ? subject.parts : [];
  return JSON.stringify([direction, area, environments, before, after, by, subject.of, parts]);
}

const alsoOf = ({ what, examples, notes, addresses }: Difference): Also => ({
  ...{ what, examples, notes },
  ...(addresses === undefined ? {} : { addresses }),
});

/** Those that differ by their environment alone, taken together. */
function acrossEnvironments(items: readonly Difference[]): readonly Difference[] {
  return [...groupedBy(items, saying).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : others.reduce(together, first),
  );
}

function saying({ direction, area, what, before, after, statement, also = [] }: Difference): string {
  return JSON.stringify([direction, area, what, before, after, statement, also.map((each) => each.what)]);
}

function together(first: Difference, { environments, examples, notes, subject, also = [] }: Difference): Difference {
  return {
    ...first,
    environments: [...new Set([...first.environments, ...environments])],
    examples: [...new Set([...first.examples, ...examples])],
    notes: [...new Set([...first.notes, ...notes])],
    subject: first.subject.of === subject.of ? first.subject : { of: "", parts: [] },
    ...(first.also === undefined
      ? {}
      : {
          also: first.also.map((each, index) => ({
            ...each,
            witnesses: [...new Set([...each.examples, ...(also[index]?.examples ?? [])])],
          })),
        }),
  };
}
