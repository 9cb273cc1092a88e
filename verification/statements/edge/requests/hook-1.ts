import { AddressSet } from "../../../../network/address-set";
import { Port } from "../../../../network/ports";
import type { EdgePolicy } from "../../../../policy/slices";
import { CONNECTIONS } from "../../../edge/scope";
import { ACCEPTED, endsBy, type Expectation, Quantifier, REFUSED, allOf, type Proof } from "../../../edge/proof";
import { PHASE } from "../../../edge/phases";
import { prove } from "../../../edge/prove";
import { mayRewriteUrl } from "../../../edge/rewrite";
import type { EdgeZone } from "../../../edge/zone";
import { proveForEveryHost } from "./every-host";
import { spellingsOfHosts } from "./hosts";
import { pathsOfRoute } from "./origin-paths";

/** A route that only some addresses may call, and the hosts that serve it. */
interface GuardedRoute {
  readonly route: string;
  readonly senders: AddressSet;
  readonly hosts: readonly string[];
}

/** Nobody else's request reaches the origin. What is redirected comes back as another request, which is judged itself. */
const NEVER_PASSED_ON: Expectation = {
  quantifier: Quantifier.ALWAYS,
  judge: ({ destination }) => (destination.kind === "origin" ? REFUSED : ACCEPTED),
  isAlwaysAccepted: endsBy("block", "redirect"),
};

const NOT_CERTAINLY_BLOCKED: Expectation = {
  quantifier: Quantifier.POSSIBLY,
  judge: ({ destination }) => (destination.kind === "block" ? REFUSED : ACCEPTED),
  isAlwaysAccepted: endsBy("redirect"),
};

/**
 * How Meta calls a webhook: it verifies the endpoint with a GET and sends events with a POST.
 *
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started
 */
const CALLS = {
  methods: ["GET", "POST"],
  queries: ["", "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=token"],
} as const;

/**
 * A webhook accepts its sender's addresses alone: nobody else's request reaches it that the origin would route to it, in
 * any spelling of its path, with any host, method, query and port.
 */
export function nobodyElse(zone: EdgeZone, policy: EdgePolicy): Proof {
  const routes = guardedRoutes(policy);
  if (routes.length > 0 && !zone.normalised) {
    const reasons = [
      "without URL normalisation of type cloudflare and scope both, rules and origin see different paths",
    ];
    return { kind: "undecided", reasons, witness: undefined };
  }
  return allOf(routes.map((route) => othersAtRoute(zone, policy, route)));
}

/** The sender's own calls to the declared hosts on 443 are not certainly blocked. */
export function senderItself(zone: EdgeZone, policy: EdgePolicy): Proof {
  return allOf(guardedRoutes(policy).map((route) => senderAtRoute(zone, route)));
}

function othersAtRoute(zone: EdgeZone, policy: EdgePolicy, { route, senders }: GuardedRoute): Proof {
  const scope = {
    sources: senders.complement(),
    paths: pathsOfRoute(route),
    likely: { hosts: spellingsOfHosts(policy), paths: spellingsOf(route) },
  };
  return allOf([proveForEveryHost(zone, policy, scope, NEVER_PASSED_ON), ...lateRewrites(zone)]);
}

/** What is rewritten last has passed the guard under another path, so it isn't among the requests that are looked at. */
function lateRewrites({ phases }: EdgeZone): readonly Proof[] {
  const rules = (phases.get(PHASE.LATE_TRANSFORM) ?? []).filter(mayRewriteUrl);
  return rules.map(({ ref }) => {
    const reasons = [`rule ${ref}: it may lead another path to the webhook, behind the guard`];
    return { kind: "undecided", reasons, witness: undefined };
  });
}

/** Ways to write a route that people know: as it is, with a slash at its end, its last slash escaped, cut at a hash. */
function spellingsOf(route: string): readonly string[] {
  return [route, `${route}/`, route.replace(/(?<=.)\/(?=[^/]*$)/, "%2F"), `${route}#`];
}

function senderAtRoute(zone: EdgeZone, { route, senders, hosts }: GuardedRoute): Proof {
  const scope = {
    connections: CONNECTIONS.filter(({ port }) => port === Port.HTTPS),
    sources: senders,
    hosts,
    paths: [route],
    ...CALLS,
  };
  return prove(zone, scope, NOT_CERTAINLY_BLOCKED);
}

/** The webhooks of all tenants, those of the same path together. */
function guardedRoutes({ tenants }: EdgePolicy): readonly GuardedRoute[] {
  const all = tenants.flatMap(({ webhooks = [], hosts }) =>
    webhooks.map(({ path, sender }) => ({ path, addresses: sender.addresses, hosts: Object.keys(hosts) })),
  );
  return [...new Set(all.map(({ path }) => path))].map((route) => {
    const same = all.filter(({ path }) => path === route);
    return {
      route,
      senders: AddressSet.of(
        "senders",
        same.flatMap(({ addresses }) => addresses),
      ),
      hosts: same.flatMap(({ hosts }) => hosts),
    };
  });
}
