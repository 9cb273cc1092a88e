import { policy } from "../../__tests__/verification/edge/edge";
import { ACTIONS, CONDITIONS, PlaceOfOthers, zoneOfFamily } from "../../__tests__/verification/edge/families";
import { diffOf } from "../../verification/edge/compare";
import { nobodyElse, senderItself } from "../../verification/statements/hook-1";
import { ports1 } from "../../verification/statements/ports-1";
import { ports2, redirected } from "../../verification/statements/ports-2";
import { cpuTime } from "./cpu-time";

/*
 * Zones with many rules of others, which differ in their actions, conditions and places. Measures how long the
 * statements about requests take to prove. Also measures a comparison with a zone in which one rule has another
 * condition.
 */

const STATEMENTS = [nobodyElse, senderItself, ports1, ports2, redirected];

/** How many rules, and the milliseconds that each question may take with that many. */
const SIZES: readonly (readonly [rules: number, limit: number])[] = [
  [5, 3_000],
  [50, 3_000],
  [500, 3_000],
  [1_000, 3_000],
  [5_000, 20_000],
];

const cell = (milliseconds: number, limit: number): string =>
  `${milliseconds.toFixed(0)}${milliseconds <= limit ? "" : " OVER"}`.padStart(12);

console.log(
  `ms cpu of the proofs, and of the comparison, with ${SIZES.map(([rules]) => rules).join(", ")} rules of others`,
);
for (const place of Object.values(PlaceOfOthers)) {
  for (const action of Object.keys(ACTIONS)) {
    for (const condition of Object.keys(CONDITIONS)) {
      const zone = (count: number, changed?: number) => zoneOfFamily(action, condition, count, place, changed);
      const proofs = SIZES.map(([count, limit]) => {
        const judged = zone(count);
        return cell(
          cpuTime(() => STATEMENTS.map((prove) => prove(judged, policy))),
          limit,
        );
      });
      const diffs = SIZES.map(([count, limit]) => {
        const [before, after] = [zone(count), zone(count, Math.floor(count / 2))];
        return cell(
          cpuTime(() => diffOf(before, after)),
          limit,
        );
      });
      console.log(`${`${action} by ${condition}, ${place}`.padEnd(56)}${proofs.join("")}  |${diffs.join("")}`);
    }
  }
}
