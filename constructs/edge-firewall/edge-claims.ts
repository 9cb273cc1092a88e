import { EdgePhase } from "../../policy/edge-phase";
import type { OwnedZone } from "../../policy/zone";
import { Claim } from "../claims";
import type { EdgePlan } from "./edge-plan";
import { edgeSecretVariable } from "./edge-secret";

/** Everything that an edge owns alone in the app. It owns all its phases, also those where it has no rule. */
export function edgeClaims(zone: OwnedZone, stack: string, plan: EdgePlan): readonly Claim[] {
  return [
    ...Object.values(EdgePhase).map((phase) => Claim.phase(zone.id, phase)),
    ...plan.settings.map(({ id }) => Claim.zoneSetting(zone.id, id)),
    ...(plan.normalises ? [Claim.zoneSetting(zone.id, "url_normalization")] : []),
    ...plan.hosts.map(({ host }) => Claim.record(zone.id, host)),
    ...plan.lists.map(({ name }) => Claim.list(zone.account, name)),
    ...plan.secrets.map((environment) => Claim.variable(stack, edgeSecretVariable(environment))),
  ];
}
