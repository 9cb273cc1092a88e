import { type Argument, parseValue, RulesLanguageError, textOf, type Value } from "../../network/rules-language";
import { attempt } from "../attempt";
import { type Ending, type Stop, type Done, undecidedBy } from "./ends";
import { canonicalJson, membersOf } from "../terraform/json";
import { evaluateValue } from "./evaluate/evaluate";
import type { Request } from "./evaluate/request";
import type { ZoneRule } from "./zone";

/** The target of a redirect rule as the JSON has it. */
interface Target {
  readonly status: unknown;
  /** A constant. */
  readonly value: unknown;
  readonly expression: unknown;
  readonly keepsQuery: boolean;
}

function targetOf({ parameters }: ZoneRule): Target {
  const { target_url: url, status_code: status, preserve_query_string: query } = membersOf(parameters["from_value"]);
  const { value, expression } = membersOf(url);
  return { status, value, expression, keepsQuery: query === true };
}

/**
 * The statuses of a redirect; without one it is 302.
 *
 * @see https://developers.cloudflare.com/rules/url-forwarding/single-redirects/settings/
 */
const STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Whether a redirect has its target in the rule itself, and a status of a redirect. */
function isPlain({ parameters: { from_value: told, ...others } }: ZoneRule): boolean {
  const { status_code: status } = membersOf(told);
  return Object.keys(others).length === 0 && ((status ?? null) === null || STATUSES.has(Number(status)));
}

/** Where a redirect sends one request. */
export function redirect(rule: ZoneRule, request: Request): Done {
  if (!rule.areParametersKnown) return undecidedBy(rule, ["a redirect that only the apply knows"]);
  if (!isPlain(rule)) return undecidedBy(rule, ["a redirect by a list, or with another status"]);
  const { status, value, expression, keepsQuery } = targetOf(rule);
  const computed = typeof expression === "string" ? textFor(expression, request) : undefined;
  const target = typeof value === "string" ? value : computed;
  if (target === undefined) {
    const what = typeof expression === "string" ? `the target ${expression}` : "a redirect without a target";
    return undecidedBy(rule, [what]);
  }
  const query = textFor("http.request.uri.query", request) ?? "";
  return {
    kind: "redirect",
    status: Number(status ?? 302),
    location: `${target}${keepsQuery && query !== "" ? `?${query}` : ""}`,
  };
}

function textFor(expression: string, request: Request): string | undefined {
  const value = understood(expression);
  const outcome = value && evaluateValue(value, request);
  return outcome?.kind === "known" && typeof outcome.value === "string" ? textOf(outcome.value) : undefined;
}

/** How a redirect ends all requests. */
export function redirectEnding(rule: ZoneRule): Ending {
  const target = leadsToHttps(rule) ? "https" : targetInWords(rule);
  const stop: Stop = { kind: "redirect", status: statusOf(rule) ?? 302, target };
  return { kind: "ending", key: canonicalJson(stop), stop };
}

/** The target as it is written: where that is one text or expression, that alone and whether the query follows it. */
function targetInWords(rule: ZoneRule): string {
  const { value, expression, keepsQuery } = targetOf(rule);
  const query = keepsQuery ? " with the query" : "";
  if (typeof value === "string" && expression === undefined) return `${JSON.stringify(value)}${query}`;
  if (typeof expression === "string" && value === undefined) return `${expression}${query}`;
  return canonicalJson(rule.parameters["from_value"] ?? null);
}

export function redirectInWords(rule: ZoneRule): string {
  const status = statusOf(rule);
  return status === undefined ? "redirect" : `redirect (${status})`;
}

function statusOf(rule: ZoneRule): number | undefined {
  const { status } = targetOf(rule);
  return typeof status === "number" ? status : undefined;
}

/** The redirects that lead to the same host, path and query over HTTPS, as long as the host names no port. */
export function leadsToHttps(rule: ZoneRule): boolean {
  const { value, expression, keepsQuery } = targetOf(rule);
  if (!isPlain(rule) || value !== undefined || typeof expression !== "string") return false;
  const target = understood(expression);
  if (target?.kind !== "call" || target.name !== "concat") return false;
  const [scheme, host, ...rest] = target.arguments;
  return (
    scheme?.kind === "string" &&
    scheme.value === "https://" &&
    isField(host, "http.host") &&
    rest.length === 1 &&
    isField(rest[0], keepsQuery ? "http.request.uri.path" : "http.request.uri")
  );
}

function isField(argument: Argument | undefined, name: string): boolean {
  return argument?.kind === "field" && argument.name === name && argument.indexes.length === 0;
}

function understood(expression: string): Value | undefined {
  return attempt(() => parseValue(expression), RulesLanguageError);
}
