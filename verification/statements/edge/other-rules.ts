import { Strength } from "../../../policy/strength";
import type { ZoneRule } from "../../model/edge-zone";
import { isObject } from "../../model/terraform/json";
import { type Conclusion, provenBy } from "../conclusion";
import type { Scene } from "../scene";
import { conclude } from "./conclude";
import { hostsOf } from "./records";
import { forSpellings } from "./requests/hosts";
import { matchesNone } from "./requests/matches";

const NOTHING = provenBy(Strength.ENFORCED, []);

/**
 * A public host's requests go to the origin of its record. An Origin Rule may send them to another server, another port or
 * under another name.
 *
 * @see https://developers.cloudflare.com/rules/origin-rules/
 */
export function leadsElsewhere(scene: Scene): Conclusion {
  const rules = rulesIn(scene, "http_request_origin");
  return noneOf(rules, scene, forSpellings(hostsOf(scene)), "take the host from the rule, or declare the other origin");
}

/**
 * A Configuration Rule may lower the mode in which the edge speaks to the origin, and a response rule may take HSTS away.
 *
 * @see https://developers.cloudflare.com/rules/configuration-rules/
 * @see https://developers.cloudflare.com/rules/transform/response-header-modification/
 */
export function weakensHttps(scene: Scene): Conclusion {
  const lowering = rulesIn(scene, "http_config_settings").filter(mayLowerMode);
  const forgetting = rulesIn(scene, "http_response_headers_transform").filter(mayTouchHsts);
  return noneOf([...lowering, ...forgetting], scene, {}, "leave the mode and HSTS to the zone's settings");
}

function noneOf(
  rules: readonly ZoneRule[],
  scene: Scene,
  scope: Parameters<typeof matchesNone>[2],
  change: string,
): Conclusion {
  if (rules.length === 0) return NOTHING;
  const what = `is treated otherwise by one of these rules: ${rules.map(({ ref }) => ref).join(", ")}`;
  return conclude(matchesNone(scene.edge.zone, { certain: rules, possible: [] }, scope), scene, change, what);
}

function rulesIn({ edge }: Scene, phase: string): readonly ZoneRule[] {
  return edge.zone.phases.get(phase) ?? [];
}

function mayLowerMode({ parameters, areParametersKnown }: ZoneRule): boolean {
  const { ssl = "strict" } = parameters;
  return !areParametersKnown || ssl !== "strict";
}

function mayTouchHsts({ parameters, areParametersKnown }: ZoneRule): boolean {
  const { headers = {} } = parameters;
  if (!areParametersKnown || !isObject(headers)) return true;
  return Object.keys(headers).some((name) => name.toLowerCase() === "strict-transport-security");
}
