import { canonicalJson } from "../../terraform/json";
import { inZone } from "../../edge/zone";
import { controlAt } from "../../result";
import type { Model } from "../../terraform/model";
import type { Resource } from "../../terraform/stack";
import { isKnown, isValueObject, nameOfValue, plain } from "../../terraform/value";
import { both } from "../app";
import { Area, type Difference } from "./difference";
import { type Fact, factDifferences } from "./fact";
import type { Edge, EdgePair } from "./edges";
import type { Sides } from "./sides";

/** Which names lead to the edge of a zone, and which past it. */
export function recordDifferences(sides: Sides): readonly Difference[] {
  return sides.zones.flatMap((pair) => {
    const models = both(sides, ({ model }) => model);
    const facts = (edge: Edge | undefined, model: Model): readonly Fact[] =>
      edge === undefined ? [] : [...recordFacts(edge, pair), ...handedOverFacts(edge), ...spectrumFacts(edge, model)];
    return factDifferences({ before: facts(pair.before, models.before), after: facts(pair.after, models.after) });
  });
}

function recordFacts({ name, environments, records }: Edge, pair: EdgePair): readonly Fact[] {
  return [...records]
    .filter(([host]) => !isServedAlone(host, pair))
    .map(([host, { isProxied, target, resources }]) => ({
      ...{ area: Area.RECORDS, environments, subject: { of: name, parts: [host] }, what: `anyone → ${host}` },
      ...(isProxied
        ? { value: `the edge, then ${target}`, openness: 1, sentence: `${host} leads to ${target} behind the edge` }
        : {
            ...{ value: `${target}, past the edge`, openness: 2 },
            sentence: `${host} leads to ${target} past the edge, where no rule holds`,
          }),
      absent: { value: "nowhere", openness: 0, sentence: `${host} leads nowhere any more` },
      isKnown: resources.every(
        ({ attributes: { content = null, proxied = null } }) => isKnown(content) && isKnown(proxied),
      ),
      control: resources[0] && controlAt(resources[0]),
    }));
}

/** That a name meets the edge now, or no longer does, is told with the requests for it. */
function isServedAlone(host: string, { before, after }: EdgePair): boolean {
  const isNew = before?.records.has(host) !== true && after?.served.has(host) === true;
  return isNew || (after?.records.has(host) !== true && before?.served.has(host) === true);
}

/** Which names may be handed to somebody else, by records of which it isn't modelled where they lead. */
function handedOverFacts({ name, environments, handedOver }: Edge): readonly Fact[] {
  return [...handedOver].map(([host, resources]) => ({
    ...{ area: Area.RECORDS, environments, subject: { of: name, parts: [host, "others"] }, what: `anyone → ${host}` },
    value: resources.map(writtenAs).sort().join(", "),
    sentence: `a record may hand ${host} to somebody else`,
    absent: { value: "handed to nobody", sentence: `no record may hand ${host} to somebody else any more` },
    unknown: "records of these types may lead a name elsewhere, which isn't modelled",
    control: resources[0] && controlAt(resources[0]),
  }));
}

function writtenAs({ attributes: { type = null, priority = null, content = null, data = null } }: Resource): string {
  return [type, priority, content, data].flatMap((value) => (value === null ? [] : nameOfValue(value))).join(" ");
}

/** The connections that are open past every rule of a zone's edge. */
function spectrumFacts({ zone, name, environments }: Edge, model: Model): readonly Fact[] {
  return inZone(model, zone.id, "cloudflare_spectrum_application").map((application) => {
    const { protocol = null, dns = null, zone_id: _, ...others } = application.attributes;
    const [host, port] = [isValueObject(dns) ? nameOfValue(dns["name"]) : name, nameOfValue(protocol)];
    return {
      ...{ area: Area.RECORDS, environments, subject: { of: name, parts: [host, port] } },
      what: `anyone → ${host} by Spectrum, ${port}`,
      ...{ value: `open past the edge: ${canonicalJson(plain(others))}`, openness: 1 },
      sentence: `anyone reaches ${host} on ${port} past the edge, by Spectrum`,
      absent: { value: "closed", openness: 0, sentence: `nobody reaches ${host} on ${port} by Spectrum any more` },
      control: controlAt(application),
    };
  });
}
