import { isKnownPhase, PHASE } from "../../../edge/phases";
import type { EdgeZone, ZoneRule } from "../../../model/edge-zone";

/** Rules that are asked about: whether a request meets one of them. */
export interface AskedRules {
  /** Those that do what is asked for. */
  readonly certain: readonly ZoneRule[];
  /** Those that may do it, and may not. */
  readonly possible: readonly ZoneRule[];
}

/**
 * The zone with some rules alone, as blocks: whoever is blocked meets one of them. Whoever meets one that may do it is
 * undecided. The rules run behind the rewrites of URLs, which stay.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/reference/phases-list/
 */
export function asBlocks(zone: EdgeZone, { certain, possible }: AskedRules): EdgeZone {
  const kept = [...zone.phases].filter(([phase]) => phase === PHASE.URL_REWRITE || !isKnownPhase(phase));
  const rules = [
    ...certain.map((rule) => ({ ...rule, action: "block" })),
    ...possible.map((rule) => ({ ...rule, action: `${rule.action}, of which nobody here knows what it does` })),
  ];
  return { ...zone, phases: new Map([...kept, [PHASE.CUSTOM, rules]]) };
}
