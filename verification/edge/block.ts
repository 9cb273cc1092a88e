import type { Ending } from "../diagram/effect";
import type { ZoneRule } from "./zone";
import { isObject } from "../terraform/json";

/** The status of a block, by default 403: https://developers.cloudflare.com/waf/custom-rules/create-dashboard/ */
export function blockStatus({ parameters }: ZoneRule): number {
  const response = parameters["response"];
  const status = isObject(response) ? response["status_code"] : undefined;
  return typeof status === "number" ? status : 403;
}

export function blockEnding(rule: ZoneRule, form: string): Ending {
  return { kind: "ending", key: form, stop: { kind: "block", status: blockStatus(rule) } };
}

export function blockInWords(rule: ZoneRule): string {
  return `block (${blockStatus(rule)})`;
}
