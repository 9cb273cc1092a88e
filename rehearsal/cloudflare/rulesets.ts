import { type CloudflarePlan, PLAN_LIMITS } from "../../policy/cloudflare-plan";
import type { Json, Routes } from "../server";
import { ApiRefusal, type ApiResult, collection, known, listOf, textOf } from "./api";
import { type AskedZone, type Estate, STAMP, type Zone, type ZoneFacts } from "./estate";

/** The rulesets of a zone: https://developers.cloudflare.com/ruleset-engine/rulesets-api/ */
export const RULESETS: Routes<ApiResult, AskedZone> = {
  "GET rulesets/phases/:phase/entrypoint": ({ zone, params }) => ({ result: entryPoint(zone, params["phase"] ?? "") }),
  ...collection<AskedZone>("rulesets", {
    in: ({ zone }) => zone.rulesets,
    page: (all) => ({ result: all.map((ruleset) => ({ ...ruleset, rules: undefined })) }),
    store: stored,
  }),
};

function entryPoint({ rulesets }: Zone, phase: string): Json {
  const ruleset = [...rulesets.values()].find((one) => one["phase"] === phase);
  if (ruleset !== undefined) return ruleset;
  throw new ApiRefusal(404, 10003, `could not find entrypoint ruleset in the ${phase} phase`);
}

/** A phase has one ruleset, and its rules keep their ids while they keep their `ref`. */
function stored({ estate, zone, body }: AskedZone, id: string, before: Json | undefined): Json {
  const wanted = known("ruleset", body);
  const rules = rulesOf(wanted);
  const phase = String(before?.["phase"] ?? textOf(wanted, "phase"));
  if (before === undefined) refuseSecondOfPhase(zone, phase);
  refuseOverPlan(zone, phase, rules);
  refuseUnknownLists(estate, zone, rules);
  const ids = new Map(rulesOf(before ?? {}).map((rule) => [rule["ref"], rule["id"]]));
  const version = String(Number(before?.["version"] ?? 0) + 1);
  const kept = rules.map((rule) => {
    const ruleId = ids.get(rule["ref"]) ?? estate.newId();
    return { ref: ruleId, enabled: true, ...rule, id: ruleId, version: "1", last_updated: STAMP };
  });
  const description = wanted["description"] ?? "";
  return { ...before, ...wanted, id, description, version, last_updated: STAMP, rules: kept };
}

/** The rules of a stored ruleset. */
export const rulesOf = (ruleset: Json): readonly Json[] => listOf(ruleset["rules"] ?? []);

/** Source of the text: https://github.com/cloudflare/terraform-provider-cloudflare/issues/6273 */
function refuseSecondOfPhase({ rulesets }: Zone, phase: string): void {
  if (![...rulesets.values()].some((ruleset) => ruleset["phase"] === phase)) return;
  const reason = `exceeded maximum number of zone rulesets for phase ${phase}`;
  throw new ApiRefusal(400, 20217, `'zone' is not a valid value for kind because ${reason}`);
}

/** The limit of a plan that the rules of a phase count for. */
const COUNTED: Readonly<Record<string, "customRules" | "redirectRules" | "transformRules">> = {
  http_request_firewall_custom: "customRules",
  http_request_dynamic_redirect: "redirectRules",
  http_request_transform: "transformRules",
  http_request_late_transform: "transformRules",
  http_response_headers_transform: "transformRules",
};

export const limitsOf = (plan: ZoneFacts["plan"]) => PLAN_LIMITS[plan ?? ("enterprise" as CloudflarePlan)];

function refuseOverPlan({ plan }: Zone, phase: string, rules: readonly Json[]): void {
  const limits = limitsOf(plan);
  const counted = COUNTED[phase];
  const most = counted === undefined ? Infinity : limits[counted];
  if (rules.length > most) throw overPlan(`rules of ${phase}`, rules.length, most);
  const isRegex = (rule: Json): boolean => /\bmatches\b|\bregex_/.test(withoutText(textOf(rule, "expression")));
  if (!limits.regex && rules.some(isRegex))
    throw new ApiRefusal(400, PLAN_CODE, "the use of operator Matches is not allowed: a Business plan is needed");
}

/** The platform's own number isn't recorded anywhere that this project knows. */
const PLAN_CODE = 20000;
export const overPlan = (things: string, got: number, most: number) =>
  new ApiRefusal(400, PLAN_CODE, `exceeded maximum number of ${things}: ${got} out of ${most}`);

/** The platform compiles expressions on write, so that a list has to exist before a rule names it. */
function refuseUnknownLists(estate: Estate, { account }: Zone, rules: readonly Json[]): void {
  const names = new Set([...estate.account(account).lists.values()].map(({ facts }) => facts["name"]));
  for (const rule of rules) {
    const missing = listsIn(rule).find((name) => !names.has(name));
    if (missing === undefined) continue;
    const reason = `list '${missing}' does not exist`;
    throw new ApiRefusal(
      400,
      20127,
      `'${textOf(rule, "expression")}' is not a valid value for expression because ${reason}`,
    );
  }
}

/** The names of the lists that a rule reads. */
export function listsIn(rule: Json): readonly string[] {
  return [...withoutText(textOf(rule, "expression")).matchAll(/\$([a-z0-9_]+)/g)].map(([, name]) => name ?? "");
}

const withoutText = (expression: string): string => expression.replace(/"(?:[^"\\]|\\.)*"/g, '""');
