import { Port } from "../../../../network/ports";
import type { EdgePolicy } from "../../../../policy/slices";
import { CONNECTIONS } from "../../../edge/scope";
import {
  ACCEPTED,
  type End,
  endsBy,
  type Expectation,
  type Judgement,
  Quantifier,
  REFUSED,
  type Proof,
} from "../../../edge/proof";
import { prove } from "../../../edge/prove";
import { leadsToHttps } from "../../../edge/redirect";
import type { EdgeZone } from "../../../edge/zone";
import { proveForEveryHost } from "./every-host";
import { declaredHosts, forHosts } from "./hosts";

/** A host with a port would lead to that port, so such hosts are told apart from the others. */
const REDIRECTED_OR_BLOCKED: Expectation = {
  quantifier: Quantifier.ALWAYS,
  judge,
  isAlwaysAccepted: endsBy("block"),
  watch: ({ action }) => (action === "redirect" ? 'http.host contains ":"' : undefined),
};

/**
 * PORTS-2: every request on port 80 is redirected to the same host, path and query on 443, or blocked.
 *
 * One witness shows nothing about where others are redirected to, so a redirect is accepted by the form of its target
 * alone.
 */
export function ports2(zone: EdgeZone, policy: EdgePolicy): Proof {
  const hosts = declaredHosts(policy);
  const scope = {
    connections: CONNECTIONS.filter(({ port }) => port === Port.HTTP),
    likely: { hosts: [...hosts, ...hosts.map((host) => `${host}:${Port.HTTP}`)], paths: ["/"] },
  };
  return proveForEveryHost(zone, policy, scope, REDIRECTED_OR_BLOCKED);
}

/** Blocked by nobody: 80 is there to redirect. */
const REDIRECTED: Expectation = {
  quantifier: Quantifier.ALWAYS,
  judge: ({ destination }) => (destination.kind === "redirect" ? ACCEPTED : REFUSED),
  isAlwaysAccepted: endsBy("redirect"),
};

/** PORTS-2 from the other side: every request on port 80 for a declared host is redirected. */
export function redirected(zone: EdgeZone, policy: EdgePolicy): Proof {
  const connections = CONNECTIONS.filter(({ port }) => port === Port.HTTP);
  return prove(zone, { connections, ...forHosts(declaredHosts(policy)) }, REDIRECTED);
}

function judge({ request, destination, rule }: End): Judgement {
  if (destination.kind === "block") return ACCEPTED;
  if (destination.kind !== "redirect" || rule === undefined) return REFUSED;
  if (leadsToHttps(rule)) return request.host.includes(":") ? REFUSED : ACCEPTED;
  if (!isHttps(destination.location)) return REFUSED;
  const reasons = [
    `rule ${rule.ref}: only concat("https://", http.host, path) with the query kept is known to lead to 443`,
  ];
  return { kind: "undecided", reasons };
}

/** Whether a location is on 443. */
function isHttps(location: string): boolean {
  const url = URL.canParse(location) ? new URL(location) : undefined;
  return url?.protocol === "https:" && url.port === "";
}
