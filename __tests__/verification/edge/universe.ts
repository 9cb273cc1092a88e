import fc from "fast-check";
import { AddressSet } from "../../../network/address-set";
import { bytesOf } from "../../../network/rules-language";
import { EdgePhase } from "../../../policy/edge-phase";
import { CONNECTIONS, type Scope } from "../../../verification/edge/scope";
import { oneOf } from "../../../verification/solver/language/words";
import type { EdgeRequest } from "../../../verification/edge/evaluate/edge-request";
import type { EdgeZone, ZoneRule } from "../../../verification/edge/zone";
import { block, type JsonRule, REDIRECT, zoneOf } from "./edge";

/** A universe so small that every request in it can be tried. */
const HOSTS = ["a.dev", "A.dev:80", "b.dev"];
const PATHS = ["/", "/a", "/A", "/a%2Fb", "/a%252Fb"];
const ADDRESSES = ["10.0.0.0", "10.0.0.1", "10.0.0.3", "2001:db8::1"];
const PORTS = CONNECTIONS.filter(({ port }) => [443, 8443, 80].includes(port));

export const UNIVERSE: Scope = {
  connections: PORTS,
  sources: AddressSet.of("universe", ADDRESSES),
  hosts: HOSTS,
  methods: ["GET"],
  queries: [""],
  paths: oneOf(PATHS.map(bytesOf)),
};

export const REQUESTS: readonly EdgeRequest[] = PORTS.flatMap((connection) =>
  HOSTS.flatMap((host) =>
    PATHS.flatMap((target) => ADDRESSES.map((from) => ({ ...connection, host, target, from, method: "GET" }))),
  ),
);

/** Questions about each axis, of which conditions are made. */
export const atom = fc.constantFrom(
  "ssl",
  "cf.edge.server_port eq 80",
  "cf.edge.server_port in {443 8443}",
  "ip.src in {10.0.0.0/31}",
  "ip.src in {10.0.0.1..10.0.0.2 2001:db8::1}",
  "ip.src ne 10.0.0.3",
  'http.host eq "a.dev"',
  'lower(http.host) eq "a.dev"',
  'http.host contains ":"',
  'http.host wildcard "*.DEV"',
  'http.request.uri.path eq "/a"',
  'lower(http.request.uri.path) eq "/a"',
  'starts_with(http.request.uri.path, "/a")',
  'url_decode(http.request.uri.path) contains "/b"',
  'http.request.uri.path matches "^/.$"',
  "len(http.request.uri.path) gt 2",
);

/** Conditions made of some questions. */
export const conditionOf = (asked: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 2, depthSize: "small" },
      asked,
      fc
        .tuple(fc.constantFrom("and", "or", "xor"), tie("tree"), tie("tree"))
        .map(([operator, one, other]) => `(${one} ${operator} ${other})`),
      tie("tree").map((one) => `not (${one})`),
    ),
  })).tree;

/** Conditions of which everything is known. */
const condition = conditionOf(atom);

const SKIP = { ruleset: "current" };
const setting = (value: string) => ({ headers: { "X-Edge": { operation: "set", value } } });
const ELSEWHERE = { from_value: { status_code: 302, target_url: { value: "https://b.dev/" } } };

const redirect = fc.tuple(condition, fc.boolean()).map(([expression, isElsewhere]): JsonRule => ({
  ...REDIRECT,
  expression,
  ...(isElsewhere ? { action_parameters: ELSEWHERE } : {}),
}));
const custom = fc
  .tuple(condition, fc.constantFrom("block", "block", "log", "skip"))
  .map(([expression, action]): JsonRule => ({
    ...block("custom", expression),
    action,
    ...(action === "skip" ? { action_parameters: SKIP } : {}),
  }));
const header = fc.tuple(condition, fc.constantFrom("one", "two")).map(([expression, value]): JsonRule => ({
  ...block("header", expression),
  action: "rewrite",
  action_parameters: setting(value),
}));

const named = (rules: readonly JsonRule[]): readonly JsonRule[] =>
  rules.map((rule, index) => ({ ...rule, ref: `${rule.ref}${index}` }));

/** Zones of which everything is known. */
export const zones: fc.Arbitrary<EdgeZone> = fc
  .tuple(fc.array(redirect, { maxLength: 2 }), fc.array(custom, { maxLength: 4 }), fc.array(header, { maxLength: 2 }))
  .map(([redirects, customs, headers]) =>
    zoneOf({
      [EdgePhase.REDIRECT]: named(redirects),
      [EdgePhase.CUSTOM]: named(customs),
      [EdgePhase.LATE_TRANSFORM]: named(headers),
    }),
  );

/** The zone with the rules of one phase in other places, or fewer of them. */
function withRules(
  zone: EdgeZone,
  phase: string,
  change: (rules: readonly ZoneRule[]) => readonly ZoneRule[],
): EdgeZone {
  return { ...zone, phases: new Map([...zone.phases, [phase, change(zone.phases.get(phase) ?? [])]]) };
}

export function without(zone: EdgeZone, rule: ZoneRule): EdgeZone {
  return [...zone.phases.keys()].reduce(
    (rest, phase) => withRules(rest, phase, (rules) => rules.filter((other) => other !== rule)),
    zone,
  );
}

export function swapped(zone: EdgeZone, first: ZoneRule, second: ZoneRule): EdgeZone {
  const others = new Map([
    [first, second],
    [second, first],
  ]);
  return [...zone.phases.keys()].reduce(
    (rest, phase) => withRules(rest, phase, (rules) => rules.map((rule) => others.get(rule) ?? rule)),
    zone,
  );
}

/** Two zones that are a change or more apart. */
export const changes: fc.Arbitrary<readonly [EdgeZone, EdgeZone]> = fc.oneof(
  fc.tuple(zones, zones),
  fc.tuple(zones, fc.nat()).map(([zone, place]) => {
    const rules = [...zone.phases.values()].flat();
    const rule = rules[place % Math.max(1, rules.length)];
    return [zone, rule === undefined ? zone : without(zone, rule)] as const;
  }),
);
