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
import { Area, type Difference, notUnderstood } from "./difference";
import type { Edge, EdgePair } from "./edges";
import { asWhole, type Fact, factDifferences, factsOf, held, type Level } from "./fact";
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
  const fact = factsOf({ area: Area.RECORDS, environments, of: name });
  const served = [...records].filter(([host]) => !isServedAlone(host, pair));
  return served.map(([host, { isProxied, target, resources }]) => {
    const level = isProxied
      ? { value: `the edge, then ${target}`, openness: 1, sentence: `${host} leads to ${target} behind the edge` }
      : {
          ...{ value: `${target}, past the edge`, openness: 2 },
          sentence: `${host} leads to ${target} past the edge, where no rule holds`,
        };
    const known = resources.every(({ attributes: { content = null, proxied = null } }) => isKnown([content, proxied]));
    const absent = { value: "nowhere", openness: 0, sentence: `${host} leads nowhere any more` };
    return fact(host, `anyone → ${host}`, { ...level, isKnown: known, control: controlOfFirst(resources) }, absent);
  });
}

const controlOfFirst = ([resource]: readonly Resource[]) => resource && controlAt(resource);

/** That a name meets the edge now, or no longer does, is told with the requests for it. */
function isServedAlone(host: string, { before, after }: EdgePair): boolean {
  const isNew = before?.records.has(host) !== true && after?.served.has(host) === true;
  return isNew || (after?.records.has(host) !== true && before?.served.has(host) === true);
}

/** Which names may be handed to somebody else, by records of which it isn't modelled where they lead. */
function handedOverFacts({ name, environments, handedOver }: Edge): readonly Fact[] {
  const fact = factsOf({ area: Area.RECORDS, environments, of: name });
  const unknown = "records of these types may lead a name elsewhere, which isn't modelled";
  return [...handedOver].map(([host, resources]) => {
    const [value, control] = [resources.map(writtenAs).sort().join(", "), controlOfFirst(resources)];
    const level = { value, sentence: `a record may hand ${host} to somebody else`, unknown, control };
    const absent = { value: "handed to nobody", sentence: `no record may hand ${host} to somebody else any more` };
    return fact([host, "others"], `anyone → ${host}`, level, absent);
  });
}

function writtenAs({ attributes: { type = null, priority = null, content = null, data = null } }: Resource): string {
  return [type, priority, content, data].flatMap((value) => (value === null ? [] : nameOfValue(value))).join(" ");
}

/** The connections that are open past every rule of a zone's edge. */
function spectrumFacts({ zone, name, environments }: Edge, model: Model): readonly Fact[] {
  return inZone(model, zone.id, "cloudflare_spectrum_application").map((application) => {
    const { protocol = null, dns = null, zone_id: _, ...others } = application.attributes;
    const [host, port] = [isValueObject(dns) ? nameOfValue(dns["name"]) : name, nameOfValue(protocol)];
    const fact = factsOf({ area: Area.RECORDS, environments, of: name, control: controlAt(application) });
    const sentence = `anyone reaches ${host} on ${port} past the edge, by Spectrum`;
    const level = { value: `open past the edge: ${canonicalJson(plain(others))}`, openness: 1, sentence };
    const absent = { value: "closed", openness: 0, sentence: `nobody reaches ${host} on ${port} by Spectrum any more` };
    return fact([host, port], `anyone → ${host} by Spectrum, ${port}`, level, absent);
  });
}

/** The settings of zones and of their URLs' normalisation. Those of a zone on one side alone are one difference. */
export function settingDifferences(sides: Sides): readonly Difference[] {
  const { before: one, after: other } = both(sides, ({ model }) => model);
  const known = sides.zones.flatMap(({ before, after }) => {
    const parts = factDifferences({ before: settingFacts(before, one), after: settingFacts(after, other) });
    const any = before ?? after;
    if (any === undefined || (before !== undefined && after !== undefined)) return parts;
    const { name: of, environments } = any;
    const whole = { area: Area.SETTINGS, environments, of, what: `the settings of ${of}` };
    return asWhole(parts, { ...whole, isNew: before === undefined, words: ["held", "not held"] });
  });
  return [...known, ...unknownDifferences(sides.scenes)];
}

function settingFacts(edge: Edge | undefined, model: Model): readonly Fact[] {
  if (edge === undefined) return [];
  const { zone, name, environments } = edge;
  const fact = factsOf({ area: Area.SETTINGS, environments, of: name });
  return [
    ...inZone(model, zone.id, "cloudflare_zone_setting").map((setting) => {
      const { setting_id, value = null } = setting.attributes;
      const id = nameOfValue(setting_id);
      const level = { ...levelOf(id, value), isKnown: isKnown(value), control: controlAt(setting) };
      return fact(id, `setting ${id} of ${name}`, level, { value: "not held", openness: loosest(id) });
    }),
    ...inZone(model, zone.id, "cloudflare_url_normalization_settings").map((settings) => {
      const { scope = null, type = null } = settings.attributes;
      const level = held(scope === "both" && type === "cloudflare", [scope, type].map(nameOfValue).join(", "));
      const known = { isKnown: isKnown([scope, type]), control: controlAt(settings) };
      return fact("url_normalization", `URL normalisation of ${name}`, { ...level, ...known }, held(false, "none"));
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
function loosest(id: string): number | undefined {
  if (id === HSTS) return WITHOUT_HSTS;
  const ranks = ownOf(STRICTEST_FIRST, id);
  return ranks && ranks.length - 1;
}

function levelOf(id: string, value: Value): Level {
  const header = id === HSTS && isValueObject(value) ? value["strict_transport_security"] : undefined;
  if (isValueObject(header) && isKnown(header)) return levelOfHeader(header);
  const rank = ownOf(STRICTEST_FIRST, id)?.findIndex((values) => values.some((each) => each === value)) ?? -1;
  const words = typeof value === "string" ? value : canonicalJson(plain(value));
  return { value: words, openness: rank === -1 ? undefined : rank };
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
    .map(([reason, { stack, pointer }]) => {
      const by = { after: { name: reason, stack, pointer } };
      return notUnderstood("a zone setting", { area: Area.SETTINGS, stack, of: reason, by, notes: [reason] });
    });
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
