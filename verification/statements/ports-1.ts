import { Port } from "../../network/ports";
import type { EdgePolicy } from "../../policy/slices";
import { CONNECTIONS } from "../edge/scope";
import { areParametersOpaque, type EdgeZone, type ZoneRule } from "../edge/zone";
import { PHASE } from "../edge/phases";
import { changesHeader, mayChangeAnyHeader } from "../edge/rewrite";
import type { Proof } from "../edge/proof";
import { enforced, type Result } from "../result";
import { assertion, type Assertions, each } from "./assertion";
import { noRequestMeets, rulesIn } from "./asked-rules";
import { BLOCKED, proveForEveryHost, resultOf } from "./edge-requests";
import { declaredHosts } from "./hosts";
import { inForceBeforeHosts, rulesOf, settings } from "./order";
import { NOTHING_PASSES_THE_EDGE } from "./past-the-edge";
import type { Scene } from "./scene";
import { HTTPS_SETTINGS, RULES_REDIRECT, RULES_DO_REDIRECT, settingHeld, unknownSettings } from "./settings";
import { SPECTRUM_OPENS_NO_PORT } from "./spectrum";

/** PORTS-1: only 443 and 80 are open to the public. */
export const PORTS_1: Assertions = [
  assertion("Every request on a port other than 443 and 80 is blocked at the edge.", (scene) =>
    resultOf(ports1(scene.edge.zone, scene.edge.policy), scene, {
      change: "block every port but 443, and 80 where it redirects",
    }),
  ),
  assertion(
    "Port 443 speaks HTTPS: TLS 1.2 or later, with a verified origin and HSTS.",
    each(() => HTTPS_SETTINGS, settingHeld),
  ),
  assertion("Every other setting of the zone is one that the proof knows.", unknownSettings),
  assertion("No rule lowers the SSL mode or removes HSTS.", httpsIsKept),
  RULES_DO_REDIRECT,
  ...NOTHING_PASSES_THE_EDGE,
  SPECTRUM_OPENS_NO_PORT,
  assertion(
    "The rules and settings are in force before a host has its DNS record.",
    inForceBeforeHosts(rulesOf(PHASE.CUSTOM), settings(...HTTPS_SETTINGS.map(({ id }) => id), RULES_REDIRECT.id)),
  ),
];

const OPEN: readonly number[] = [Port.HTTP, Port.HTTPS];

/** Every request on another port than 80 and 443 is certainly blocked. A redirect is an answer too: the port would be open. */
export function ports1(zone: EdgeZone, policy: EdgePolicy): Proof {
  const scope = {
    connections: CONNECTIONS.filter(({ port }) => !OPEN.includes(port)),
    likely: { hosts: declaredHosts(policy), paths: ["/"] },
  };
  return proveForEveryHost(zone, policy, scope, BLOCKED);
}

const HSTS = "strict-transport-security";

/**
 * A Configuration Rule may lower the mode in which the edge speaks to the origin, and a response rule may take HSTS away.
 *
 * @see https://developers.cloudflare.com/rules/configuration-rules/
 * @see https://developers.cloudflare.com/rules/transform/response-header-modification/
 */
function httpsIsKept(scene: Scene): Result {
  const configurations = rulesIn(scene, PHASE.CONFIGURATION);
  const responses = rulesIn(scene, PHASE.RESPONSE_HEADERS);
  const certain = [...configurations.filter(lowersMode), ...responses.filter((rule) => changesHeader(rule, HSTS))];
  const possible = [...configurations.filter(mayLowerMode), ...responses.filter(mayChangeAnyHeader)];
  if (certain.length + possible.length === 0) return enforced();
  return noRequestMeets({ certain, possible }, scene, {}, { change: "leave the mode and HSTS to the zone's settings" });
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
