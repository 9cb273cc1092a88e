import { EdgePhase } from "../../../../policy/edge-phase";
import { differenceOf } from "../../../../verification/answers/diff/difference";
import { Area, type Item, Kind } from "../../../../verification/answers/diff/item";
import type { Change } from "../../../support/proof-scenes";
import { appOf, rules } from "./apps";
import { CHANGES } from "./changes";

const MIRRORED: Readonly<Record<Kind, Kind>> = {
  [Kind.OPENED]: Kind.CLOSED,
  [Kind.CLOSED]: Kind.OPENED,
  [Kind.CHANGED]: Kind.CHANGED,
  [Kind.UNDECIDED]: Kind.UNDECIDED,
  [Kind.WEAKENED]: Kind.STRENGTHENED,
  [Kind.STRENGTHENED]: Kind.WEAKENED,
};
const REORDERED: Change = rules(EdgePhase.CUSTOM, (all) => all.slice(1));

/** One change of each kind of thing. */
const SOME: ReadonlySet<string> = new Set([
  ...["a database for others", "a database that nothing holds", "a worker's type", "a worker's hosts", "HSTS"],
  ...["who is admitted to the proxy", "a record past the edge", "another origin", "Spectrum", "a custom domain"],
]);

describe("the way back mirrors the way there", () => {
  test.each([
    ...CHANGES.filter(([name]) => SOME.has(name)).map(([name, change]) => [name, change] as const),
    ["a rule less", REORDERED] as const,
  ])("%s", (_name, change) => {
    const [before, after] = [appOf(), appOf(undefined, change)];
    const sides = (items: readonly Item[], isBack: boolean) =>
      items
        .filter(({ area }) => area !== Area.STATEMENT)
        .map(({ kind, what, before: was, after: is }) =>
          JSON.stringify(isBack ? [MIRRORED[kind], what, is, was] : [kind, what, was, is]),
        )
        .sort();
    expect(sides(differenceOf({ before: after, after: before }).items, true)).toEqual(
      sides(differenceOf({ before, after }).items, false),
    );
  });

  test("the same app doesn't differ", () => {
    expect(differenceOf({ before: appOf(), after: appOf() })).toEqual({ items: [], asides: [], rewritten: 0 });
  });
});
