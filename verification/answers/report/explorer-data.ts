import { AddressSet } from "../../../network/address-set";
import { understood } from "../../edge/conditions";
import { HIDDEN, looksAtSecrets, shownValue } from "../../edge/secrecy";
import { withRules, type ZoneRule } from "../../edge/zone";
import { isObject } from "../../terraform/json";
import type { Explorer } from "./audit-report";

/** The data of explanations, as JSON without anything that may be a secret. */
export function dataOf({ edges, targets }: Explorer): string {
  const shown = { edges: edges.map((edge) => ({ ...edge, zone: withRules(edge.zone, withoutSecret) })), targets };
  return JSON.stringify(shown, function (this: Record<string, unknown>, key: string, value: unknown) {
    // An address set writes itself otherwise.
    const original = this[key];
    if (original instanceof AddressSet) return { $set: original.name, blocks: original.cidrs() };
    return original instanceof Map ? { $map: [...original] } : value;
  });
}

/** A rule with its condition, if that looks at no secret. Else a reader can't tell whether it matches. */
function withoutSecret(rule: ZoneRule): ZoneRule {
  const condition = understood(rule.expression);
  const isOpen = condition !== undefined && !looksAtSecrets(condition);
  const { headers } = rule.parameters;
  return {
    ...rule,
    ...(isOpen ? {} : { expression: HIDDEN, isConditionKnown: false }),
    parameters: { ...rule.parameters, ...(isObject(headers) ? { headers: withoutValues(headers) } : {}) },
    others: {},
  };
}

function withoutValues(headers: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(headers).map(([name, header]) => [
      name,
      isObject(header) && typeof header["value"] === "string"
        ? { ...header, value: shownValue(name, header["value"]) }
        : header,
    ]),
  );
}

/** The data that a page holds as JSON, as it was before: with its sets of addresses and its maps. */
export function revived(json: string): unknown {
  return JSON.parse(json, (_, value: unknown) => {
    if (typeof value !== "object" || value === null) return value;
    if ("$map" in value) return new Map(value.$map as [string, unknown][]);
    return "$set" in value && "blocks" in value ? AddressSet.of(String(value.$set), value.blocks as string[]) : value;
  });
}
