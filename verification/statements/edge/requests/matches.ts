import type { EdgeZone } from "../../../model/edge-zone";
import { ACCEPTED, type Expectation, Quantifier, REFUSED } from "../../../prove/expectation";
import type { Proof } from "../../../prove/proof";
import { prove } from "../../../prove/prove";
import type { Scope } from "../../../prove/scope";
import { type AskedRules, asBlocks } from "./as-blocks";

const NOT_MATCHED: Expectation = {
  quantifier: Quantifier.ALWAYS,
  judge: ({ destination }) => (destination.kind === "block" ? REFUSED : ACCEPTED),
  alwaysAccepted: new Set(),
};

/** No request of a scope matches one of these rules: as blocks, they would stop it. */
export function matchesNone(zone: EdgeZone, rules: AskedRules, scope: Scope): Proof {
  return prove(asBlocks(zone, rules), scope, NOT_MATCHED);
}
