import { type Problem, shown } from "../../errors/invalid-input";
import type { OwnedZone } from "../../policy/zone";
import type { EdgeRule } from "./edge-rule";

/** @see https://developers.cloudflare.com/ruleset-engine/rules-language/expressions/#maximum-expression-length */
const LONGEST_EXPRESSION = 4_096;

/** Where expressions, other teams' included, are more than the platform or the zone's plan takes. */
export function expressionProblems(zone: OwnedZone, rules: readonly EdgeRule[]): readonly Problem[] {
  return rules.flatMap((rule) =>
    [...tooLong(rule)].map((problem) => ({ at: `rule ${rule.ref} of ${zone.name}`, ...problem })),
  );
}

function tooLong({ expression }: EdgeRule): readonly Omit<Problem, "at">[] {
  return expression.length <= LONGEST_EXPRESSION
    ? []
    : [
        {
          got: `an expression of ${expression.length} characters: ${shown(expression)}`,
          allowed: `at most ${LONGEST_EXPRESSION} characters`,
          change: "keep addresses in a list: edge.addresses = AddressPlacement.LIST",
        },
      ];
}
