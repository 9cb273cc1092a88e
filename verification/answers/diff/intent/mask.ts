import { HostNotation } from "../../../../network/host-notation";
import { bytesOf, printString } from "../../../../network/rules-language";
import type { NamedAddresses } from "../../../diagram/values";
import { PHASE } from "../../../edge/phases";
import type { EdgeZone, ZoneRule } from "../../../edge/zone";
import { type Look, TAKEN_OUT } from "../requests/requests";
import { addressesOf } from "./addresses";
import type { IntendedRequests } from "./schema";
import type { Share } from "./share";

/** Requests that are meant, and whose they are. */
export interface Meant {
  readonly requests: IntendedRequests;
  /** What belongs to the environment that is named; undefined where none is. */
  readonly share: Share | undefined;
}

/** Takes requests out of what is compared: a first rule ends them alike on both sides. */
export function without(meant: readonly Meant[], names: readonly NamedAddresses[]): Look {
  return (zone) => {
    const conditions = meant.flatMap(({ requests, share }) => {
      const own = share === undefined ? "true" : share.get(zone.id);
      return own === undefined ? [] : `(${own}) and (${expressionOf(requests, names)})`;
    });
    return conditions.length === 0 ? zone : masked(zone, conditions.map(ruleOf));
  };
}

function masked(zone: EdgeZone, rules: readonly ZoneRule[]): EdgeZone {
  const redirects = zone.phases.get(PHASE.REDIRECT) ?? [];
  return { ...zone, phases: new Map([...zone.phases, [PHASE.REDIRECT, [...rules, ...redirects]]]) };
}

function ruleOf(expression: string): ZoneRule {
  return {
    ...{ stack: "intent", pointer: "/intends", ref: "intended", action: "redirect" },
    ...{ expression, isConditionKnown: true, areParametersKnown: true, others: {} },
    parameters: { from_value: { status_code: 301, target_url: { value: JSON.parse(TAKEN_OUT) as string } } },
  };
}

/** The requests as a condition of a rule. */
function expressionOf(
  { host, path, method, port, from, notFrom, where }: IntendedRequests,
  names: readonly NamedAddresses[],
): string {
  const admitted = addressesOf(from, names);
  const excluded = addressesOf(notFrom, names);
  const conditions = [
    ...(host === undefined ? [] : [`lower(http.host) in {${textsOf(host).map(lower).join(" ")}}`]),
    ...(path === undefined ? [] : [`lower(url_decode(http.request.uri.path, "r")) contains ${lower(path)}`]),
    ...(method === undefined ? [] : [`http.request.method in {${textsOf(method).map(quoted).join(" ")}}`]),
    ...(port === undefined ? [] : [`cf.edge.server_port in {${[port].flat().join(" ")}}`]),
    ...(admitted === undefined ? [] : [`ip.src in {${admitted.cidrs(HostNotation.BARE).join(" ")}}`]),
    ...(excluded === undefined ? [] : [`not ip.src in {${excluded.cidrs(HostNotation.BARE).join(" ")}}`]),
    ...(where === undefined ? [] : [`(${where})`]),
  ];
  return conditions.length === 0 ? "true" : conditions.join(" and ");
}

const textsOf = (texts: string | readonly string[]): readonly string[] => [texts].flat();
const quoted = (text: string): string => printString(bytesOf(text));
const lower = (text: string): string => quoted(text.toLowerCase());
