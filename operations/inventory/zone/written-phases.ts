import { EdgePart } from "../../../policy/edge-options";
import { EdgePhase } from "../../../policy/edge-phase";
import type { EdgePolicy } from "../../../policy/slices";

/** The parts that write rules into each phase. */
const PARTS_OF: Readonly<Record<EdgePhase, readonly EdgePart[]>> = {
  [EdgePhase.REDIRECT]: [EdgePart.REDIRECT],
  [EdgePhase.CUSTOM]: [EdgePart.PORTS, EdgePart.WEBHOOK_GUARD],
  [EdgePhase.LATE_TRANSFORM]: [EdgePart.ORIGIN_SECRET],
};

/** The phases in which an edge writes rules. The rules of the others stay as they are. */
export function writtenPhases({ leave = [], otherRules = [], tenants }: EdgePolicy): readonly EdgePhase[] {
  const hasWebhook = tenants.some(({ webhooks = [] }) => webhooks.length > 0);
  const writes = (part: EdgePart): boolean => !leave.includes(part) && (part !== EdgePart.WEBHOOK_GUARD || hasWebhook);
  return Object.values(EdgePhase).filter(
    (phase) => PARTS_OF[phase].some(writes) || otherRules.some((rule) => rule.phase === phase),
  );
}

/** The right that reading a phase takes. */
export const RIGHT_OF: Readonly<Record<EdgePhase, string>> = {
  [EdgePhase.REDIRECT]: "Zone > Single Redirect > Read",
  [EdgePhase.CUSTOM]: "Zone > Zone WAF > Read",
  [EdgePhase.LATE_TRANSFORM]: "Zone > Transform Rules > Read",
};
