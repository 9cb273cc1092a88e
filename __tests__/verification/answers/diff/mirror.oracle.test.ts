import { EdgePhase } from "../../../../policy/edge-phase";
import { compare, diffReport } from "../../../../verification/answers/diff/report";
import { Area, type Difference, Direction } from "../../../../verification/answers/diff/difference";
import type { Change } from "../../../support/proof-scenes";
import { appOf, rules } from "./apps";
import { CHANGES } from "./changes";

const MIRRORED: Readonly<Record<Direction, Direction>> = {
  [Direction.OPENED]: Direction.CLOSED,
  [Direction.CLOSED]: Direction.OPENED,
  [Direction.CHANGED]: Direction.CHANGED,
  [Direction.UNDECIDED]: Direction.UNDECIDED,
  [Direction.LEFT_STANDING]: Direction.LEFT_STANDING,
  [Direction.WEAKENED]: Direction.STRENGTHENED,
  [Direction.STRENGTHENED]: Direction.WEAKENED,
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
    const sides = (items: readonly Difference[], isBack: boolean) =>
      items
        .filter(({ area }) => area !== Area.STATEMENT)
        .map(({ direction, what, before: was, after: is }) =>
          JSON.stringify(isBack ? [MIRRORED[direction], what, is, was] : [direction, what, was, is]),
        )
        .sort();
    expect(sides(compare({ before: after, after: before }).differences, true)).toEqual(
      sides(compare({ before, after }).differences, false),
    );
  });

  test("the same app doesn't differ", () => {
    expect(diffReport({ before: appOf(), after: appOf() })).toMatchObject({
      differences: [],
      asides: [],
      rewritten: 0,
    });
  });
});
