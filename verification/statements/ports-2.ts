import { Port } from "../../network/ports";
import type { EdgePolicy } from "../../policy/slices";
import { CONNECTIONS } from "../edge/scope";
import {
  ACCEPTED,
  type EndedRequest,
  endsBy,
  type Expectation,
  type Judgement,
  type Proof,
  Quantifier,
  REFUSED,
} from "../edge/proof";
import { PHASE } from "../edge/phases";
import { prove } from "../edge/prove";
import { leadsToHttps } from "../edge/redirect";
import { changesHeader, mayChangeAnyHeader } from "../edge/rewrite";
import type { EdgeZone } from "../edge/zone";
import { enforced, type Result } from "../result";
import { noRequestMeets, rulesIn } from "./asked-rules";
import { assertion, type Assertions } from "./assertion";
import { proveForEveryHost, resultOf } from "./edge-requests";
import { declaredHosts, forHosts } from "./hosts";
import { inForceBeforeHosts, rulesOf, settings } from "./order";
import { NOTHING_PASSES_THE_EDGE } from "./past-the-edge";
import type { Scene } from "./scene";
import { RULES_DO_REDIRECT, RULES_REDIRECT } from "./settings";

/** PORTS-2: 80 only redirects to 443. */
export const PORTS_2: Assertions = [
  assertion("Every request on port 80 is redirected to the same host, path and query on 443, or blocked.", (scene) => [
    resultOf(ports2(scene.edge.zone, scene.edge.policy), scene, {
      change:
        'redirect to concat("https://", http.host, http.request.uri.path) with the query kept, and block a host that names a port',
    }),
    answersKeepTheirTarget(scene),
  ]),
  assertion("Every request on port 80 for a declared host is redirected.", (scene) =>
    resultOf(redirected(scene.edge.zone, scene.edge.policy), scene, {
      change: "let the redirect match every request on 80 whose host names no port",
      wrong: "isn't redirected to 443",
    }),
  ),
  RULES_DO_REDIRECT,
  ...NOTHING_PASSES_THE_EDGE,
  assertion(
    "The redirect is in force before a host has its DNS record.",
    inForceBeforeHosts(rulesOf(PHASE.REDIRECT), rulesOf(PHASE.CUSTOM), settings(RULES_REDIRECT.id)),
  ),
];

const ON_80 = CONNECTIONS.filter(({ port }) => port === Port.HTTP);

/**
 * A response rule may give the redirect another target.
 *
 * @see https://developers.cloudflare.com/rules/transform/response-header-modification/
 */
function answersKeepTheirTarget(scene: Scene): Result {
  const possible = rulesIn(scene, PHASE.RESPONSE_HEADERS).filter(
    (rule) => changesHeader(rule, "location") || mayChangeAnyHeader(rule),
  );
  if (possible.length === 0) return enforced();
  const change = "leave the header Location of answers on port 80 to the redirect";
  return noRequestMeets({ certain: [], possible }, scene, { connections: ON_80 }, { change });
}

/** A host with a port would lead to that port, so such hosts are told apart from the others. */
const REDIRECTED_OR_BLOCKED: Expectation = {
  quantifier: Quantifier.ALWAYS,
  judge,
  isAlwaysAccepted: endsBy("block"),
  watch: ({ action }) => (action === "redirect" ? 'http.host contains ":"' : undefined),
};

/**
 * Every request on port 80 is redirected to the same host, path and query on 443, or blocked. One example doesn't show
 * where other requests are redirected to. So a redirect is accepted only by the form of its target.
 */
export function ports2(zone: EdgeZone, policy: EdgePolicy): Proof {
  const hosts = declaredHosts(policy);
  const likely = { hosts: [...hosts, ...hosts.map((host) => `${host}:${Port.HTTP}`)], paths: ["/"] };
  return proveForEveryHost(zone, policy, { connections: ON_80, likely }, REDIRECTED_OR_BLOCKED);
}

const REDIRECTED: Expectation = {
  quantifier: Quantifier.ALWAYS,
  judge: ({ destination }) => (destination.kind === "redirect" ? ACCEPTED : REFUSED),
  isAlwaysAccepted: endsBy("redirect"),
};

/** Every request on port 80 for a declared host is redirected: none is blocked, 80 is there to redirect. */
export function redirected(zone: EdgeZone, policy: EdgePolicy): Proof {
  return prove(zone, { connections: ON_80, ...forHosts(declaredHosts(policy)) }, REDIRECTED);
}

function judge({ request, destination, rule }: EndedRequest): Judgement {
  if (destination.kind === "block") return ACCEPTED;
  if (destination.kind !== "redirect" || rule === undefined) return REFUSED;
  if (leadsToHttps(rule)) return request.host.includes(":") ? REFUSED : ACCEPTED;
  if (!isHttps(destination.location)) return REFUSED;
  const reasons = [
    `rule ${rule.ref}: only concat("https://", http.host, path) with the query kept is known to lead to 443`,
  ];
  return { kind: "undecided", reasons };
}

function isHttps(location: string): boolean {
  const url = URL.canParse(location) ? new URL(location) : undefined;
  return url?.protocol === "https:" && url.port === "";
}
