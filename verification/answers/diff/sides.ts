import type { AddressSet } from "../../../network/address-set";
import type { NamedAddresses } from "../../edge/values";
import type { EdgeZone } from "../../edge/zone";
import type { Subject } from "../../github/subject";
import { type Scene, scenesOf } from "../../statements/scene";
import { namedSets } from "../explain/named-sets";
import { type App, both, type Pair } from "./app";
import { type Group, rewrittenIn } from "./remainder";
import { repositoriesOf } from "./repositories";
import { type EdgePair, edgePairs } from "./requests/edges";

/** Two apps as they are compared: what several kinds of things need of them is read once. */
export interface Sides extends Pair<App> {
  readonly scenes: Pair<readonly Scene[]>;
  readonly zones: readonly EdgePair[];
  readonly repositories: Pair<readonly Subject[]>;
  /** The resources that are written otherwise, whatever that means. */
  readonly rewritten: readonly Group[];
  /** The sets that people have names for. A name that stands for two sets says which it means. */
  readonly names: readonly NamedAddresses[];
}

export function sidesOf(apps: Pair<App>): Sides {
  const scenes = both(apps, ({ model, policies }) => scenesOf(model, policies));
  return {
    ...{ ...apps, scenes, zones: edgePairs(apps, scenes), repositories: both(apps, repositoriesOf) },
    rewritten: rewrittenIn(apps),
    names: distinct(both(apps, ({ policies }) => new Map(namedSets(policies).map((set) => [set.name, set])))),
  };
}

type Named = ReadonlyMap<string, AddressSet>;

/** The names, and those of the lists of a zone. */
export function withLists(names: readonly NamedAddresses[], zones: Partial<Pair<EdgeZone>>): readonly NamedAddresses[] {
  const listsOf = (zone: EdgeZone | undefined): Named =>
    new Map([...(zone?.lists ?? [])].map(([name, list]) => [`the list $${name}`, list]));
  return [...names, ...distinct({ before: listsOf(zones.before), after: listsOf(zones.after) })];
}

function distinct({ before, after }: Pair<Named>): readonly NamedAddresses[] {
  const isShared = (name: string): boolean => {
    const [one, other] = [before.get(name), after.get(name)];
    return one === undefined || other === undefined || one.equals(other);
  };
  const named = (all: Named, when: string): readonly NamedAddresses[] =>
    [...all].map(([name, addresses]) => ({ name: isShared(name) ? name : `${name} (${when})`, addresses }));
  const all = [...named(after, "after"), ...named(before, "before")];
  return [...new Map(all.map((each) => [each.name, each])).values()];
}
