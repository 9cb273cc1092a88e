import { EdgePhase } from "../../../../policy/edge-phase";
import { EDGE_SECRET_HEADER } from "../../../../policy/edge-secret-header";
import { not } from "../../../classes/machines/machine";
import { trace } from "../../../evaluate/trace";
import type { EdgeZone, ZoneRule } from "../../../model/edge-zone";
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

/** The value that the edge gives the secret's header on a request for a host; undefined where it gives none. */
export function secretOf(zone: EdgeZone, host: string): string | undefined {
  const phases = new Map([[EdgePhase.LATE_TRANSFORM as string, lateRules(zone).filter(touches).map(alone)]]);
  const request = { scheme: "https", port: 443, host, target: "/", from: "192.0.2.1" } as const;
  const { destination } = trace({ ...zone, phases }, request);
  return destination.kind === "origin" ? destination.headers[HEADER] : undefined;
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

/** What a rule does to the secret's header; a rule that nobody here understands may do anything to it. */
function operationOf({
  action,
  parameters,
}: ZoneRule): { readonly operation?: unknown; readonly value?: unknown } | undefined {
  const { headers = {} } = parameters;
  if (action !== "rewrite" || typeof headers !== "object") return {};
  const own = Object.entries(headers as object).find(([name]) => name.toLowerCase() === HEADER);
  return own?.[1] as { readonly operation?: unknown; readonly value?: unknown } | undefined;
}

/** The rule without what it does to other headers. */
function alone(rule: ZoneRule): ZoneRule {
  const { headers } = rule.parameters;
  if (rule.action !== "rewrite" || typeof headers !== "object" || headers === null) return rule;
  const own = Object.entries(headers).filter(([name]) => name.toLowerCase() === HEADER);
  return { ...rule, parameters: { ...rule.parameters, headers: Object.fromEntries(own) } };
}

const touches = (rule: ZoneRule): boolean => operationOf(rule) !== undefined;

function givenBy(rule: ZoneRule): unknown {
  const { operation, value } = operationOf(rule) ?? {};
  return operation === "set" ? value : undefined;
}
