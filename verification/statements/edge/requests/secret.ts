import { EDGE_SECRET_HEADER } from "../../../../policy/origin";
import { not } from "../../../solver/language/dfa";
import { ACCEPTED, endsBy, type Expectation, Quantifier, REFUSED, allOf, type Proof } from "../../../edge/proof";
import { isKnownPhase, PHASE } from "../../../edge/phases";
import { prove } from "../../../edge/prove";
import type { Scope } from "../../../edge/scope";
import { asRulesSee } from "../../../edge/evaluate/edge-request";
import { matches } from "../../../edge/evaluate/trace";
import { type EdgeZone, type ZoneRule, areParametersOpaque } from "../../../edge/zone";
import { isObject, type JsonObject } from "../../../terraform/json";
import { asBlocksBehind } from "./as-blocks";
import { forHosts, inAnyCase } from "./hosts";
import { matchesNoneBehind } from "./matches";

const HEADER = EDGE_SECRET_HEADER.toLowerCase();

const MATCHED: Expectation = {
  quantifier: Quantifier.ALWAYS,
  judge: ({ destination }) => (destination.kind === "block" ? ACCEPTED : REFUSED),
  isAlwaysAccepted: endsBy("block"),
};

/**
 * The value that the edge gives the secret's header on a request for a host, or may give where nobody here knows; undefined
 * where no rule gives it any.
 */
export function secretOf(zone: EdgeZone, host: string): string | undefined {
  const request = { scheme: "https", port: 443, host, target: "/", from: "192.0.2.1" } as const;
  const seen = asRulesSee(request, zone.normalised);
  const giving = lateRules(zone)
    .map((rule) => ({ value: givenBy(rule), verdict: matches(rule, seen, zone) }))
    .filter(({ value }) => value !== undefined);
  return (giving.find(({ verdict }) => verdict.isTrue) ?? giving.find(({ verdict }) => verdict.isUndecided))?.value;
}

/** The rules that may give the header any value: nobody here understands them, or where they run. */
export function unknownGivers(zone: EdgeZone): readonly ZoneRule[] {
  const others = [...zone.phases].flatMap(([phase, rules]) => (isKnownPhase(phase) ? [] : rules));
  return [...others, ...earlyGivers(zone), ...lateRules(zone).filter(isUnknown)];
}

/** Every request for these hosts that reaches an origin gets the value. */
export function carries(zone: EdgeZone, hosts: readonly string[], value: string): Proof {
  const asked = { certain: giversOf(zone, value), possible: [] };
  return prove(asBlocksBehind(zone, asked), forHosts(hosts), MATCHED);
}

/** No rule gives a request for these hosts another value, or takes the header away. */
export function carriesNothingElse(zone: EdgeZone, hosts: readonly string[], value: string): Proof {
  const certain = lateRules(zone).filter((rule) => touches(rule) && !isUnknown(rule) && givenBy(rule) !== value);
  return neverMet(zone, certain, forHosts(hosts));
}

/** No request for another host gets the value: that host's origin would learn it. */
export function isKeptFromOthers(zone: EdgeZone, hosts: readonly string[], value: string): Proof {
  const others = not(inAnyCase(hosts));
  const likely = { hosts: ["other.example.net"], paths: ["/"] };
  return neverMet(zone, giversOf(zone, value), { hosts: others, likely });
}

/** No request of a scope meets one of these rules, or one of which nobody here knows what it does to the header. */
function neverMet(zone: EdgeZone, certain: readonly ZoneRule[], scope: Scope): Proof {
  const possible = lateRules(zone).filter(isUnknown);
  const early = earlyGivers(zone).map(({ ref }): Proof => {
    const reasons = [`rule ${ref}: nobody here knows what a rewrite of URLs does to ${EDGE_SECRET_HEADER}`];
    return { kind: "undecided", reasons, witness: undefined };
  });
  return allOf([matchesNoneBehind(zone, { certain, possible }, scope), ...early]);
}

function giversOf(zone: EdgeZone, value: string): readonly ZoneRule[] {
  return lateRules(zone).filter((rule) => givenBy(rule) === value);
}

/**
 * Rules of the phase of URL rewrites that may do something to the header, which rules of that phase aren't for.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/reference/phases-list/
 */
function earlyGivers({ phases }: EdgeZone): readonly ZoneRule[] {
  return (phases.get(PHASE.URL_REWRITE) ?? []).filter(touches);
}

const lateRules = ({ phases }: EdgeZone): readonly ZoneRule[] => phases.get(PHASE.LATE_TRANSFORM) ?? [];

/** What nobody here understands may do anything to the header. */
const UNKNOWN: JsonObject = {};

/** What a rule does to the secret's header; undefined where it leaves it alone. */
function operationOf(rule: ZoneRule): JsonObject | undefined {
  const { headers = {} } = rule.parameters;
  if (rule.action !== "rewrite" || areParametersOpaque(rule) || !isObject(headers)) return UNKNOWN;
  const [own, second] = Object.entries(headers).filter(([name]) => name.toLowerCase() === HEADER);
  if (own === undefined) return undefined;
  return second === undefined && isObject(own[1]) ? own[1] : UNKNOWN;
}

const touches = (rule: ZoneRule): boolean => operationOf(rule) !== undefined;
const isUnknown = (rule: ZoneRule): boolean => operationOf(rule) === UNKNOWN;

function givenBy(rule: ZoneRule): string | undefined {
  const { operation, value } = operationOf(rule) ?? {};
  return operation === "set" && typeof value === "string" ? value : undefined;
}
