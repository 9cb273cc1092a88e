import { Appliers } from "../../../appliers/appliers";
import { APPLIER_KINDS } from "../../../appliers/desired-state";
import type { Fault } from "../../../appliers/program";
import { canonicalJson } from "../../../terraform/json";
import { zoneOf } from "../../../edge/zone";
import { groupedBy, ownOf } from "../../../collections";
import { controlAt } from "../../../result";
import { influenceOf } from "../../../statements/influence";
import { isObject } from "../../../terraform/json";
import type { Model } from "../../../terraform/model";
import type { Resource } from "../../../terraform/stack";
import { nameOfValue, plain } from "../../../terraform/value";
import { type App, both, type Pair } from "../app";
import { Area, type Difference, differenceOf, Direction } from "../difference";
import { FORMS, identityOf, type Rest } from "./forms";

/** How many resources of a type differ that bear on no statement. */
export interface Aside {
  readonly type: string;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

/** What no other comparison speaks of. */
export interface Remainder {
  /** What differs and isn't understood. */
  readonly items: readonly Difference[];
  /** What differs and bears on no statement. */
  readonly asides: readonly Aside[];
  /** How many resources are written otherwise than before, whatever that means. */
  readonly rewritten: number;
}

/** What is told of elsewhere. */
interface Read {
  /** The resources of repositories. */
  readonly resources: ReadonlySet<Resource>;
  /** The names of the lists that a zone's rules know. */
  readonly lists: ReadonlySet<string>;
}

/**
 * What of the resources of two apps differs, beside what they are known to mean.
 *
 * @param read what is told of elsewhere
 */
export function remainderOf(apps: Pair<App>, read: Read): Remainder {
  const { before, after } = both(apps, ({ model }) => byIdentity(model));
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  const differing = keys
    .map((key) => ({ before: before.get(key) ?? [], after: after.get(key) ?? [] }))
    .filter((pair) => writtenIn(pair.before) !== writtenIn(pair.after));
  return {
    items: [...differing.flatMap((pair) => notUnderstood(pair, read)), ...faultItems(apps)],
    asides: asidesOf(differing.filter((pair) => bearsOnNothing(typeIn(pair)))),
    rewritten: differing.length,
  };
}

type Group = Pair<readonly Resource[]>;

function byIdentity(model: Model): ReadonlyMap<string, readonly Resource[]> {
  return groupedBy(model.resources, (resource) => `${resource.type} ${identityOf(resource)}`);
}

const writtenIn = (resources: readonly Resource[]): string => resources.map(writtenAs).sort().join("\n");

function writtenAs({ body: { "//": _, ...body } }: Resource): string {
  return canonicalJson(body);
}

const typeIn = ({ before, after }: Group): string => (after[0] ?? before[0])?.type ?? "";

/** Whether a type opens nothing, whatever its attributes are, or is outside the model. */
function bearsOnNothing(type: string): boolean {
  const influence = influenceOf(type);
  return influence === undefined || influence.standing === "harmless";
}

function notUnderstood(pair: Group, read: Read): readonly Difference[] {
  const type = typeIn(pair);
  if (bearsOnNothing(type)) return [];
  const rests = both<readonly Resource[], readonly Rest[]>(pair, (all) => restsOf(all, read));
  if (textIn(rests.before) === textIn(rests.after)) return [];
  const resource = pair.after[0] ?? pair.before[0];
  if (resource === undefined) return [];
  const [earlier, later] = [pair.before[0], pair.after[0]];
  return [
    differenceOf({
      direction: Direction.UNDECIDED,
      area: Area.UNKNOWN,
      environments: [resource.stack],
      what: `${resource.address}: not understood, and differs`,
      by: {
        ...(earlier === undefined ? {} : { before: controlAt(earlier) }),
        ...(later === undefined ? {} : { after: controlAt(later) }),
      },
      notes: [`what isn't modelled of it: ${differingIn(rests).join(", ")}`],
      subject: { of: resource.address, parts: [] },
    }),
  ];
}

/** Of what has two owners, or isn't found where it would be read, nothing is told elsewhere. */
function restsOf(resources: readonly Resource[], read: Read): readonly Rest[] {
  return resources.map((resource) => {
    return !isLost(resource, read)
      ? restOf(resource)
      : { ...(plain(resource.attributes) as Rest), ...restOf(resource) };
  });
}

/** Whether nobody reads a resource, since it is unknown what it belongs to. */
function isLost(resource: Resource, read: Read): boolean {
  const { type, attributes } = resource;
  if (type === "cloudflare_list") return !read.lists.has(nameOfValue(attributes["name"]));
  if (ownOf(FORMS, type)?.identity.includes("zone_id") === true) return zoneOf(resource) === "";
  return ownOf(FORMS, type)?.identity.includes("repository") === true && !read.resources.has(resource);
}

/** A resource of which everything is told elsewhere has no rest, whether it is there or not. */
function textIn(rests: readonly Rest[]): string {
  return rests
    .map(canonicalJson)
    .filter((rest) => rest !== "{}")
    .sort()
    .join("\n");
}

/** The names of what differs and isn't told elsewhere. */
function differingIn({ before, after }: Pair<readonly Rest[]>): readonly string[] {
  const names = new Set([...before, ...after].flatMap((rest) => Object.keys(rest)));
  const valuesOf = (all: readonly Rest[], name: string): string =>
    all
      .map((rest) => canonicalJson(rest[name] ?? null))
      .sort()
      .join();
  return [...names].filter((name) => valuesOf(before, name) !== valuesOf(after, name));
}

/** What stands in a resource for Terraform and is told elsewhere: the proof judges the order. */
const ORDER: ReadonlySet<string> = new Set(["//", "depends_on"]);
const META: readonly string[] = ["count", "for_each", "provider", "connection"];
/** What of a lifecycle only lets the apply fail, or says how a resource is replaced. */
const LIFECYCLE: ReadonlySet<string> = new Set([
  ...["precondition", "postcondition", "prevent_destroy", "create_before_destroy", "replace_triggered_by"],
]);

/** The types whose provisioners are read where appliers are. */
const RUNS: ReadonlySet<string> = new Set(["null_resource", "terraform_data"]);

function restOf({ type, body, attributes }: Resource): Rest {
  const { told = [], rest } = ownOf(FORMS, type) ?? {};
  const open = Object.entries(attributes).filter(([name, value]) => !told.includes(name) && value !== null);
  const meta = META.filter((name) => name in body && !ORDER.has(name)).map((name) => [name, body[name]] as const);
  const lifecycle = Object.entries(isObject(body["lifecycle"]) ? body["lifecycle"] : {}).filter(
    ([name]) => !LIFECYCLE.has(name),
  );
  return {
    ...Object.fromEntries(open.map(([name, value]) => [name, plain(value)])),
    ...rest?.(attributes),
    ...Object.fromEntries(meta),
    ...Object.fromEntries(lifecycle.map(([name, value]) => [`lifecycle.${name}`, value])),
    ...(!RUNS.has(type) && "provisioner" in body ? { provisioner: body["provisioner"] } : {}),
  };
}

/** Programs that nobody here knows, where they or what they are told differ. */
function faultItems(apps: Pair<App>): readonly Difference[] {
  const { before, after } = both(apps, ({ model }) => faultsIn(model));
  const [one, other] = [before, after].map((faults) => [...faults.keys()].sort().join("\n"));
  if (one === other) return [];
  return [...after, ...before]
    .filter(([key]) => before.has(key) !== after.has(key))
    .map(([, { reason, place }]) =>
      differenceOf({
        ...{ direction: Direction.UNDECIDED, area: Area.UNKNOWN, environments: [place.stack] },
        what: "a program that the apply runs: not understood, and differs",
        by: { after: { name: place.path ?? place.pointer, ...place } },
        notes: [reason],
        subject: { of: place.stack, parts: [] },
      }),
    );
}

/** Why nobody here can say all that the apply runs, each with what the JSON says there. */
export function faultsIn(model: Model): ReadonlyMap<string, Fault> {
  const appliers = Appliers.of(model);
  const faults = APPLIER_KINDS.flatMap((kind) => appliers.faultsOf(kind));
  const bodies = new Map(model.resources.map((each) => [`${each.stack} ${each.pointer}`, writtenAs(each)]));
  const bodyAt = ({ stack, pointer }: Fault["place"]): string =>
    [...bodies].find(([key]) => `${stack} ${pointer}/`.startsWith(`${key}/`))?.[1] ?? "";
  return new Map(faults.map((fault) => [`${fault.reason} ${bodyAt(fault.place)}`, fault]));
}

function asidesOf(groups: readonly Group[]): readonly Aside[] {
  const types = [...new Set(groups.map(typeIn))].sort();
  return types.map((type) => {
    const own = groups.filter((group) => typeIn(group) === type);
    return {
      type,
      added: own.filter(({ before }) => before.length === 0).length,
      removed: own.filter(({ after }) => after.length === 0).length,
      changed: own.filter(({ before, after }) => before.length > 0 && after.length > 0).length,
    };
  });
}
