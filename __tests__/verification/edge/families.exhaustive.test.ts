import type { Proof } from "../../../verification/edge/proof";
import { nobodyElse, senderItself } from "../../../verification/statements/edge/requests/hook-1";
import { ports1 } from "../../../verification/statements/edge/requests/ports-1";
import { ports2, redirected } from "../../../verification/statements/edge/requests/ports-2";
import { cpuTime } from "./cpu-time";
import { policy } from "./edge";
import { ACTIONS, CONDITIONS, PlaceOfOthers, zoneOfFamily } from "./families";

const STATEMENTS = [nobodyElse, senderItself, ports1, ports2, redirected];

const FAMILIES = Object.values(PlaceOfOthers).flatMap((place) =>
  Object.keys(ACTIONS).flatMap((action) =>
    Object.keys(CONDITIONS).map((condition) => [action, condition, place] as const),
  ),
);

describe.each([
  [1_000, 3_000],
  [5_000, 20_000],
])("%d rules of others", (count, milliseconds) => {
  test.each(FAMILIES)("%ss by %s, %s, are decided in time", (action, condition, place) => {
    const zone = zoneOfFamily(action, condition, count, place);
    let proofs: readonly Proof[] = [];
    const time = cpuTime(() => (proofs = STATEMENTS.map((prove) => prove(zone, policy))));
    expect(proofs.filter(({ kind }) => kind === "undecided")).toEqual([]);
    expect(time).toBeLessThan(milliseconds);
    // A ruleset skip before the guards may open them; nothing else does.
    const isOpening = action === "ruleset skip" && place === PlaceOfOthers.BEFORE;
    if (!isOpening) expect(new Set(proofs.map(({ kind }) => kind))).toEqual(new Set(["proven"]));
  });
});
