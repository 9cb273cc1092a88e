import { EdgePhase } from "../../../../policy/edge-phase";
import type { EdgeZone, ZoneRule } from "../../../model/edge-zone";
import { ACCEPTED, type Expectation, Quantifier, REFUSED } from "../../../prove/expectation";
import type { Proof } from "../../../prove/proof";
import { prove } from "../../../prove/prove";
import type { Scope } from "../../../prove/scope";

const NOT_MATCHED: Expectation = {
  quantifier: Quantifier.ALWAYS,
  judge: ({ destination }) => (destination.kind === "block" ? REFUSED : ACCEPTED),
  alwaysAccepted: new Set(),
};

/** No request of a scope matches one of these rules: as blocks, they would stop it. */
export function matchesNone(zone: EdgeZone, rules: readonly ZoneRule[], scope: Scope): Proof {
  const blocks = rules.map((rule) => ({ ...rule, action: "block" }));
  return prove({ ...zone, phases: new Map([[EdgePhase.CUSTOM, blocks]]) }, scope, NOT_MATCHED);
}
