import { groupedBy } from "../../collections";
import { type Also, Area, type Item, ranked } from "./item";

/** The items as a reader wants them, once nobody judges them any more: one for each cause, whatever it reaches. */
export function entriesOf(items: readonly Item[]): readonly Item[] {
  return acrossEnvironments(byCause(ranked(items)));
}

/** The areas of which an item is about some of all requests or connections: one cause may need several of these. */
const SHARES: ReadonlySet<Area> = new Set([Area.REQUESTS, Area.EGRESS]);

function byCause(items: readonly Item[]): readonly Item[] {
  return [...groupedBy(items, causeOf).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : others.length === 0 ? first : { ...first, also: others.map(alsoOf) },
  );
}

/** Equal causes, one entry; what is no share is its own cause. */
function causeOf(item: Item): string | Item {
  const { kind, area, environments, before, after, by, subject, addresses } = item;
  if (!SHARES.has(area) || addresses === undefined) return item;
  // Hosts are told apart, but those that workers reach aren't.
  const parts = area === Area.REQUESTS ? subject.parts : [];
  return JSON.stringify([kind, area, environments, before, after, by, subject.of, parts]);
}

const alsoOf = ({ what, witnesses, notes, addresses }: Item): Also => ({
  ...{ what, witnesses, notes },
  ...(addresses === undefined ? {} : { addresses }),
});

/** Those that differ by their environment alone, taken together. */
function acrossEnvironments(items: readonly Item[]): readonly Item[] {
  return [...groupedBy(items, saying).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : others.reduce(together, first),
  );
}

function saying({ kind, area, what, before, after, statement, also = [] }: Item): string {
  return JSON.stringify([kind, area, what, before, after, statement, also.map((each) => each.what)]);
}

function together(first: Item, { environments, witnesses, notes, subject, also = [] }: Item): Item {
  return {
    ...first,
    environments: [...new Set([...first.environments, ...environments])],
    witnesses: [...new Set([...first.witnesses, ...witnesses])],
    notes: [...new Set([...first.notes, ...notes])],
    subject: first.subject.of === subject.of ? first.subject : { of: "", parts: [] },
    ...(first.also === undefined
      ? {}
      : {
          also: first.also.map((each, index) => ({
            ...each,
            witnesses: [...new Set([...each.witnesses, ...(also[index]?.witnesses ?? [])])],
          })),
        }),
  };
}
