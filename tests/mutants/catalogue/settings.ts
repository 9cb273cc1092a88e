import type { StatementId } from "../../../policy/statements";
import type { JsonTree } from "../folder";
import { bodyKind, type Body, type BodyChange, type Kind } from "../kind";

const SETTING = "cloudflare_zone_setting";
const NORMALISATION = "cloudflare_url_normalization_settings";

interface Weakened {
  readonly values: readonly unknown[];
  readonly breaks: readonly StatementId[];
}

const hsts = (members: JsonTree): JsonTree => ({
  strict_transport_security: { enabled: true, max_age: 31_536_000, include_subdomains: false, ...members },
});

/** Values that are too weak, by the setting. */
const WEAKENED: Readonly<Record<string, Weakened>> = {
  ssl: { values: ["full", "flexible", "off", "origin_pull"], breaks: ["PORTS-1"] },
  min_tls_version: { values: ["1.0", "1.1"], breaks: ["PORTS-1"] },
  tls_1_3: { values: ["off"], breaks: ["PORTS-1"] },
  security_header: {
    values: [hsts({ enabled: false }), hsts({ max_age: 0 }), hsts({ max_age: 86_400 }), {}],
    breaks: ["PORTS-1"],
  },
  always_use_https: { values: ["on"], breaks: ["PORTS-1", "PORTS-2"] },
};

const settings = (
  name: string,
  changes: (weakened: Weakened, setting: Body) => readonly Omit<BodyChange, "breaks">[],
): Kind =>
  bodyKind(name, SETTING, (setting) => {
    const { [String(setting.body["setting_id"])]: weakened } = WEAKENED;
    if (weakened === undefined) return [];
    return changes(weakened, setting).map((change) => ({ breaks: weakened.breaks, ...change }));
  });

const normalisation = (name: string, ...values: readonly JsonTree[]): Kind =>
  bodyKind(name, NORMALISATION, () =>
    values.map((members) => ({
      ...{ what: JSON.stringify(members), breaks: ["HOOK-1"] },
      change: (body) => void Object.assign(body, members),
    })),
  );

export const SETTING_KINDS: readonly Kind[] = [
  settings("weaken a setting", ({ values }) =>
    values.map((value) => ({ what: JSON.stringify(value), change: (body) => void (body["value"] = value) })),
  ),
  settings("drop a setting", () => [{}]),
  settings("let the apply decide a setting", () => [{ change: (body) => void (body["value"] = "${var.value}") }]),
  settings("give a setting a second owner", ({ values }, { type }) => [
    { change: (body, beside) => beside({ type, name: "Second", body: { ...body, value: values[0] } }) },
  ]),
  settings("leave changes of a setting to others", () => [
    { change: (body) => void (body["lifecycle"] = { ignore_changes: ["value"] }) },
  ]),
  settings("hold a setting of another zone", () => [{ change: (body) => void (body["zone_id"] = "f".repeat(32)) }]),
  bodyKind("change a setting that isn't modelled", SETTING, ({ type, body: { zone_id: zone } }) => [
    {
      breaks: ["PORTS-1"],
      change: (_, beside) =>
        beside({ type, name: "More", body: { zone_id: zone, setting_id: "ciphers", value: ["RC4"] } }),
    },
  ]),
  bodyKind("drop the normalisation of URLs", NORMALISATION, () => [{ breaks: ["HOOK-1"] }]),
  normalisation("switch off the normalisation of URLs", { scope: "none" }, { scope: "incoming" }, { type: "rfc3986" }),
  normalisation("let the apply decide the normalisation of URLs", { scope: "${var.scope}" }),
  bodyKind("give the normalisation of URLs a second owner", NORMALISATION, ({ type }) => [
    {
      breaks: ["HOOK-1"],
      change: (body, beside) => beside({ type, name: "Second", body: { ...body, scope: "none" } }),
    },
  ]),
];
