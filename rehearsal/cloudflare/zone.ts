import type { CloudflarePlan } from "../../policy/cloudflare-plan";
import type { Json, Routes } from "../server";
import { ApiRefusal, type ApiResult, known, pageOf } from "./api";
import { type AskedZone, NORMALIZATION, STAMP, type Zone } from "./estate";

/** The settings of a zone, the normalization of its URLs, and the things beside them that are only read. */
export const ZONE: Routes<ApiResult, AskedZone> = {
  "GET settings/:setting": ({ zone, params }) => ({ result: setting(zone, params["setting"] ?? "") }),
  "PATCH settings/:setting": ({ zone, params, body }) => ({
    result: changedSetting(zone, params["setting"] ?? "", known("zone_setting", body)["value"]),
  }),
  "GET url_normalization": ({ zone }) => ({ result: zone.normalization }),
  "PUT url_normalization": ({ zone, body }) => ({ result: (zone.normalization = normalization(body)) }),
  "DELETE url_normalization": ({ zone }) => {
    zone.normalization = NORMALIZATION;
    return { result: null };
  },
  "GET firewall/access_rules/rules": ({ zone, query }) => pageOf(zone.around.accessRules, query),
  "GET spectrum/apps": ({ zone, query }) => pageOf(zone.around.spectrum, query),
  "GET pagerules": ({ zone }) => ({ result: zone.around.pageRules }),
  "GET workers/routes": ({ zone }) => ({ result: zone.around.workersRoutes }),
  "GET bot_management": ({ zone }) => ({ result: zone.around.bots }),
};

/** A zone as the API describes it: https://developers.cloudflare.com/api/resources/zones/methods/get/ */
export function described({ id, name, account, around, plan = "pro" as CloudflarePlan }: Zone): Json {
  return {
    ...{ id, name, status: "active", paused: false, type: "full", account: { id: account, name: "Example" } },
    plan: { id: "1".repeat(32), name: `${plan} website`, legacy_id: plan },
    permissions: ["#zone:read"],
    ...around.facts,
  };
}

function normalization(body: Json): Json {
  const { scope, type } = known("url_normalization_settings", body);
  const isOneOf = (value: unknown, ...allowed: readonly unknown[]): boolean => allowed.includes(value);
  if (isOneOf(scope, "incoming", "both", "none") && isOneOf(type, "cloudflare", "rfc3986")) return { scope, type };
  throw new ApiRefusal(400, 6003, `Invalid URL normalization: scope ${String(scope)}, type ${String(type)}`);
}

/** HTTP Strict Transport Security as a new zone has it. */
const HSTS_OFF: Json = { enabled: false, max_age: 0, include_subdomains: false, preload: false, nosniff: false };

/** A setting of a zone: the value of a new zone, and the values that the API accepts. */
const SETTINGS: Readonly<Record<string, readonly [initial: unknown, accepts: readonly string[] | typeof isHsts]>> = {
  always_use_https: ["off", ["on", "off"]],
  automatic_https_rewrites: ["off", ["on", "off"]],
  min_tls_version: ["1.0", ["1.0", "1.1", "1.2", "1.3"]],
  opportunistic_encryption: ["on", ["on", "off"]],
  security_header: [{ strict_transport_security: HSTS_OFF }, isHsts],
  ssl: ["full", ["off", "flexible", "full", "strict"]],
  tls_1_3: ["off", ["on", "off", "zrt"]],
};

function isHsts(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const [[name, header] = ["", undefined], ...others] = Object.entries(value) as [string, unknown][];
  if (name !== "strict_transport_security" || others.length > 0 || typeof header !== "object") return false;
  return Object.entries(header ?? {}).every(([member, given]) => typeof given === typeof HSTS_OFF[member]);
}

/** A setting can be read and changed, never deleted. */
function setting({ settings }: Pick<Zone, "settings">, name: string): Json {
  const kind = SETTINGS[name];
  if (kind === undefined) throw new ApiRefusal(400, 1003, `Undefined zone setting: ${name}`);
  return settings.get(name) ?? { id: name, value: kind[0], editable: true, modified_on: null };
}

function changedSetting(zone: Zone, name: string, value: unknown): Json {
  const before = setting(zone, name);
  const accepts = SETTINGS[name]?.[1] ?? [];
  const isGood = typeof accepts === "function" ? accepts(value) : accepts.includes(value as string);
  if (!isGood) throw new ApiRefusal(400, 1007, `Invalid value for zone setting ${name}`);
  // HSTS is read back with all of its members, whichever of them were sent.
  const header = (value as Json)["strict_transport_security"] as Json | undefined;
  const whole = header === undefined ? value : { strict_transport_security: { ...HSTS_OFF, ...header } };
  const changed = { ...before, value: whole, modified_on: STAMP };
  zone.settings.set(name, changed);
  return changed;
}

/** The value of a setting, as the zone has it now. */
export const settingOf = (zone: Zone, name: string): unknown => setting(zone, name)["value"];
