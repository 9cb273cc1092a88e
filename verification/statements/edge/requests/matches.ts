import { ACCEPTED, type Expectation, Quantifier, REFUSED, type Proof } from "../../../edge/proof";
import { prove } from "../../../edge/prove";
import type { Scope } from "../../../edge/scope";
import type { EdgeZone } from "../../../edge/zone";
import { asBlocks, asBlocksBehind, type AskedRules, isAsked } from "./as-blocks";

/** No request of a scope matches one of these rules: as blocks, they would stop it. */
export function matchesNone(zone: EdgeZone, rules: AskedRules, scope: Scope): Proof {
  return prove(asBlocks(zone, rules), scope, isMetBy(rules));
}

/** No request of a scope that reaches an origin matches one of these rules. */
export function matchesNoneBehind(zone: EdgeZone, rules: AskedRules, scope: Scope): Proof {
  return prove(asBlocksBehind(zone, rules), scope, isMetBy(rules));
}

function isMetBy(rules: AskedRules): Expectation {
  return {
    quantifier: Quantifier.ALWAYS,
    judge: ({ rule }) => (isAsked(rules, rule) ? REFUSED : ACCEPTED),
    isAlwaysAccepted: (rule) => rule.action === "block" && !isAsked(rules, rule),
  };
}
