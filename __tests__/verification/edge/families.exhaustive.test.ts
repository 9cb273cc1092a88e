import { diffOf } from "../../../verification/edge/compare";
import type { EdgeZone } from "../../../verification/edge/zone";
import { nobodyElse, senderItself } from "../../../verification/statements/hook-1";
import { ports1 } from "../../../verification/statements/ports-1";
import { ports2, redirected } from "../../../verification/statements/ports-2";
import { policy } from "./edge";
import { ACTIONS, CONDITIONS, PlaceOfOthers, zoneOfFamily } from "./families";

const STATEMENTS = [nobodyElse, senderItself, ports1, ports2, redirected];

const FAMILIES = Object.values(PlaceOfOthers).flatMap((place) =>
  Object.keys(ACTIONS).flatMap((action) =>
    Object.keys(CONDITIONS).map((condition) => [action, condition, place] as const),
  ),
);

describe.each([1_000, 5_000])("%d rules of others", (count) => {
  test.each(FAMILIES)("%ss by %s, %s, are decided", (action, condition, place) => {
    const zone = zoneOfFamily(action, condition, count, place);
    const proofs = STATEMENTS.map((prove) => prove(zone, policy));
    expect(proofs.filter(({ kind }) => kind === "undecided")).toEqual([]);
    // A ruleset skip before the guards may open them; nothing else does.
    const isOpening = action === "ruleset skip" && place === PlaceOfOthers.BEFORE;
    if (!isOpening) expect(new Set(proofs.map(({ kind }) => kind))).toEqual(new Set(["proven"]));
  });

  test.each(FAMILIES)("two zones with %ss by %s, %s, are compared", (action, condition, place) => {
    const [before, after] = [-1, Math.floor(count / 2)].map((changed) =>
      zoneOfFamily(action, condition, count, place, changed),
    ) as [EdgeZone, EdgeZone];
    const diff = diffOf(before, after);
    expect(diff.undecided).toEqual([]);
    // Nothing stands behind a ruleset skip that comes last.
    const isLast = action === "ruleset skip" && place === PlaceOfOthers.BEHIND;
    expect(diff.changes.length > 0).toBe(!isLast);
  });
});
