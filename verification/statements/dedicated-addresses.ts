import { AddressSet } from "../../network/address-set";
import type { DedicatedAddresses } from "../../policy/egress-addresses";
import type { Applier } from "../appliers/applier";
import type { Resource } from "../terraform/stack";
import { allOf, asserted, controlAt, type Result, undecided, undecidedBy, violated } from "../result";
import type { Scene } from "./scene";
import { addressesIn, appliedTo, stateOf } from "./applied-state";

const KIND = "render-dedicated-addresses";

/**
 * An applier checks that a set of dedicated addresses is running and is exactly the declared one, before anything relies
 * on it. Checking writes nothing, so more than one may check the same set.
 *
 * @param before the resource that relies on it
 */
export function checkedAddresses(dedicated: DedicatedAddresses, scene: Scene, before: readonly Resource[]): Result {
  const { set } = dedicated;
  const { appliers, unknown } = appliedTo(scene, KIND, set);
  const open = undecidedBy(unknown);
  if (appliers.length === 0) return open.verdict === "undecided" ? open : unchecked(dedicated);
  const parts = appliers.map((applier) => declaredAddresses(dedicated, applier));
  const late = before.find((resource) => !appliers.some((applier) => scene.model.isAfter(resource, applier.resource)));
  return allOf([...parts, ...(late === undefined ? [] : [lateCheck(dedicated, late)]), open]);
}

function declaredAddresses({ set, addresses }: DedicatedAddresses, applier: Applier<typeof KIND>): Result {
  const { ips } = applier.state;
  const checked = addressesIn(set, ips);
  if (checked === undefined) return undecided(`what ${set} has to be isn't understood`, stateOf(applier));
  const declared = AddressSet.of(set, addresses);
  if (checked.equals(declared)) return asserted([controlAt(applier.resource)]);
  return violated({
    counterexample: [...outside(declared, ips), ...outside(checked, addresses)],
    wrong: `differs: ${set} is checked to be ${ips.join(", ")}, and is declared as ${addresses.join(", ")}`,
    by: stateOf(applier),
    change: `check that ${set} has the declared addresses, or declare the others`,
  });
}

const outside = (set: AddressSet, addresses: readonly string[]): readonly string[] =>
  addresses.filter((address) => !AddressSet.of(address, [address]).isSubsetOf(set));

function unchecked({ set, addresses }: DedicatedAddresses): Result {
  return violated({
    counterexample: addresses,
    wrong: `may be somebody else's: nothing checks that ${set} has them`,
    change: `apply ${KIND} to ${set}, before anything relies on its addresses`,
  });
}

function lateCheck({ set, addresses }: DedicatedAddresses, late: Resource): Result {
  return violated({
    counterexample: addresses,
    wrong: `may be somebody else's when ${late.address} is applied: that ${set} has them may be checked later`,
    by: controlAt(late),
    change: `let ${late.address} depend on what checks ${set}`,
  });
}
