import { type Argument, parseValue, RulesLanguageError, type Value } from "../../network/rules-language";
import type { ZoneRule } from "../model/edge-zone";
import { isObject } from "../model/terraform/json";

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
  try {
    return parseValue(expression);
  } catch (error) {
    if (!(error instanceof RulesLanguageError)) throw error;
    return undefined;
  }
}
