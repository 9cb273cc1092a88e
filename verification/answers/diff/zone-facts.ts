import { ownOf } from "../../collections";
import { inZone } from "../../edge/zone";
import { controlAt } from "../../result";
import type { Scene } from "../../statements/scene";
import { unknownSettings } from "../../statements/settings";
import { canonicalJson } from "../../terraform/json";
import type { Model } from "../../terraform/model";
import type { Resource } from "../../terraform/stack";
import { isKnown, isValueObject, nameOfValue, plain, type Value, type ValueObject } from "../../terraform/value";
import { both, type Pair } from "../app";
import { Area, type Difference, differenceOf, Direction } from "./difference";
import type { Edge, EdgePair } from "./edges";
import { asWhole, type Fact, factDifferences, type Level } from "./fact";
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

/** The settings of zones and of their URLs' normalisation. Those of a zone on one side alone are one difference. */
export function settingDifferences(sides: Sides): readonly Difference[] {
  const { before: one, after: other } = both(sides, ({ model }) => model);
  const known = sides.zones.flatMap(({ before, after }) => {
    const parts = factDifferences({ before: settingFacts(before, one), after: settingFacts(after, other) });
    const single = before === undefined || after === undefined ? (before ?? after) : undefined;
    if (single === undefined) return parts;
    const { name: of, environments } = single;
    const whole = { area: Area.SETTINGS, environments, of, what: `the settings of ${of}` };
    return asWhole(parts, { ...whole, isNew: before === undefined, words: ["held", "not held"] });
  });
  return [...known, ...unknownDifferences(sides.scenes)];
}

function settingFacts(edge: Edge | undefined, model: Model): readonly Fact[] {
  if (edge === undefined) return [];
  const { zone, name, environments } = edge;
  const common = { area: Area.SETTINGS, environments };
  return [
    ...inZone(model, zone.id, "cloudflare_zone_setting").map((setting): Fact => {
      const { setting_id, value = null } = setting.attributes;
      const id = nameOfValue(setting_id);
      return {
        ...{ ...common, what: `setting ${id} of ${name}`, subject: { of: name, parts: [id] } },
        ...{ ...levelOf(id, value), isKnown: isKnown(value), control: controlAt(setting) },
        absent: { value: "not held", ...loosest(id) },
      };
    }),
    ...inZone(model, zone.id, "cloudflare_url_normalization_settings").map((settings): Fact => {
      const { scope = null, type = null } = settings.attributes;
      const value = `${nameOfValue(scope)}, ${nameOfValue(type)}`;
      return {
        ...{ ...common, what: `URL normalisation of ${name}`, subject: { of: name, parts: ["url_normalization"] } },
        ...{ value, openness: value === "both, cloudflare" ? 0 : 1, absent: { value: "none", openness: 1 } },
        ...{ isKnown: isKnown(scope) && isKnown(type), control: controlAt(settings) },
      };
    }),
  ];
}

/** The values of a setting from the strictest on. */
const STRICTEST_FIRST: Readonly<Record<string, readonly (readonly string[])[]>> = {
  ssl: [["strict", "origin_pull"], ["full"], ["flexible"], ["off"]],
  min_tls_version: [["1.3"], ["1.2"], ["1.1"], ["1.0"]],
  tls_1_3: [["on", "zrt"], ["off"]],
};

const HSTS = "security_header";
const WITHOUT_HSTS = Number.MAX_SAFE_INTEGER;

/** A setting that nothing holds may have any value. */
function loosest(id: string): Pick<Level, "openness"> {
  if (id === HSTS) return { openness: WITHOUT_HSTS };
  const ranks = ownOf(STRICTEST_FIRST, id);
  return ranks === undefined ? {} : { openness: ranks.length - 1 };
}

function levelOf(id: string, value: Value): Level {
  const header = id === HSTS && isValueObject(value) ? value["strict_transport_security"] : undefined;
  if (isValueObject(header) && isKnown(header)) return levelOfHeader(header);
  const rank = ownOf(STRICTEST_FIRST, id)?.findIndex((values) => values.some((each) => each === value)) ?? -1;
  const words = typeof value === "string" ? value : canonicalJson(plain(value));
  return { value: words, ...(rank === -1 ? {} : { openness: rank }) };
}

/** A browser that forgets sooner, or is told of fewer names, is open to more. */
function levelOfHeader({ enabled, max_age: seconds, ...switches }: ValueObject): Level {
  if (enabled !== true) return { value: "no HSTS", openness: WITHOUT_HSTS };
  const { include_subdomains: included, preload } = switches;
  const on = Object.keys(switches).filter((name) => switches[name] === true);
  return {
    value: [`HSTS for ${nameOfValue(seconds)} seconds`, ...on].join(", "),
    openness: -(Number(seconds ?? 0) * 4 + Number(included === true) * 2 + Number(preload === true)),
  };
}

/** Zone settings of which it is unknown what they do, where they differ. */
function unknownDifferences(scenes: Pair<readonly Scene[]>): readonly Difference[] {
  const { before, after } = both(scenes, unknownIn);
  return [...new Map([...before, ...after])]
    .filter(([reason]) => before.get(reason)?.value !== after.get(reason)?.value)
    .map(([reason, { stack, pointer }]) =>
      differenceOf({
        ...{ direction: Direction.UNDECIDED, area: Area.SETTINGS, environments: [stack] },
        ...{ what: "a zone setting: not understood, and differs", notes: [reason] },
        ...{ by: { after: { name: reason, stack, pointer } }, subject: { of: reason, parts: [] } },
      }),
    );
}

/** By the reason why it is unknown, which names the setting. */
function unknownIn(scenes: readonly Scene[]) {
  const resources = scenes[0]?.model.resources ?? [];
  const unknowns = scenes.flatMap(unknownSettings).flatMap(({ unknown }) => unknown);
  return new Map(
    unknowns.flatMap(({ reason, place }) => {
      const setting = resources.find(({ stack, pointer }) => stack === place?.stack && pointer === place.pointer);
      if (setting === undefined) return [];
      const { stack, pointer, attributes } = setting;
      return [[reason, { stack, pointer, value: canonicalJson(attributes) }] as const];
    }),
  );
}
