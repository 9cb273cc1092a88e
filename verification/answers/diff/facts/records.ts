import { inZone } from "../../../edge/zone";
import { canonicalJson } from "../../../terraform/json";
import { controlAt } from "../../../result";
import type { Model } from "../../../terraform/model";
import type { Resource } from "../../../terraform/stack";
import { isKnown, isValueObject, nameOfValue, plain } from "../../../terraform/value";
import { Area } from "../difference";
import type { Edge } from "../requests/edges";
import type { Fact } from "./fact";

/** Which names lead to the edge of a zone, and which past it. */
export function recordFacts({ name, environments, records }: Edge): readonly Fact[] {
  return [...records].map(([host, { isProxied, target, resources }]): Fact => {
    const [first] = resources;
    return {
      key: `record ${host}`,
      area: Area.RECORDS,
      environments,
      what: `anyone → ${host}`,
      value: isProxied ? `the edge, then ${target}` : `${target}, past the edge`,
      openness: isProxied ? 1 : 2,
      isKnown: resources.every(
        ({ attributes: { content = null, proxied = null } }) => isKnown(content) && isKnown(proxied),
      ),
      ...(first === undefined ? {} : { control: controlAt(first) }),
      absent: { value: "nowhere", openness: 0 },
      subject: { of: name, parts: [host] },
    };
  });
}

/** Which names may be handed to somebody else, by records of which it isn't modelled where they lead. */
export function handedOverFacts({ name, environments, handedOver }: Edge): readonly Fact[] {
  return [...handedOver].map(([host, resources]): Fact => {
    const [first] = resources;
    return {
      key: `handed over ${host}`,
      area: Area.RECORDS,
      environments,
      what: `anyone → ${host}`,
      value: resources.map(writtenAs).sort().join(", "),
      doubt: "records of these types may lead a name elsewhere, which isn't modelled",
      ...(first === undefined ? {} : { control: controlAt(first) }),
      absent: { value: "handed to nobody" },
      subject: { of: name, parts: [host] },
    };
  });
}

function writtenAs({ attributes: { type = null, priority = null, content = null, data = null } }: Resource): string {
  return [type, priority, content, data].flatMap((value) => (value === null ? [] : nameOfValue(value))).join(" ");
}

/** What is open past every rule of a zone's edge. */
export function spectrumFacts(model: Model, { zone, name, environments }: Edge): readonly Fact[] {
  return inZone(model, zone.id, "cloudflare_spectrum_application").map((application): Fact => {
    const { protocol = null, dns = null, zone_id: _, ...others } = application.attributes;
    const host = isValueObject(dns) ? nameOfValue(dns["name"]) : name;
    return {
      key: `spectrum ${host} ${nameOfValue(protocol)}`,
      area: Area.RECORDS,
      environments,
      what: `anyone → ${host} by Spectrum, ${nameOfValue(protocol)}`,
      value: `open past the edge: ${canonicalJson(plain(others))}`,
      openness: 1,
      control: controlAt(application),
      absent: { value: "closed", openness: 0 },
      subject: { of: name, parts: [host] },
    };
  });
}
