import { inZone } from "../../../edge/zone";
import { canonicalJson } from "../../../terraform/json";
import { ownOf } from "../../../collections";
import { controlAt } from "../../../result";
import type { Model } from "../../../terraform/model";
import type { Resource } from "../../../terraform/stack";
import { isKnown, isValueObject, nameOfValue, plain, type Value } from "../../../terraform/value";
import { Area } from "../difference";
import type { Edge } from "../requests/edges";
import type { Fact } from "./fact";

/** The values of a setting from the strictest on. */
const STRICTEST_FIRST: Readonly<Record<string, readonly (readonly string[])[]>> = {
  ssl: [["strict", "origin_pull"], ["full"], ["flexible"], ["off"]],
  min_tls_version: [["1.3"], ["1.2"], ["1.1"], ["1.0"]],
  tls_1_3: [["on", "zrt"], ["off"]],
};

/** How a zone is set: its settings, and whether URLs are normalised. */
export function settingFacts(model: Model, { zone, name, environments }: Edge): readonly Fact[] {
  const own = (type: string): readonly Resource[] => inZone(model, zone.id, type);
  const common = { area: Area.SETTINGS, environments };
  return [
    ...own("cloudflare_zone_setting").map((setting): Fact => {
      const { setting_id: id, value = null } = setting.attributes;
      const setter = nameOfValue(id);
      return {
        ...common,
        key: `setting ${name} ${setter}`,
        what: `setting ${setter} of ${name}`,
        ...valued(setter, value),
        control: controlAt(setting),
        absent: { value: "not held", ...loosest(setter) },
        subject: { of: name, parts: [setter] },
      };
    }),
    ...own("cloudflare_url_normalization_settings").map((settings): Fact => {
      const { scope = null, type = null } = settings.attributes;
      const value = `${nameOfValue(scope)}, ${nameOfValue(type)}`;
      return {
        ...common,
        key: `normalisation ${name}`,
        what: `URL normalisation of ${name}`,
        value,
        openness: value === "both, cloudflare" ? 0 : 1,
        isKnown: isKnown(scope) && isKnown(type),
        control: controlAt(settings),
        absent: { value: "none", openness: 1 },
        subject: { of: name, parts: ["url_normalization"] },
      };
    }),
  ];
}

/** A setting that nothing holds may have any value. */
function loosest(id: string): Pick<Fact, "openness"> {
  if (id === HSTS) return { openness: WITHOUT_HSTS };
  const ranks = ownOf(STRICTEST_FIRST, id);
  return ranks === undefined ? {} : { openness: ranks.length - 1 };
}

const HSTS = "security_header";
const WITHOUT_HSTS = Number.MAX_SAFE_INTEGER;

function valued(id: string, value: Value): Pick<Fact, "value" | "openness" | "isKnown"> {
  const openness = id === HSTS ? opennessOfHeader(value) : opennessIn(ownOf(STRICTEST_FIRST, id), value);
  return {
    value: id === HSTS ? headerInWords(value) : inWords(value),
    isKnown: isKnown(value),
    ...(openness === undefined ? {} : { openness }),
  };
}

const inWords = (value: Value): string => (typeof value === "string" ? value : canonicalJson(plain(value)));

function opennessIn(ranks: readonly (readonly string[])[] | undefined, value: Value): number | undefined {
  const rank = ranks?.findIndex((values) => values.some((each) => each === value)) ?? -1;
  return rank === -1 ? undefined : rank;
}

/** A browser that forgets sooner, or is told of fewer names, is open to more. */
function opennessOfHeader(value: Value): number | undefined {
  const header = isValueObject(value) ? value["strict_transport_security"] : undefined;
  if (!isValueObject(header) || !isKnown(header)) return undefined;
  const { enabled, max_age: seconds, include_subdomains: included, preload } = header;
  if (enabled !== true) return WITHOUT_HSTS;
  return -(Number(seconds ?? 0) * 4 + Number(included === true) * 2 + Number(preload === true));
}

function headerInWords(value: Value): string {
  const header = isValueObject(value) ? value["strict_transport_security"] : undefined;
  if (!isValueObject(header) || !isKnown(header)) return inWords(value);
  const { enabled, max_age: seconds, ...switches } = header;
  const on = Object.keys(switches).filter((name) => switches[name] === true);
  return enabled === true ? [`HSTS for ${nameOfValue(seconds)} seconds`, ...on].join(", ") : "no HSTS";
}
