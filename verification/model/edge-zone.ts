import { AddressSet } from "../../network/address-set";

/** A rule of an entry point ruleset, as the platform will have it. */
export interface ZoneRule {
  readonly ref: string;
  readonly expression: string;
  readonly action: string;
  readonly parameters: Attributes;
  /** Where it stands in the Terraform JSON, as a JSON pointer. */
  readonly pointer: string;
}

/** The edge of a zone, as the Terraform JSON of one stack describes it. */
export interface EdgeZone {
  readonly id: string;
  /** The enabled rules of each phase that has a ruleset, in the order in which they run. */
  readonly phases: ReadonlyMap<string, readonly ZoneRule[]>;
  /** Whether rules and origin see the same normalised path. */
  readonly normalised: boolean;
  /** The IP lists of the stack by name. */
  readonly lists: ReadonlyMap<string, AddressSet>;
}

type Attributes = Readonly<Record<string, unknown>>;

/** Terraform JSON, as far as the edge is concerned. */
export interface TerraformJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
}

/** The edge of every zone that a stack has rules for. */
export function edgeZonesOf(json: TerraformJson): readonly EdgeZone[] {
  const rulesets = resources(json, "cloudflare_ruleset");
  const ids = new Set(
    ["cloudflare_ruleset", "cloudflare_dns_record"].flatMap((type) =>
      resources(json, type).map(({ attributes }) => String(attributes["zone_id"])),
    ),
  );
  return [...ids].map((id) => ({
    id,
    phases: phasesOf(rulesets.filter(({ attributes }) => attributes["zone_id"] === id)),
    normalised: resources(json, "cloudflare_url_normalization_settings").some(
      ({ attributes: { zone_id: zone, scope, type } }) => zone === id && scope === "both" && type === "cloudflare",
    ),
    lists: new Map(resources(json, "cloudflare_list").map(({ attributes }) => listOf(attributes))),
  }));
}

function resources({ resource = {} }: TerraformJson, type: string) {
  return Object.entries(resource[type] ?? {}).map(([name, attributes]) => ({
    attributes,
    pointer: `/resource/${type}/${name}`,
  }));
}

/**
 * A zone has one entry point ruleset per phase. What else claims to be a ruleset of a phase stands under a name of its own,
 * which nobody who follows the phases knows.
 */
function phasesOf(rulesets: readonly { readonly attributes: Attributes; readonly pointer: string }[]) {
  const phases = new Map<string, readonly ZoneRule[]>();
  for (const { attributes, pointer } of rulesets) {
    const phase = String(attributes["phase"]);
    const isFirst = attributes["kind"] === "zone" && !phases.has(phase);
    phases.set(isFirst ? phase : `${phase} in ${pointer}`, rulesOf(attributes, pointer));
  }
  return phases;
}

function rulesOf(ruleset: Attributes, pointer: string): readonly ZoneRule[] {
  return ((ruleset["rules"] ?? []) as readonly Attributes[])
    .map((rule, index) => ({
      ref: String(rule["ref"]),
      expression: String(rule["expression"]),
      action: String(rule["action"]),
      parameters: (rule["action_parameters"] ?? {}) as Attributes,
      pointer: `${pointer}/rules/${index}`,
      enabled: rule["enabled"] !== false,
    }))
    .filter(({ enabled }) => enabled);
}

function listOf({ name, items }: Attributes): [string, AddressSet] {
  const addresses = (items as readonly { readonly ip: string }[]).map(({ ip }) => ip);
  return [String(name), AddressSet.of(String(name), addresses)];
}
