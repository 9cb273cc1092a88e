import type { ZoneRule } from "./zone";
import { areParametersOpaque } from "./opaque-parameters";
import { isObject } from "../terraform/json";

/** The parts of a URL that a rewrite replaces, each by a constant. */
export interface ConstantRewrite {
  readonly path?: string;
  readonly query?: string;
}

/**
 * What a rule of the rewrite phase makes of every URL that it matches; undefined where that depends on the request, or
 * isn't understood.
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

/** Whether a rule may change the URL: one that only changes headers doesn't, what nobody here understands may. */
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
