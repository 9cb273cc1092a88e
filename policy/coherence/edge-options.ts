import type { Problem } from "../../errors/invalid-input";
import { STATEMENTS_OF_PART } from "../edge-options";
import { type Environment, tenancies } from "../environment";
import { type CoherenceRule, duplicates, placed } from "./coherence-rule";

/** A part left to others is accepted by every tenant whose statements it lowers; refs are unique in their phase. */
export const edgeOptions: CoherenceRule = (environments) => [
  ...tenancies(environments).flatMap(({ owner, tenants }) => tenants.flatMap((tenant) => lowered(owner, tenant))),
  ...environments.flatMap((environment) =>
    duplicates(
      placed([environment], "edge.otherRules", ({ edge }) => edge?.otherRules),
      ({ phase, ref }) => `${ref} in ${phase}`,
      "a ref that no other rule of the phase has",
    ),
  ),
];

function lowered(owner: Environment, tenant: Environment): readonly Problem[] {
  const accepted = (tenant.accept ?? []).map(({ statement }) => statement);
  return (owner.edge?.leave ?? []).flatMap((part, index) =>
    STATEMENTS_OF_PART[part]
      .filter((statement) => !accepted.includes(statement))
      .map((statement) => ({
        at: `${owner.name}.edge.leave[${index}]`,
        got: `"${part}", which lowers ${statement} of ${tenant.name} to declared`,
        allowed: "a part whose statements every environment of the zone accepts by name",
        change: `add Accept.declared("${statement}", reason) to ${tenant.name}.accept, or manage the part here`,
      })),
  );
}
