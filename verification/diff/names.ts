import type { AddressSet } from "../../network/address-set";
import type { NamedAddresses } from "../diagram/values";
import { namedSets } from "../explain/named-sets";
import type { EdgeZone } from "../model/edge-zone";
import type { App, Pair } from "./app";

/** The sets that people have names for, in both apps. A name that stands for two sets says which it means. */
export function namesIn({ before, after }: Pair<App>, zones?: Partial<Pair<EdgeZone>>): readonly NamedAddresses[] {
  const own = new Map(namedSets(before.policies, zones?.before).map((set) => [set.name, set]));
  const others = new Map(namedSets(after.policies, zones?.after).map((set) => [set.name, set]));
  const isShared = (name: string): boolean => {
    const [one, other] = [own.get(name), others.get(name)];
    return one === undefined || other === undefined || one.equals(other);
  };
  const named = (all: ReadonlyMap<string, AddressSet>, when: string) =>
    [...all].map(([name, addresses]) => ({ name: isShared(name) ? name : `${name} ${when}`, addresses }));
  const all = [...named(others, "(after)"), ...named(own, "(before)")];
  return [...new Map(all.map((each) => [each.name, each])).values()];
}
