import { canonicalJson, isObject, type JsonObject } from "../terraform/json";
import { type Done, type Setting, undecidedBy } from "./ends";
import { PHASE, Treatment } from "./phases";
import { areParametersOpaque, type ZoneRule } from "./zone";

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

/** Whether a rule changes a header, by its name in lower case. */
export const changesHeader = (rule: ZoneRule, name: string): boolean =>
  changedHeaders(rule).some((each) => each.toLowerCase() === name);

/** Whether it is unknown which headers a rule changes. */
export function mayChangeAnyHeader(rule: ZoneRule): boolean {
  const { headers = {} } = rule.parameters;
  return areParametersOpaque(rule) || !isObject(headers);
}

export function rewriteInWords(rule: ZoneRule): string {
  const headers = changedHeaders(rule);
  return headers.length > 0 ? `change ${headers.join(", ")}` : "rewrite";
}

/** The parts of a URL that a rewrite replaces, each by a constant. */
export interface ConstantRewrite {
  readonly path?: string;
  readonly query?: string;
}

/**
 * The rewrite by a rule of the rewrite phase for every URL that it matches; undefined where it depends on the request,
 * or isn't understood.
 *
 * @see https://developers.cloudflare.com/rules/transform/url-rewrite/
 */
export function constantRewriteOf({ action, parameters, areParametersKnown }: ZoneRule): ConstantRewrite | undefined {
  const { uri, ...others } = parameters;
  if (action !== "rewrite" || !areParametersKnown || Object.keys(others).length > 0 || !isObject(uri)) return undefined;
  const { path, query, ...rest } = uri;
  const [newPath, newQuery] = [constantIn(path), constantIn(query)];
  if (Object.keys(rest).length > 0 || newPath === undefined || newQuery === undefined) return undefined;
  return { ...(newPath === null ? {} : { path: newPath }), ...(newQuery === null ? {} : { query: newQuery }) };
}

/** Actions that leave the URL of a request alone. */
const OTHER_ACTIONS: ReadonlySet<string> = new Set(["block", "log", "redirect", "skip"]);

/** Whether a rule may change the URL. One that only changes headers doesn't; one that isn't understood may. */
export function mayRewriteUrl(rule: ZoneRule): boolean {
  const isForHeaders = Object.keys(rule.parameters).every((name) => name === "headers");
  if (rule.action === "rewrite") return areParametersOpaque(rule) || !isForHeaders;
  return !OTHER_ACTIONS.has(rule.action);
}

/** The constant of a part; null where it is kept, undefined where it is none. */
function constantIn(part: unknown): string | null | undefined {
  if (part === undefined || part === null) return null;
  if (!isObject(part) || Object.keys(part).join() !== "value") return undefined;
  return typeof part["value"] === "string" ? part["value"] : undefined;
}
