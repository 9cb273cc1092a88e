import { Strength } from "../../../policy/statements";
import { PHASE } from "../../edge/phases";
import { type ZoneRule, areParametersOpaque } from "../../edge/zone";
import { isObject } from "../../terraform/json";
import { type Result, proven } from "../../result";
import type { Scene } from "../scene";
import { conclude } from "./conclude";
import { hostsOf } from "./records";
import type { AskedRules } from "./requests/as-blocks";
import { forSpellings } from "./requests/hosts";
import { matchesNone, matchesNoneBehind } from "./requests/matches";

const NOTHING = proven(Strength.ENFORCED, []);

/**
 * A public host's requests go to the origin of its record. An Origin Rule may send them to another server, another port or
 * under another name.
 *
 * @see https://developers.cloudflare.com/rules/origin-rules/
 */
export function leadsElsewhere(scene: Scene): Result {
  const rules = rulesIn(scene, PHASE.ORIGIN);
  return noneOf(
    { certain: rules, possible: [] },
    scene,
    () => forSpellings(hostsOf(scene)),
    "take the host from the rule, or declare the other origin",
    matchesNoneBehind,
  );
}

/**
 * A Configuration Rule may lower the mode in which the edge speaks to the origin, and a response rule may take HSTS away.
 *
 * @see https://developers.cloudflare.com/rules/configuration-rules/
 * @see https://developers.cloudflare.com/rules/transform/response-header-modification/
 */
export function weakensHttps(scene: Scene): Result {
  const settings = rulesIn(scene, PHASE.CONFIGURATION);
  const responses = rulesIn(scene, PHASE.RESPONSE_HEADERS);
  const certain = [...settings.filter(lowersMode), ...responses.filter(touchesHsts)];
  const possible = [...settings.filter(mayLowerMode), ...responses.filter(mayTouchHsts)];
  return noneOf({ certain, possible }, scene, () => ({}), "leave the mode and HSTS to the zone's settings");
}

function noneOf(
  asked: AskedRules,
  scene: Scene,
  scopeOf: () => Parameters<typeof matchesNone>[2],
  change: string,
  matches = matchesNone,
): Result {
  const rules = [...asked.certain, ...asked.possible];
  if (rules.length === 0) return NOTHING;
  const what = `is treated otherwise by one of these rules: ${rules.map(({ ref }) => ref).join(", ")}`;
  return conclude(matches(scene.edge.zone, asked, scopeOf()), scene, change, what);
}

function rulesIn({ edge }: Scene, phase: string): readonly ZoneRule[] {
  return edge.zone.phases.get(phase) ?? [];
}

/**
 * Modes in which the edge doesn't verify the origin's certificate.
 *
 * @see https://developers.cloudflare.com/ssl/origin-configuration/ssl-modes/
 */
const WEAKER_MODES: ReadonlySet<unknown> = new Set(["off", "flexible", "full"]);

const lowersMode = ({ parameters }: ZoneRule): boolean => WEAKER_MODES.has(parameters["ssl"]);

function mayLowerMode(rule: ZoneRule): boolean {
  const { ssl = "strict" } = rule.parameters;
  return areParametersOpaque(rule) || (ssl !== "strict" && !lowersMode(rule));
}

function touchesHsts({ parameters: { headers } }: ZoneRule): boolean {
  const names = isObject(headers) ? Object.keys(headers) : [];
  return names.some((name) => name.toLowerCase() === "strict-transport-security");
}

function mayTouchHsts(rule: ZoneRule): boolean {
  const { headers = {} } = rule.parameters;
  return areParametersOpaque(rule) || !isObject(headers);
}
