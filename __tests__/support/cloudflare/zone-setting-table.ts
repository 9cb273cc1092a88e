/** A setting of a zone: what a new zone has, and what the API accepts. */
export interface SettingKind {
  readonly initial: unknown;
  readonly accepts: (value: unknown) => boolean;
}

/** HTTP Strict Transport Security as a new zone has it. */
export const HSTS_OFF: Readonly<Record<string, unknown>> = {
  enabled: false,
  max_age: 0,
  include_subdomains: false,
  preload: false,
  nosniff: false,
};

const oneOf = (...values: readonly string[]): SettingKind["accepts"] => {
  const allowed = new Set<unknown>(values);
  return (value) => allowed.has(value);
};

/**
 * The settings that belong to an edge's security.
 *
 * Source: https://developers.cloudflare.com/api/resources/zones/subresources/settings/
 */
export const ZONE_SETTINGS: ReadonlyMap<string, SettingKind> = new Map<string, SettingKind>([
  ["always_use_https", { initial: "off", accepts: oneOf("on", "off") }],
  ["automatic_https_rewrites", { initial: "off", accepts: oneOf("on", "off") }],
  ["min_tls_version", { initial: "1.0", accepts: oneOf("1.0", "1.1", "1.2", "1.3") }],
  ["opportunistic_encryption", { initial: "on", accepts: oneOf("on", "off") }],
  ["security_header", { initial: { strict_transport_security: HSTS_OFF }, accepts: isSecurityHeader }],
  ["ssl", { initial: "full", accepts: oneOf("off", "flexible", "full", "strict") }],
  ["tls_1_3", { initial: "off", accepts: oneOf("on", "off", "zrt") }],
]);

function isSecurityHeader(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const entries = Object.entries(value);
  return entries.length === 1 && entries[0]?.[0] === "strict_transport_security" && isHsts(entries[0][1]);
}

function isHsts(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).every(([member, given]) => typeof given === typeof HSTS_OFF[member]);
}
