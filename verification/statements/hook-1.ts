import { AddressSet } from "../../network/address-set";
import { META } from "../../network/feeds/meta";
import { Port } from "../../network/ports";
import { bytesOf } from "../../network/rules-language";
import type { EdgePolicy } from "../../policy/slices";
import type { Webhook } from "../../policy/webhook";
import { CONNECTIONS } from "../edge/scope";
import { beforeHash } from "../solver/language/alphabets";
import type { Dfa } from "../solver/language/dfa";
import { urlDecoded } from "../solver/language/preimages";
import { oneOf } from "../solver/language/words";
import { ACCEPTED, allOf, endsBy, type Expectation, type Proof, Quantifier, REFUSED } from "../edge/proof";
import { PHASE } from "../edge/phases";
import { prove } from "../edge/prove";
import { mayRewriteUrl } from "../edge/rewrite";
import type { EdgeZone } from "../edge/zone";
import { enforced, type Result, violated } from "../result";
import { assertion, type Assertions, where } from "./assertion";
import { proveForEveryHost, resultOf } from "./edge-requests";
import { spellingsOfHosts } from "./hosts";
import { inForceBeforeHosts, normalisation, rulesOf } from "./order";
import { NOTHING_PASSES_THE_EDGE } from "./past-the-edge";
import type { Scene } from "./scene";
import { slowingIn } from "./unknowns";

/** HOOK-1: the webhook endpoint accepts only Meta's official IP ranges. */
export const HOOK_1: Assertions = [
  assertion("Only the declared sender's addresses reach a webhook.", where(hasWebhook, othersAreKeptOut)),
  assertion("Meta's own requests are not blocked on port 443.", where(hasWebhook, senderIsLetIn)),
  assertion("A sender that is named Meta has exactly Meta's official ranges.", ({ policy }) =>
    (policy.environment.webhooks ?? []).map(rangesAreOfficial),
  ),
  ...NOTHING_PASSES_THE_EDGE.map(({ text, check }) => assertion(text, where(hasWebhook, check))),
  assertion(
    "The guard and URL normalisation are in force before a host has its DNS record.",
    where(hasWebhook, inForceBeforeHosts(rulesOf(PHASE.CUSTOM), normalisation)),
  ),
];

/** Whether the environment has a webhook to guard. */
function hasWebhook({ policy }: Scene): boolean {
  return (policy.environment.webhooks ?? []).length > 0;
}

function othersAreKeptOut(scene: Scene): Result {
  return resultOf(nobodyElse(scene.edge.zone, scene.edge.policy), scene, {
    change: "block the path for every other address, in every spelling that the origin routes to it",
  });
}

function senderIsLetIn(scene: Scene): readonly Result[] {
  const rules = resultOf(senderItself(scene.edge.zone, scene.edge.policy), scene, {
    change: "let the sender's addresses pass",
  });
  const slowing = slowingIn(scene).map(({ address }) => `${address} may stop the sender's requests`);
  return [rules, enforced([], { notes: slowing })];
}

/** Nothing else reaches the origin. A redirected request comes back as another one, which is judged itself. */
const NEVER_PASSED_ON: Expectation = {
  quantifier: Quantifier.ALWAYS,
  judge: ({ destination }) => (destination.kind === "origin" ? REFUSED : ACCEPTED),
  isAlwaysAccepted: endsBy("block", "redirect"),
};

/**
 * A webhook accepts its sender's addresses alone. No other request that the origin would route to it gets there, in any
 * spelling of its path, with any host, method, query and port.
 */
export function nobodyElse(zone: EdgeZone, policy: EdgePolicy): Proof {
  const routes = guardedRoutes(policy);
  if (routes.length > 0 && !zone.normalised) {
    return undecided(
      "without URL normalisation of type cloudflare and scope both, rules and origin see different paths",
    );
  }
  return allOf(routes.flatMap((route) => [othersAtRoute(zone, policy, route), ...lateRewrites(zone)]));
}

function othersAtRoute(zone: EdgeZone, policy: EdgePolicy, { route, senders }: GuardedRoute): Proof {
  const scope = {
    sources: senders.complement(),
    paths: pathsOfRoute(route),
    likely: { hosts: spellingsOfHosts(policy), paths: spellingsOf(route) },
  };
  return proveForEveryHost(zone, policy, scope, NEVER_PASSED_ON);
}

/** A request that is rewritten last passes the guard under another path, so the search doesn't find it. */
function lateRewrites({ phases }: EdgeZone): readonly Proof[] {
  const rules = (phases.get(PHASE.LATE_TRANSFORM) ?? []).filter(mayRewriteUrl);
  return rules.map(({ ref }) => undecided(`rule ${ref}: it may lead another path to the webhook, behind the guard`));
}

function undecided(reason: string): Proof {
  return { kind: "undecided", reasons: [reason], request: undefined };
}

/** A block that depends on more than the sender, such as a bot score, is printed and changes no verdict. */
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

/** The sender's own calls to the declared hosts on 443 are not certainly blocked. */
export function senderItself(zone: EdgeZone, policy: EdgePolicy): Proof {
  const connections = CONNECTIONS.filter(({ port }) => port === Port.HTTPS);
  return allOf(
    guardedRoutes(policy).map(({ route, senders, hosts }) =>
      prove(zone, { connections, sources: senders, hosts, paths: [route], ...CALLS }, NOT_CERTAINLY_BLOCKED),
    ),
  );
}

/** A sender of another name publishes no list here to compare with. */
function rangesAreOfficial({ path, sender }: Webhook): Result {
  if (sender.name !== META.addresses.name) {
    return enforced([], {
      assumptions: [`the ranges that the environment declares for ${path} are those of ${sender.name} alone`],
    });
  }
  const declared = AddressSet.of("declared", sender.addresses);
  const [extra] = declared.difference(META.addresses).cidrs();
  const [lost] = META.addresses.difference(declared).cidrs();
  const wrong = extra ?? lost;
  if (wrong === undefined) return enforced();
  return violated({
    counterexample: [wrong],
    wrong:
      extra === undefined
        ? "is Meta's, and the declared addresses lack it"
        : "isn't in Meta's official ranges, and is admitted as Meta's",
    change: "declare the webhook by Webhook.meta(path), or give the other sender another name",
  });
}

/** A route that only some addresses may call, and the hosts that serve it. */
interface GuardedRoute {
  readonly route: string;
  readonly senders: AddressSet;
  readonly hosts: readonly string[];
}

/** The webhooks of all tenants, those of the same path together. */
function guardedRoutes({ tenants }: EdgePolicy): readonly GuardedRoute[] {
  const all = tenants.flatMap(({ webhooks = [], hosts }) =>
    webhooks.map(({ path, sender }) => ({ path, addresses: sender.addresses, hosts: Object.keys(hosts) })),
  );
  return [...new Set(all.map(({ path }) => path))].map((route) => {
    const same = all.filter(({ path }) => path === route);
    const addresses = same.flatMap((each) => each.addresses);
    return { route, senders: AddressSet.of("senders", addresses), hosts: same.flatMap(({ hosts }) => hosts) };
  });
}

/** Ways to write a route that people know: as it is, with a slash at its end, its last slash escaped, cut at a hash. */
function spellingsOf(route: string): readonly string[] {
  return [route, `${route}/`, route.replace(/(?<=.)\/(?=[^/]*$)/, "%2F"), `${route}#`];
}

/**
 * The paths that an ASGI server hands to the handler of a route. The part before a raw `#`, percent-decoded once, is
 * the route, with or without a slash at its end. Case counts, and `+` stays.
 *
 * @see https://asgi.readthedocs.io/en/latest/specs/www.html#http-connection-scope
 */
export function pathsOfRoute(route: string): Dfa {
  const machine = MACHINES.get(route) ?? beforeHash(urlDecoded(oneOf([bytesOf(route), bytesOf(`${route}/`)]), false));
  MACHINES.set(route, machine);
  return machine;
}

/** They are kept, since environments guard the same routes, and a DFA keeps the states that it has reached. */
const MACHINES = new Map<string, Dfa>();
