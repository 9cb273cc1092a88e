import { type Problem, shown } from "../../errors/invalid-input";
import { AddressSet } from "../../network/address-set";
import { tenancies } from "../environment";
import type { Webhook } from "../webhook";
import { type CoherenceRule, duplicates, type Placed, placed } from "./coherence-rule";

/**
 * The guards of one zone don't contradict each other: they look at the path only, whatever the host, and match it
 * anywhere in the path, so a path that contains another one must have the same sender.
 */
export const webhooks: CoherenceRule = (environments) => [
  ...environments.flatMap((environment) =>
    duplicates(hooks([environment]), ({ path }) => path, "each path once in an environment"),
  ),
  ...tenancies(environments).flatMap(({ tenants }) => pairs(hooks(tenants)).flatMap(contradiction)),
];

const hooks = (environments: Parameters<CoherenceRule>[0]) =>
  placed(environments, "webhooks", ({ webhooks }) => webhooks);

function contradiction([one, other]: readonly [Placed<Webhook>, Placed<Webhook>]): readonly Problem[] {
  const same = addresses(one).equals(addresses(other));
  const named = one.value.sender.name === other.value.sender.name;
  const within = one.value.path.includes(other.value.path) || other.value.path.includes(one.value.path);
  if (named && !same) {
    return [
      {
        at: `${other.at}.sender.addresses`,
        got: `other addresses for ${shown(other.value.sender.name)} than ${one.at} has`,
        allowed: "one set of addresses for one sender's name in a zone",
        change: "give the second set a name of its own, or the same addresses",
      },
    ];
  }
  return within && !same
    ? [
        {
          at: `${other.at}.path`,
          got: `${shown(other.value.path)}, which overlaps with ${shown(one.value.path)} of ${one.at} and has another sender`,
          allowed: "paths of one zone that don't contain each other, unless they have the same sender",
          change: "choose paths of which none is part of the other",
        },
      ]
    : [];
}

function addresses({ value }: Placed<Webhook>): AddressSet {
  return AddressSet.of(value.sender.name, value.sender.addresses);
}

function pairs<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.flatMap((one, index) => items.slice(index + 1).map((other) => [one, other] as const));
}
