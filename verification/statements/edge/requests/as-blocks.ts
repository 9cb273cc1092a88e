import { isKnownAction } from "../../../edge/actions";
import { isKnownPhase, PHASE } from "../../../edge/phases";
import { isSamePlace, type EdgeZone, type ZoneRule } from "../../../edge/zone";
import { skippedBy } from "../../../edge/skip";

/** Rules that are asked about: whether a request meets one of them. */
export interface AskedRules {
  /** Those that do what is asked for. */
  readonly certain: readonly ZoneRule[];
  /** Those that may do it, and may not. */
  readonly possible: readonly ZoneRule[];
}

/**
 * The zone with some rules alone, as blocks: one that is blocked meets one of them. One that meets a rule that may do what is
 * asked for is undecided. The rules run behind the rewrites of URLs, which stay.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/reference/phases-list/
 */
export function asBlocks(zone: EdgeZone, { certain, possible }: AskedRules): EdgeZone {
  const kept = [...zone.phases].filter(([phase]) => phase === PHASE.URL_REWRITE || !isKnownPhase(phase));
  const asked = [
    ...certain.map((rule) => ({ ...rule, action: "block" })),
    ...possible.map((rule) => ({ ...rule, action: `${rule.action}, of which it is unknown what it does` })),
  ];
  return { ...zone, phases: new Map([...kept, [PHASE.LATE_TRANSFORM, asked]]) };
}

/** The same behind the rules that end requests: one that meets a rule that is asked about would reach an origin. */
export function asBlocksBehind(zone: EdgeZone, asked: AskedRules): EdgeZone {
  const before = [PHASE.REDIRECT, PHASE.CUSTOM].map(
    (phase) => [phase, (zone.phases.get(phase) ?? []).map(asEnd)] as const,
  );
  const { phases } = asBlocks(zone, asked);
  return { ...zone, phases: new Map([...before, ...phases]) };
}

/** Whether a rule is one of those that are asked about. */
export function isAsked({ certain, possible }: AskedRules, rule: ZoneRule | undefined): boolean {
  return [...certain, ...possible].some((each) => isSamePlace(each, rule));
}

/** A rule as far as it is known that it ends requests. One that isn't understood may leave out others. */
function asEnd(rule: ZoneRule): ZoneRule {
  const { action, parameters, areParametersKnown } = rule;
  if (action === "block" || (action === "redirect" && areParametersKnown)) return { ...rule, action: "block" };
  const isUnderstood =
    action === "skip" ? areParametersKnown && skippedBy(parameters) !== undefined : isKnownAction(action);
  return isUnderstood && action !== "redirect" && action !== "rewrite" ? rule : skipping(rule);
}

function skipping(rule: ZoneRule): ZoneRule {
  return { ...rule, action: "skip", parameters: { ruleset: "current" }, areParametersKnown: true };
}
