import { ownOf } from "../collections";
import { zoneOf } from "../edge/zone";
import type { Resource } from "../terraform/stack";
import { isList, isValueObject, type Value } from "../terraform/value";
import { isAddress } from "./dns-records";

/** The attributes of a type that are read, or that don't bear on who reaches what. */
const READ: Readonly<Record<string, readonly string[]>> = {
  cloudflare_dns_record: [
    ...["comment", "content", "data", "name", "priority", "proxied", "settings", "tags", "ttl", "type", "zone_id"],
  ],
  cloudflare_list: ["account_id", "description", "items", "kind", "name"],
  cloudflare_ruleset: ["account_id", "description", "kind", "name", "phase", "rules", "zone_id"],
  cloudflare_spectrum_application: [
    ...["argo_smart_routing", "dns", "edge_ips", "ip_firewall", "origin_direct", "origin_dns", "origin_port"],
    ...["protocol", "proxy_protocol", "tls", "traffic_type", "zone_id"],
  ],
  cloudflare_url_normalization_settings: ["scope", "type", "zone_id"],
  cloudflare_zero_trust_gateway_policy: [
    ...["account_id", "action", "description", "device_posture", "enabled", "expiration", "filters", "identity"],
    ...["name", "precedence", "rule_settings", "schedule", "traffic"],
  ],
  cloudflare_zero_trust_gateway_proxy_endpoint: ["account_id", "ips", "kind", "name"],
  cloudflare_zone_setting: ["setting_id", "value", "zone_id"],
  github_repository_dependabot_security_updates: ["enabled", "repository"],
  github_repository_file: [
    ...["branch", "commit_author", "commit_email", "commit_message", "content", "file", "overwrite_on_create"],
    "repository",
  ],
  github_repository_ruleset: ["bypass_actors", "conditions", "enforcement", "name", "repository", "rules", "target"],
  github_repository_vulnerability_alerts: ["enabled", "repository"],
};

/**
 * The cases in which such an attribute isn't read: a record's address is its content, and a ruleset is a zone's or an
 * account's.
 */
const UNREAD: Readonly<Record<string, Readonly<Record<string, (resource: Resource) => boolean>>>> = {
  cloudflare_dns_record: { data: isAddress },
  cloudflare_ruleset: { account_id: (ruleset) => zoneOf(ruleset) !== "" },
};

/**
 * Terraform's own: how long it waits, and blocks that it makes, which are unknown by themselves.
 *
 * @see https://developer.hashicorp.com/terraform/language/resources/syntax#operation-timeouts
 */
const OF_TERRAFORM: ReadonlySet<string> = new Set(["timeouts", "dynamic"]);

/**
 * The attributes of a resource whose effect is unknown, though its type is read. An attribute that is null isn't given.
 *
 * @returns each by its name, and why
 */
export function unreadAttributesOf(resource: Resource): readonly (readonly [name: string, reason: string])[] {
  const { type, attributes } = resource;
  const read = ownOf(READ, type);
  if (read === undefined) return [];
  const isRead = (name: string): boolean => read.includes(name) && UNREAD[type]?.[name]?.(resource) !== true;
  return Object.entries(attributes)
    .filter(([name, value]) => value !== null && !OF_TERRAFORM.has(name))
    .flatMap(([name, value]) => {
      if (!isRead(name)) return [[name, `it is unknown what ${name} changes of a ${type}`]];
      return type.startsWith("github_") && hasOddBlock(value) ? [[name, `${name} isn't written in plain blocks`]] : [];
    });
}

/**
 * Whether Terraform may read other blocks in a value than stand there. It merges a list within a list into one block,
 * makes dynamic blocks, and leaves out a comment. Only GitHub's resources have blocks.
 *
 * @see https://github.com/hashicorp/hcl/blob/main/json/spec.md
 */
function hasOddBlock(value: Value): boolean {
  if (isList(value)) return value.some((each) => isList(each) || hasOddBlock(each));
  return isValueObject(value) && Object.entries(value).some(([name, each]) => ODD.has(name) || hasOddBlock(each));
}

const ODD: ReadonlySet<string> = new Set(["dynamic", "//"]);
