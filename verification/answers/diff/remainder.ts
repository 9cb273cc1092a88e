import { appliersOf } from "../../appliers/appliers";
import { APPLIER_KINDS } from "../../appliers/desired-state";
import type { Unknown } from "../../appliers/program";
import { groupedBy } from "../../collections";
import { canonicalJson, membersOf } from "../../terraform/json";
import { zoneOf } from "../../edge/zone";
import { controlAt } from "../../result";
import { coverageOf } from "../../statements/coverage";
import { LIFECYCLE } from "../../statements/unknown-resources";
import type { Model } from "../../terraform/model";
import type { Resource } from "../../terraform/stack";
import { nameOfValue, plain } from "../../terraform/value";
import { type App, both, type Pair } from "../app";
import { type Difference, notUnderstood } from "./difference";
import { formOf, type Group, type Rest, writtenAs } from "./forms";
import { resourcesOf, type Sides } from "./sides";

/** The differences of resources that no other comparison speaks of: they aren't understood. */
export function resourceDifferences(sides: Sides): readonly Difference[] {
  const read: Read = {
    resources: new Set([...sides.repositories.before, ...sides.repositories.after].flatMap(resourcesOf)),
    lists: new Set(
      sides.zones.flatMap(({ before, after }) =>
        [before, after].flatMap((edge) => [...(edge?.zone.lists.keys() ?? [])]),
      ),
    ),
  };
  return [...sides.rewritten.flatMap((group) => untold(group, read)), ...unknownDifferences(sides)];
}

/** The things that are told elsewhere: the resources of repositories, and the names of the lists of the zones. */
interface Read {
  readonly resources: ReadonlySet<Resource>;
  readonly lists: ReadonlySet<string>;
}

function untold(group: Group, read: Read): readonly Difference[] {
  const [earlier, later] = [group.before[0], group.after[0]];
  const resource = later ?? earlier;
  if (resource === undefined || bearsOnNothing(resource.type)) return [];
  const rests = both(group, (all) => all.map((each) => restOf(each, read)));
  if (textOf(rests.before) === textOf(rests.after)) return [];
  const by = { before: earlier && controlAt(earlier), after: later && controlAt(later) };
  const notes = [`what isn't modelled of it: ${differingIn(rests).join(", ")}`];
  return [notUnderstood(resource.address, { stack: resource.stack, by, notes })];
}

/** Whether a type opens nothing, whatever its attributes are. */
const bearsOnNothing = (type: string): boolean => coverageOf(type)?.standing === "harmless";

/** A resource of which everything is told elsewhere has no rest, whether it is there or not. */
function textOf(rests: readonly Rest[]): string {
  const texts = rests.map(canonicalJson).filter((rest) => rest !== "{}");
  return texts.sort().join("\n");
}

/** The names of the members that differ and aren't told elsewhere. */
function differingIn({ before, after }: Pair<readonly Rest[]>): readonly string[] {
  const names = new Set([...before, ...after].flatMap((rest) => Object.keys(rest)));
  const valuesOf = (all: readonly Rest[], name: string): string =>
    JSON.stringify(all.map((rest) => canonicalJson(rest[name] ?? null)).sort());
  return [...names].filter((name) => valuesOf(before, name) !== valuesOf(after, name));
}

/** The members of a resource that are for Terraform. The proof judges the order of the apply. */
const META: readonly string[] = ["count", "for_each", "provider", "connection"];

/** The types whose provisioners are read where appliers are. */
const RUNS: ReadonlySet<string> = new Set(["null_resource", "terraform_data"]);

/** The parts of a resource that are told nowhere else. */
function restOf(resource: Resource, read: Read): Rest {
  const { type, body, attributes } = resource;
  const { identity = [], told = [], rest } = formOf(type) ?? {};
  const elsewhere = new Set([...identity, ...told]);
  const isAll = isLost(resource, read);
  const open = Object.entries(attributes).filter(([name, value]) => isAll || (!elsewhere.has(name) && value !== null));
  const members = [...META, ...(RUNS.has(type) ? [] : ["provisioner"])].filter((name) => name in body);
  const lifecycle = Object.entries(membersOf(body["lifecycle"]));
  return {
    ...Object.fromEntries(open.map(([name, value]) => [name, plain(value)])),
    ...rest?.(attributes),
    ...Object.fromEntries(members.map((name) => [name, body[name]])),
    ...Object.fromEntries(
      lifecycle.filter(([name]) => !LIFECYCLE.has(name)).map(([name, value]) => [`lifecycle.${name}`, value]),
    ),
  };
}

/** Whether no comparison reads a resource, since it is unknown what it belongs to. */
function isLost(resource: Resource, read: Read): boolean {
  const { type, attributes } = resource;
  const { identity = [] } = formOf(type) ?? {};
  if (type === "cloudflare_list") return !read.lists.has(nameOfValue(attributes["name"]));
  if (identity.includes("zone_id")) return zoneOf(resource) === "";
  return identity.includes("repository") && !read.resources.has(resource);
}

/** The programs that aren't understood and that one side alone runs, as they are written. */
function unknownDifferences(apps: Pair<App>): readonly Difference[] {
  const { before, after } = both(apps, ({ model }) => unknownsIn(model));
  const differing = [...after, ...before].filter(([key]) => before.has(key) !== after.has(key));
  const byResource = groupedBy(differing, ([, { place }]) => JSON.stringify([place.stack, resourceAt(place)]));
  return [...byResource.values()].flatMap((all) => {
    const place = all[0]?.[1].place;
    if (place === undefined) return [];
    const { stack, path } = place;
    const pointer = resourceAt(place);
    const notes = [...new Set(all.map(([, { reason }]) => reason))];
    const by = { after: { ...place, name: path ?? pointer, pointer } };
    return notUnderstood("a program that the apply runs", { stack, of: stack, parts: [pointer], notes, by });
  });
}

/** The pointer of the resource, or of the data, that something stands in. */
const resourceAt = ({ pointer }: Unknown["place"]): string => pointer.split("/").slice(0, 4).join("/");

/** The reasons why programs that the apply runs aren't understood, each by itself and the JSON there. */
export function unknownsIn(model: Model): ReadonlyMap<string, Unknown> {
  const appliers = appliersOf(model);
  const bodies = new Map(model.resources.map((each) => [`${each.stack} ${each.pointer}/`, writtenAs(each)]));
  const bodyAt = ({ stack, pointer }: Unknown["place"]): string =>
    [...bodies].find(([key]) => `${stack} ${pointer}/`.startsWith(key))?.[1] ?? "";
  const unknowns = APPLIER_KINDS.flatMap((kind) => appliers.unknownsOf(kind));
  return new Map(unknowns.map((each) => [`${each.reason} ${bodyAt(each.place)}`, each]));
}

/** How many resources of a type differ that bear on no statement. */
export interface Aside {
  readonly type: string;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

export function asidesIn(rewritten: readonly Group[]): readonly Aside[] {
  const byType = groupedBy(rewritten, ({ before, after }) => (after[0] ?? before[0])?.type ?? "");
  return [...byType]
    .filter(([type]) => bearsOnNothing(type))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([type, groups]) => {
      const added = groups.filter(({ before }) => before.length === 0).length;
      const removed = groups.filter(({ after }) => after.length === 0).length;
      return { type, added, removed, changed: groups.length - added - removed };
    });
}
