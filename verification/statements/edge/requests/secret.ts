import { EdgePhase } from "../../../../policy/edge-phase";
import { EDGE_SECRET_HEADER } from "../../../../policy/edge-secret-header";
import { not } from "../../../classes/machines/machine";
import { asRulesSee } from "../../../evaluate/edge-request";
import { matches } from "../../../evaluate/trace";
import type { EdgeZone, ZoneRule } from "../../../model/edge-zone";
import { isObject, type JsonObject } from "../../../model/terraform/json";
import { ACCEPTED, type Expectation, Quantifier, REFUSED } from "../../../prove/expectation";
import type { Proof } from "../../../prove/proof";
import { prove } from "../../../prove/prove";
import { isKnownPhase } from "../../../prove/treatment";
import { forHosts, inAnyCase } from "./hosts";

const HEADER = EDGE_SECRET_HEADER.toLowerCase();

const MATCHED: Expectation = {
  quantifier: Quantifier.ALWAYS,
  judge: ({ destination }) => (destination.kind === "block" ? ACCEPTED : REFUSED),
  alwaysAccepted: new Set(["block"]),
};

const NOT_MATCHED: Expectation = {
  quantifier: Quantifier.ALWAYS,
  judge: ({ destination }) => (destination.kind === "block" ? REFUSED : ACCEPTED),
  alwaysAccepted: new Set(),
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
  return [...others, ...lateRules(zone).filter((rule) => operationOf(rule) === UNKNOWN)];
}

/** Every request for these hosts gets the value. */
export function carries(zone: EdgeZone, hosts: readonly string[], value: string): Proof {
  return prove(
    asBlocks(zone, (rule) => givenBy(rule) === value),
    forHosts(hosts),
    MATCHED,
  );
}

/** No rule gives a request for these hosts another value, or takes the header away. */
export function carriesNothingElse(zone: EdgeZone, hosts: readonly string[], value: string): Proof {
  return prove(
    asBlocks(zone, (rule) => touches(rule) && givenBy(rule) !== value),
    forHosts(hosts),
    NOT_MATCHED,
  );
}

/** No request for another host gets the value: that host's origin would learn it. */
export function isKeptFromOthers(zone: EdgeZone, hosts: readonly string[], value: string): Proof {
  const others = not(inAnyCase(hosts));
  const likely = { hosts: ["other.example.net"], paths: ["/"] };
  return prove(
    asBlocks(zone, (rule) => givenBy(rule) === value),
    { hosts: others, likely },
    NOT_MATCHED,
  );
}

/** The zone with the late rules of a kind alone, as blocks: whoever is blocked matches one of them. */
function asBlocks(zone: EdgeZone, isOfKind: (rule: ZoneRule) => boolean): EdgeZone {
  const unknown = [...zone.phases].filter(([phase]) => !isKnownPhase(phase));
  const rules = lateRules(zone)
    .filter(isOfKind)
    .map((rule) => ({ ...rule, action: "block" }));
  return { ...zone, phases: new Map([...unknown, [EdgePhase.CUSTOM, rules]]) };
}

const lateRules = ({ phases }: EdgeZone): readonly ZoneRule[] => phases.get(EdgePhase.LATE_TRANSFORM) ?? [];

/** What nobody here understands may do anything to the header. */
const UNKNOWN: JsonObject = {};

/** What a rule does to the secret's header; undefined where it leaves it alone. */
function operationOf({ action, parameters: { headers = {} } }: ZoneRule): JsonObject | undefined {
  if (action !== "rewrite" || !isObject(headers)) return UNKNOWN;
  const [own, second] = Object.entries(headers).filter(([name]) => name.toLowerCase() === HEADER);
  if (own === undefined) return undefined;
  return second === undefined && isObject(own[1]) ? own[1] : UNKNOWN;
}

const touches = (rule: ZoneRule): boolean => operationOf(rule) !== undefined;

function givenBy(rule: ZoneRule): string | undefined {
  const { operation, value } = operationOf(rule) ?? {};
  return operation === "set" && typeof value === "string" ? value : undefined;
}
