import type { Problem } from "../../errors/invalid-input";
import { cheapestPlanWith, PLAN_LIMITS } from "../../policy/cloudflare-plan";
import { EdgePhase } from "../../policy/edge-phase";
import { OWN_RULE } from "../../policy/own-rule";
import type { OwnedZone } from "../../policy/zone";
import type { EdgeRule } from "./edge-rule";

/** The limit that counts the rules of each phase. */
const LIMIT_OF_PHASE = {
  [EdgePhase.REDIRECT]: "redirectRules",
  [EdgePhase.CUSTOM]: "customRules",
  [EdgePhase.LATE_TRANSFORM]: "transformRules",
} as const;

/** Where a zone's phases hold more rules than its plan has, other teams' rules included. */
export function ruleCountProblems(zone: OwnedZone, rules: readonly EdgeRule[]): readonly Problem[] {
  return Object.values(EdgePhase).flatMap((phase) => {
    const limit = LIMIT_OF_PHASE[phase];
    const refs = rules.filter((rule) => rule.phase === phase).map(({ ref }) => ref);
    const allowed = PLAN_LIMITS[zone.plan][limit];
    if (refs.length <= allowed) return [];
    const others = refs.filter((ref) => !ref.startsWith(OWN_RULE));
    const plan = cheapestPlanWith((limits) => limits[limit] >= refs.length);
    const ways = [
      ...(others.length > 0
        ? [`drop ${refs.length - allowed} of ${others.join(", ")}`]
        : ["let fewer senders or environments share the zone"]),
      ...(plan === undefined ? [] : [`move the zone to the ${plan} plan`]),
    ];
    return [
      {
        at: `the ${phase} rules of ${zone.name}`,
        got: `${refs.length}: ${refs.join(", ")}`,
        allowed: `${allowed} on the ${zone.plan} plan`,
        change: ways.join(", or "),
      },
    ];
  });
}
