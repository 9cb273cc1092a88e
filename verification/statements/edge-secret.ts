import { EDGE_SECRET_HEADER } from "../../policy/edge-secret";
import { not } from "../solver/language/dfa";
import { asRulesSee } from "../edge/evaluate/edge-request";
import { matches } from "../edge/evaluate/trace";
import { areParametersOpaque, type EdgeZone, type ZoneRule } from "../edge/zone";
import { isKnownPhase, PHASE } from "../edge/phases";
import type { Scope } from "../edge/scope";
import { allOf, type Result, undecided, violated } from "../result";
import { isObject, type JsonObject } from "../terraform/json";
import { mentionsIn } from "../terraform/mentions";
import { eachPassingRequestMeets, noPassingRequestMeets } from "./asked-rules";
import { hostsOf } from "./dns-records";
import { forHosts, inAnyCase } from "./hosts";
import type { Scene } from "./scene";

const HEADER = EDGE_SECRET_HEADER.toLowerCase();

export const SET_THE_SECRET = `set ${EDGE_SECRET_HEADER} to a sensitive variable of the environment's own, for its hosts and no others`;

/** Every request for the environment's hosts that reaches an origin gets its secret. */
export const everyRequestCarriesIt = ofSecret(({ scene, hosts, value }) =>
  eachPassingRequestMeets(giversOf(scene.edge.zone, value), scene, forHosts(hosts), {
    change: SET_THE_SECRET,
    wrong: `passes without the environment's ${EDGE_SECRET_HEADER}`,
  }),
);

/** No rule gives a request for these hosts another value, or takes the header away. */
export const noRuleChangesIt = ofSecret(({ scene, hosts, value }) => {
  const changing = lateRules(scene.edge.zone).filter(
    (rule) => touches(rule) && !isUnknown(rule) && givenBy(rule) !== value,
  );
  return neverMet(changing, scene, forHosts(hosts), `has its ${EDGE_SECRET_HEADER} changed on the way`);
});

/** No request for another host gets the value: that host's origin would learn it. */
export const noOtherHostGetsIt = ofSecret(({ scene, hosts, value }) => {
  const others = { hosts: not(inAnyCase(hosts)), likely: { hosts: ["other.example.net"], paths: ["/"] } };
  const wrong = `gets the environment's ${EDGE_SECRET_HEADER}, so another origin learns it`;
  return neverMet(giversOf(scene.edge.zone, value), scene, others, wrong);
});

/** The environment's own secret, as the rules give it. */
export interface OwnSecret {
  readonly scene: Scene;
  readonly hosts: readonly string[];
  /** The value that requests for the environment's first host bear. */
  readonly value: string;
}

/** Checks the environment's secret. Where it has none, its requests pass without the header. */
export function ofSecret(check: (secret: OwnSecret) => Result): (scene: Scene) => Result {
  return (scene) => {
    const hosts = hostsOf(scene);
    const value = secretOf(scene.edge.zone, hosts[0] ?? "");
    return value === undefined ? without(hosts, scene.edge.zone) : check({ scene, hosts, value });
  };
}

function without(hosts: readonly string[], zone: EdgeZone): Result {
  const [unknown] = unknownGivers(zone);
  if (unknown !== undefined) return undecided(`rule ${unknown.ref} may give ${EDGE_SECRET_HEADER} any value`, unknown);
  const wrong = `passes without the environment's ${EDGE_SECRET_HEADER}`;
  return violated({ counterexample: hosts, wrong, change: SET_THE_SECRET });
}

/** The value that the edge gives the secret's header on a request for a host, or may give; undefined where no rule gives it any. */
export function secretOf(zone: EdgeZone, host: string): string | undefined {
  const request = { scheme: "https", port: 443, host, target: "/", from: "192.0.2.1" } as const;
  const seen = asRulesSee(request, zone.normalised);
  const giving = lateRules(zone)
    .map((rule) => ({ value: givenBy(rule), verdict: matches(rule, seen, zone) }))
    .filter(({ value }) => value !== undefined);
  return (giving.find(({ verdict }) => verdict.isTrue) ?? giving.find(({ verdict }) => verdict.isUndecided))?.value;
}

/** The addresses of the variables that the secrets of an environment's hosts come from. */
export function secretVariablesOf(scene: Scene): readonly string[] {
  const values = hostsOf(scene).flatMap((host) => secretOf(scene.edge.zone, host) ?? []);
  return values.flatMap(mentionsIn).map(({ address }) => address);
}

/** The rules that may give the header any value: they aren't understood, or it is unknown where they run. */
function unknownGivers(zone: EdgeZone): readonly ZoneRule[] {
  const others = [...zone.phases].flatMap(([phase, rules]) => (isKnownPhase(phase) ? [] : rules));
  return [...others, ...earlyGivers(zone), ...lateRules(zone).filter(isUnknown)];
}

/** No request of a scope meets one of these rules, or one that may do anything to the header. */
function neverMet(certain: readonly ZoneRule[], scene: Scene, scope: Scope, wrong: string): Result {
  const { zone } = scene.edge;
  const possible = lateRules(zone).filter(isUnknown);
  const early = earlyGivers(zone).map((rule) =>
    undecided(`rule ${rule.ref}: it is unknown what a rewrite of URLs does to ${EDGE_SECRET_HEADER}`, rule),
  );
  const met = noPassingRequestMeets({ certain, possible }, scene, scope, { change: SET_THE_SECRET, wrong });
  return allOf([met, ...early]);
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

/** A rule that isn't understood may do anything to the header. */
const UNKNOWN: JsonObject = {};

/** The operation of a rule on the secret's header; undefined where it leaves the header alone. */
function operationOf(rule: ZoneRule): JsonObject | undefined {
  const { headers = {} } = rule.parameters;
  if (rule.action !== "rewrite" || areParametersOpaque(rule) || !isObject(headers)) return UNKNOWN;
  const [own, second] = Object.entries(headers).filter(([name]) => name.toLowerCase() === HEADER);
  if (own === undefined) return undefined;
  return second === undefined && isObject(own[1]) && !isTwofold(own[1]) ? own[1] : UNKNOWN;
}

/** Whether an operation has two values, as a text and as an expression. */
const isTwofold = ({ value = null, expression = null }: JsonObject): boolean => value !== null && expression !== null;

const touches = (rule: ZoneRule): boolean => operationOf(rule) !== undefined;
const isUnknown = (rule: ZoneRule): boolean => operationOf(rule) === UNKNOWN;

function givenBy(rule: ZoneRule): string | undefined {
  const { operation, value } = operationOf(rule) ?? {};
  return operation === "set" && typeof value === "string" ? value : undefined;
}
