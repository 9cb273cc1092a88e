import { ownOf } from "../../collections";
import { canonicalJson } from "../../terraform/json";
import { phaseNamed } from "../../edge/phases";
import type { Resource } from "../../terraform/stack";
import { isList, isValueObject, nameOfValue, plain, type Value, type ValueObject } from "../../terraform/value";
import { type App, both, type Pair, pairedBy } from "../app";
import { isAddress } from "../../statements/dns-records";

/** The parts of a resource that are told nowhere else, by their names. */
export type Rest = Readonly<Record<string, unknown>>;

/** How resources of a type are compared. */
interface Form {
  /** The attributes that tell one from another, apart from its name in the JSON. */
  readonly identity: readonly string[];
  /** The other attributes that other comparisons look at, or that change nothing about any statement. */
  readonly told: readonly string[];
  /** The parts of those attributes that no other comparison looks at. */
  readonly rest?: (attributes: ValueObject) => Rest;
}

/** Attributes by which people, not platforms, know a thing. */
const FOR_PEOPLE = ["description", "comment", "tags"] as const;

/** The types that are compared by what they mean. Of every other type, nothing may differ. */
const FORMS: Readonly<Record<string, Form>> = {
  cloudflare_dns_record: {
    identity: ["zone_id", "name", "type", "content"],
    told: ["data", "priority", "proxied", "ttl", "comment", "tags"],
    // The target of a record that leads somewhere is read from its content alone.
    rest: (attributes) => {
      const { data = null } = attributes;
      return data !== null && isAddress({ attributes }) ? { data: plain(data) } : {};
    },
  },
  cloudflare_list: { identity: ["name"], told: ["account_id", "description", "kind", "items"] },
  cloudflare_ruleset: {
    identity: ["zone_id", "kind", "phase"],
    told: ["name", "description", "rules"],
    rest: ({ rules, phase }) => restOfRules(rules, phaseNamed(nameOfValue(phase))?.member),
  },
  // Each is compared as it is written.
  cloudflare_spectrum_application: {
    identity: ["zone_id", "dns", "protocol"],
    told: [
      ...["origin_direct", "origin_dns", "origin_port", "traffic_type", "tls"],
      ...["ip_firewall", "proxy_protocol", "argo_smart_routing", "edge_ips"],
    ],
  },
  cloudflare_url_normalization_settings: { identity: ["zone_id"], told: ["scope", "type"] },
  cloudflare_zone_setting: { identity: ["zone_id", "setting_id"], told: ["value"] },
  cloudflare_zero_trust_gateway_policy: {
    identity: ["account_id", "name"],
    told: [
      ...["action", "enabled", "filters", "precedence", "traffic", ...FOR_PEOPLE],
      ...["identity", "device_posture", "schedule", "expiration"],
    ],
  },
  cloudflare_zero_trust_gateway_proxy_endpoint: {
    identity: ["account_id", "name"],
    told: ["ips", "kind", ...FOR_PEOPLE],
    rest: ({ kind = null }) => (kind === "ip" ? {} : { kind: plain(kind) }),
  },
  github_repository_file: {
    identity: ["repository", "branch", "file"],
    told: ["content", "overwrite_on_create", "commit_message", "commit_author", "commit_email"],
  },
  github_repository_dependabot_security_updates: { identity: ["repository"], told: ["enabled"] },
  github_repository_vulnerability_alerts: { identity: ["repository"], told: ["enabled"] },
  // The proof covers its demands, and their differences are told.
  github_repository_ruleset: {
    identity: ["repository", "name"],
    told: ["target", "enforcement", "conditions", "bypass_actors", "rules"],
  },
  // The program that it runs is read from its provisioner.
  null_resource: { identity: ["triggers"], told: [] },
  terraform_data: { identity: ["triggers_replace"], told: ["input", "output"] },
};

/** The form of a type that is compared by what it means; undefined for any other. */
export const formOf = (type: string): Form | undefined => ownOf(FORMS, type);

/** The members of rules that are compared elsewhere, or are for people. */
const RULE: ReadonlySet<string> = new Set([
  ...["action", "action_parameters", "description", "enabled", "expression", "id", "logging", "ref"],
]);

/** @param own what a rule of the phase is made of, so that a difference of it is told with the requests */
function restOfRules(rules: Value | undefined, own: string | undefined): Rest {
  if (!isList(rules)) return { rules: plain(rules ?? null) };
  const rest = rules.flatMap((rule) => {
    if (!isValueObject(rule)) return [plain(rule)];
    const isTold = (key: string): boolean => RULE.has(key) && (key !== "enabled" || typeof rule[key] === "boolean");
    const others = Object.keys(rule).filter((key) => !isTold(key) && key !== own && rule[key] !== null);
    if (others.length === 0 || rule["enabled"] === false) return [];
    const { expression = null, action = null } = rule;
    return [[plain(expression), plain(action), ...others.map((key) => [key, plain(rule[key] ?? null)])]];
  });
  return rest.length === 0 ? {} : { rules: rest };
}

/** The text that tells a resource from others of its type; its address where its type has no form. */
export function identityOf({ type, address, attributes }: Resource): string {
  const identity = formOf(type)?.identity;
  const { kind, target } = isValueObject(attributes["triggers"]) ? attributes["triggers"] : {};
  if (kind !== undefined && target !== undefined) return `${nameOfValue(kind)} ${nameOfValue(target)}`;
  if (identity === undefined) return address;
  const names = identity.map((name) => nameOfValue(attributes[name]));
  return names.every((name) => name === "") ? address : names.join(" ");
}

/** The resources of one identity, on each side. */
export type Group = Pair<readonly Resource[]>;

/** The resources that are written otherwise than before, with or without an effect. */
export function rewrittenIn(apps: Pair<App>): readonly Group[] {
  const resources = both(apps, ({ model }) => model.resources);
  const groups = pairedBy(resources, (resource) => `${resource.type} ${identityOf(resource)}`);
  return groups.filter(({ before, after }) => writtenIn(before) !== writtenIn(after));
}

const writtenIn = (resources: readonly Resource[]): string => resources.map(writtenAs).sort().join("\n");

export const writtenAs = ({ body: { "//": _, ...body } }: Resource): string => canonicalJson(body);
