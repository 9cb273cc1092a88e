import type { ZoneRule } from "../model/edge-zone";
import { isKnownPhase, Treatment } from "../prove/treatment";
import { isObject } from "../model/terraform/json";

/** What a rule does with a request that it matches, in words. */
export function effectInWords(phase: string, rule: ZoneRule, treatment: Treatment): string {
  if (!isKnownPhase(phase)) return `${rule.action}, in a phase that isn't modelled`;
  if (treatment === Treatment.MAY_BLOCK) return `may stop it: ${rule.action}`;
  return EFFECTS.get(rule.action)?.(rule) ?? rule.action;
}

/** The status of a block, by default 403: https://developers.cloudflare.com/waf/custom-rules/create-dashboard/ */
export function statusOf({ parameters }: ZoneRule): number {
  const response = parameters["response"];
  const status = isObject(response) ? response["status_code"] : undefined;
  return typeof status === "number" ? status : 403;
}

/** The headers that a rule sets or takes away, by the names that the JSON has. */
export function headersOf({ action, parameters }: ZoneRule): readonly string[] {
  const { headers } = parameters;
  return action === "rewrite" && isObject(headers) ? Object.keys(headers) : [];
}

const EFFECTS: ReadonlyMap<string, (rule: ZoneRule) => string> = new Map([
  ["block", (rule) => `block (${statusOf(rule)})`],
  ["log", () => "log"],
  ["redirect", redirection],
  ["rewrite", rewriting],
  ["skip", skipping],
]);

function redirection({ parameters }: ZoneRule): string {
  const from = parameters["from_value"];
  const status = isObject(from) && typeof from["status_code"] === "number" ? ` (${from["status_code"]})` : "";
  return `redirect${status}`;
}

function rewriting(rule: ZoneRule): string {
  const headers = headersOf(rule);
  return headers.length > 0 ? `change ${headers.join(", ")}` : "rewrite";
}

function skipping({ parameters: { ruleset, phases = [], products = [] } }: ZoneRule): string {
  const left = [...(ruleset === "current" ? ["the later rules of its phase"] : []), phases, products]
    .flat()
    .map(String);
  return left.length > 0 ? `skip ${left.join(", ")}` : "skip";
}
