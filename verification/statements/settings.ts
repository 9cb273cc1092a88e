import { inZone } from "../edge/zone";
import type { EdgePolicy } from "../../policy/slices";
import { mayBeSame, ZONE_SETTING } from "../terraform/identity";
import type { Resource } from "../terraform/stack";
import { isKnown, isValueObject, nameOfValue, plain, type Value } from "../terraform/value";
import { controlAt, enforced, type Result, undecided, violated } from "../result";
import { assertion } from "./assertion";
import type { Scene } from "./scene";

/** A setting of a zone, and which of its values will do. */
export interface DemandedSetting {
  readonly id: string;
  /** The values that will do, in words. */
  readonly allowed: string;
  readonly admits: (value: Value, policy: EdgePolicy) => boolean;
}

const YEAR = 31_536_000;

/**
 * 443 speaks HTTPS: TLS 1.2 at least with 1.3 offered, the origin's certificate verified, browsers told to stay.
 *
 * @see https://developers.cloudflare.com/api/resources/zones/subresources/settings/
 */
export const HTTPS_SETTINGS: readonly DemandedSetting[] = [
  { id: "ssl", allowed: "strict", admits: (value) => value === "strict" },
  { id: "min_tls_version", allowed: "1.2 or 1.3", admits: (value) => value === "1.2" || value === "1.3" },
  { id: "tls_1_3", allowed: "on or zrt", admits: (value) => value === "on" || value === "zrt" },
  { id: "security_header", allowed: "HSTS as declared, with a maxAge over 0", admits: tellsBrowsers },
];

/** The platform's own redirect answers before every rule, on every cleartext port: the rules have to do it. */
export const RULES_REDIRECT: DemandedSetting = {
  id: "always_use_https",
  allowed: "off: it redirects on every cleartext port, before the rules",
  admits: (value) => value === "off",
};

export const RULES_DO_REDIRECT = assertion(
  "Cloudflare's own redirect to HTTPS is off, so that the rules decide it.",
  (scene) => settingHeld(RULES_REDIRECT, scene),
);

function tellsBrowsers(value: Value, { hsts: { maxAge = YEAR, includeSubDomains = false } = {} }: EdgePolicy): boolean {
  const header = isValueObject(value) ? value["strict_transport_security"] : undefined;
  if (!isValueObject(header)) return false;
  const { enabled, max_age: seconds, include_subdomains: included } = header;
  return (
    enabled === true &&
    typeof seconds === "number" &&
    seconds > 0 &&
    seconds >= maxAge &&
    (included === true || !includeSubDomains)
  );
}

/** Settings of a zone that change nothing about who reaches what over which protocol. */
const HARMLESS: ReadonlySet<string> = new Set([
  ...["0rtt", "always_online", "automatic_https_rewrites", "brotli", "browser_cache_ttl", "browser_check"],
  ...["cache_level", "challenge_ttl", "cname_flattening", "development_mode", "early_hints", "email_obfuscation"],
  ...["h2_prioritization", "hotlink_protection", "http2", "http3", "image_resizing", "ip_geolocation", "ipv6"],
  ...[
    "max_upload",
    "minify",
    "mirage",
    "nel",
    "opportunistic_encryption",
    "polish",
    "pq_keyex",
    "prefetch_preload",
    "privacy_pass",
  ],
  ...["replace_insecure_js", "rocket_loader", "security_level", "server_side_exclude", "sort_query_string_for_cache"],
  ...["speed_brain", "tls_client_auth", "webp", "websockets"],
]);

/** The settings of the scene's zone. */
function settingsOf({ model, edge }: Scene): readonly Resource[] {
  return inZone(model, edge.zone.id, "cloudflare_zone_setting");
}

/** The zone holds a setting at a value that will do. */
export function settingHeld(demand: DemandedSetting, scene: Scene): Result {
  const { id, allowed, admits } = demand;
  const [setting, second] = settingsOf(scene).filter((each) => mayBe(id, each));
  if (setting === undefined) {
    return violated({ wrong: `nothing holds the zone setting ${id}`, change: `set it to ${allowed}` });
  }
  if (second !== undefined || setting.attributes["setting_id"] !== id)
    return undecided(
      `the zone setting ${id} may be set by two resources, and each undoes the other`,
      second ?? setting,
      "owner",
    );
  const { value = null } = setting.attributes;
  if (!isKnown(value)) return undecided(`only the apply knows the value of the zone setting ${id}`, setting);
  if (admits(value, scene.edge.policy)) return enforced([controlAt(setting)]);
  return violated({
    wrong: `the zone setting ${id} is ${JSON.stringify(plain(value))}`,
    by: controlAt(setting),
    change: `set it to ${allowed}`,
  });
}

/** Whether a setting is the one of this id, or may be. */
const mayBe = (id: string, { attributes: { setting_id: own } }: Resource): boolean => mayBeSame(ZONE_SETTING, own, id);

/** Every setting of the zone is one that is modelled, or changes nothing here. */
export function unknownSettings(scene: Scene): readonly Result[] {
  const known = new Set([...HTTPS_SETTINGS, RULES_REDIRECT].map(({ id }) => id));
  return settingsOf(scene)
    .map((setting) => ({ setting, id: nameOfValue(setting.attributes["setting_id"]) }))
    .filter(({ id }) => !known.has(id) && !HARMLESS.has(id))
    .map(({ setting, id }) => undecided(`what the zone setting ${id} does isn't modelled`, setting));
}
