import { canonicalJson, type Setting } from "../diagram/effect";
import type { ZoneRule } from "./zone";
import { isObject, type JsonObject } from "../terraform/json";
import { type Done, undecidedBy } from "./destination";
import { PHASE } from "./phases";
import { Treatment } from "./treatment";
import { mayRewriteUrl } from "./url-rewrite";

export function rewriteTreatment(rule: ZoneRule): Treatment {
  return mayRewriteUrl(rule) ? Treatment.ENDS : Treatment.NEUTRAL;
}

/** The headers that a rewrite gives one request. */
export function rewrite(rule: ZoneRule): Done {
  const { headers, ...others } = rule.parameters;
  const set = Object.entries(isObject(headers) ? headers : {}).map(([name, header]): readonly [string, JsonObject] => [
    name,
    isObject(header) ? header : {},
  ]);
  const allSet = set.every(([, { operation, value }]) => operation === "set" && typeof value === "string");
  return allSet && isObject(headers) && Object.keys(others).length === 0
    ? { kind: "headers", set: Object.fromEntries(set.map(([name, { value }]) => [name, String(value)])) }
    : undecidedBy(rule, ["a rewrite of more than constant headers"]);
}

/** One setting for each header, and one for anything else that a rule changes. */
export function headerSettings({ parameters }: ZoneRule, form: string): readonly Setting[] {
  const { headers = {}, ...others } = parameters;
  const named = isObject(headers) ? Object.entries(headers) : [];
  const settings = named.map(([name, change]): Setting => {
    const setting = `header ${name.toLowerCase()}`;
    const adds = !isObject(change) || (change["operation"] !== "set" && change["operation"] !== "remove");
    return {
      kind: "setting",
      key: `${setting} ${canonicalJson(change)}`,
      name: setting,
      value: changeInWords(change),
      adds,
    };
  });
  const isAll = isObject(headers) && Object.keys(others).length === 0;
  const other: Setting = { kind: "setting", key: form, name: PHASE.LATE_TRANSFORM, value: form, adds: true };
  return isAll ? settings : [...settings, other];
}

/** A constant is written as such, everything else as in the JSON. */
function changeInWords(change: unknown): string {
  if (isObject(change) && change["operation"] === "set" && typeof change["value"] === "string") return change["value"];
  return canonicalJson(change);
}

/** The headers that a rule sets or takes away, by the names that the JSON has. */
export function changedHeaders({ action, parameters }: ZoneRule): readonly string[] {
  const { headers } = parameters;
  return action === "rewrite" && isObject(headers) ? Object.keys(headers) : [];
}

export function rewriteInWords(rule: ZoneRule): string {
  const headers = changedHeaders(rule);
  return headers.length > 0 ? `change ${headers.join(", ")}` : "rewrite";
}
