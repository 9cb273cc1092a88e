import type { AddressSet } from "../../../network/address-set";
import type { NamedAddresses } from "../../edge/values";
import type { EdgeZone } from "../../edge/zone";
import { namedSets } from "../explain/named-sets";
import { type App, both, type Pair } from "./app";

type Named = ReadonlyMap<string, AddressSet>;

/** The sets that people have names for, in both apps. A name that stands for two sets says which it means. */
export function namesIn(apps: Pair<App>): readonly NamedAddresses[] {
  return distinct(both(apps, ({ policies }) => new Map(namedSets(policies).map((set) => [set.name, set]))));
}

/** The same, and the lists of a zone. */
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
