import type { AddressSet } from "../../../network/address-set";
import { distinctBy } from "../../collections";
import type { EdgeZone } from "../../edge/zone";
import { type Subject, subjectOf } from "../../github/subject";
import { type Scene, scenesOf } from "../../statements/scene";
import { FULL_NAME } from "../../terraform/identity";
import { isObject, membersOf } from "../../terraform/json";
import type { Resource, Stack } from "../../terraform/stack";
import { namedSets } from "../explain/named-sets";
import { type App, both, type Pair } from "../app";
import { type Group, rewrittenIn } from "./forms";
import { type EdgePair, edgePairs } from "./edges";

/** Two apps as they are compared: what several kinds of things need of them is read once. */
export interface Sides extends Pair<App> {
  readonly scenes: Pair<readonly Scene[]>;
  readonly zones: readonly EdgePair[];
  readonly repositories: Pair<readonly Subject[]>;
  /** The resources that are written otherwise, with or without an effect. */
  readonly rewritten: readonly Group[];
  /** The sets that people have names for. A name that stands for two sets says which it means. */
  readonly names: readonly AddressSet[];
}

export function sidesOf(apps: Pair<App>): Sides {
  const scenes = both(apps, ({ model, policies }) => scenesOf(model, policies));
  return {
    ...{ ...apps, scenes, zones: edgePairs(apps, scenes), repositories: both(apps, repositoriesOf) },
    rewritten: rewrittenIn(apps),
    names: distinct(both(apps, ({ policies }) => namedSets(policies))),
  };
}

/** The names, and those of the lists of a zone. */
export function withLists(names: readonly AddressSet[], zones: Pair<EdgeZone | undefined>): readonly AddressSet[] {
  const listsOf = (zone: EdgeZone | undefined): readonly AddressSet[] =>
    [...(zone?.lists ?? [])].map(([name, list]) => list.named(`the list $${name}`));
  return [...names, ...distinct(both(zones, listsOf))];
}

function distinct({ before, after }: Pair<readonly AddressSet[]>): readonly AddressSet[] {
  const told = (own: readonly AddressSet[], others: readonly AddressSet[], when: string): readonly AddressSet[] =>
    own.map((set) => {
      const isOther = others.some((other) => other.name === set.name && !other.equals(set));
      return isOther ? set.named(`${set.name} (${when})`) : set;
    });
  const all = [...told(after, before, "after"), ...told(before, after, "before")];
  return distinctBy(all, ({ name }) => name);
}

/** Every repository that the stacks of an app write, or that its policies name. */
function repositoriesOf({ model, policies }: App): readonly Subject[] {
  const promised = policies.flatMap(({ name, environment: { repositories = [] } }) =>
    repositories.map((promise) => ({ environment: name, promise })),
  );
  const named = new Set(promised.map(({ promise }) => keyOf(promise)));
  const written = model.stacks
    .flatMap((stack) => fullNames(stack).map((name) => ({ environment: stack.name, promise: unnamed(name) })))
    .filter(({ promise }) => !named.has(keyOf(promise)));
  const all = [...promised, ...distinctBy(written, (each) => keyOf(each.promise))];
  return all
    .map(({ environment, promise }) => subjectOf(model, environment, promise))
    .filter((subject) => resourcesOf(subject).length > 0);
}

/** A repository by its full name, as GitHub compares it. */
export const keyOf = ({ name }: { readonly name: string }): string => FULL_NAME(name) ?? name;

/** A repository of which no policy says anything. */
const unnamed = (name: string): Subject["promise"] => ({ name, manifests: [] }) as unknown as Subject["promise"];

/** The resources that are read as parts of a repository. */
export function resourcesOf({ written }: Subject): readonly Resource[] {
  const { files, alerts, securityUpdates, rulesets } = written;
  return [...files.map(({ resource }) => resource), ...alerts, ...securityUpdates, ...rulesets];
}

function fullNames({ json, resources }: Stack): readonly string[] {
  const providers = membersOf(json["provider"]);
  const owners = [providers["github"] ?? []].flat().flatMap((each: unknown) => (isObject(each) ? each["owner"] : []));
  const own = resources
    .filter(({ type }) => type.startsWith("github_"))
    .map(({ attributes }) => attributes["repository"]);
  const names = [...new Set(own)].filter((name) => typeof name === "string");
  return owners
    .filter((owner) => typeof owner === "string")
    .flatMap((owner) => names.map((name) => `${owner}/${name}`));
}
