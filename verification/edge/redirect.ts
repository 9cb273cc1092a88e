import { type Argument, parseValue, RulesLanguageError, textOf, type Value } from "../../network/rules-language";
import { attempt } from "../attempt";
import { type Ending, type Stop, type Done, undecidedBy } from "./ends";
import { canonicalJson, isObject, membersOf } from "../terraform/json";
import { evaluateValue } from "./evaluate/evaluate";
import type { Request } from "./evaluate/request";
import type { ZoneRule } from "./zone";

/** Where a redirect sends one request. */
export function redirect(rule: ZoneRule, request: Request): Done {
  if (!rule.areParametersKnown) return undecidedBy(rule, ["a redirect that only the apply knows"]);
  const {
    target_url: url,
    status_code: status,
    preserve_query_string: keepsQuery,
  } = membersOf(rule.parameters["from_value"]);
  const { value, expression } = membersOf(url);
  const target = typeof value === "string" ? value : targetFor(expression, request);
  if (target === undefined) return undecidedBy(rule, [unknownTarget(expression)]);
  const query = textFor("http.request.uri.query", request) ?? "";
  const kept = keepsQuery === true && query !== "" ? `?${query}` : "";
  return { kind: "redirect", status: Number(status), location: `${target}${kept}` };
}

const unknownTarget = (expression: unknown): string =>
  typeof expression === "string" ? `the target ${expression}` : "a redirect without a target";

function targetFor(expression: unknown, request: Request): string | undefined {
  return typeof expression === "string" ? textFor(expression, request) : undefined;
}

function textFor(expression: string, request: Request): string | undefined {
  const value = understood(expression);
  const outcome = value && evaluateValue(value, request);
  return outcome?.kind === "known" && typeof outcome.value === "string" ? textOf(outcome.value) : undefined;
}

/** How a redirect ends all requests. */
export function redirectEnding(rule: ZoneRule): Ending {
  const from = rule.parameters["from_value"];
  const target = leadsToHttps(rule) ? "https" : targetOf(from);
  const stop: Stop = { kind: "redirect", status: statusOf(from) ?? 302, target };
  return { kind: "ending", key: canonicalJson(stop), stop };
}

/** The target as it is written: where that is one text or expression, that alone and whether the query follows it. */
function targetOf(from: unknown): string {
  if (!isObject(from) || !isObject(from["target_url"])) return canonicalJson(from ?? null);
  const { value, expression } = from["target_url"];
  const query = from["preserve_query_string"] === true ? " with the query" : "";
  if (typeof value === "string" && expression === undefined) return `${JSON.stringify(value)}${query}`;
  if (typeof expression === "string" && value === undefined) return `${expression}${query}`;
  return canonicalJson(from);
}

export function redirectInWords({ parameters }: ZoneRule): string {
  const status = statusOf(parameters["from_value"]);
  return status === undefined ? "redirect" : `redirect (${status})`;
}

function statusOf(from: unknown): number | undefined {
  const { status_code: status } = membersOf(from);
  return typeof status === "number" ? status : undefined;
}

/** The redirects that lead to the same host, path and query over HTTPS, as long as the host names no port. */
export function leadsToHttps({ parameters }: ZoneRule): boolean {
  const from = parameters["from_value"];
  if (!isObject(from) || !isObject(from["target_url"])) return false;
  const { value, expression } = from["target_url"];
  if (value !== undefined || typeof expression !== "string") return false;
  const target = understood(expression);
  if (target?.kind !== "call" || target.name !== "concat") return false;
  const [scheme, host, ...rest] = target.arguments;
  const keepsQuery = from["preserve_query_string"] === true;
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
