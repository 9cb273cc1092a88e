import { InvalidInput } from "../../errors/invalid-input";
import { printAddress } from "../../network/address";
import { AddressSet } from "../../network/address-set";
import { nameOf } from "../../policy/datastore";
import type { Policy } from "../../policy/policy";
import { gatewayAddresses } from "../../policy/worker-egress";
import type { Applier } from "../appliers/applier";
import { type Appliers, appliersOf, ofKind } from "../appliers/appliers";
import type { ApplierKind } from "../appliers/desired-state";
import { oneOfEachFamily } from "../solver/address-axis";
import { attempt } from "../attempt";
import { firstOf } from "../collections";
import { oncePer } from "../once-per";
import { allOf, type Control, controlAt, placeAt, type Result, undecidedBy, type Unknown } from "../result";
import { mayBeSame, PLATFORM_ID } from "../terraform/identity";
import type { Scene } from "./scene";

/** The appliers of one thing of a platform, and why there may be more. */
export interface AppliedTo<Kind extends ApplierKind> {
  readonly appliers: readonly Applier<Kind>[];
  readonly unknown: readonly Unknown[];
}

/** The appliers of a thing, by its id or by the reference that the policy has for it. */
export function appliedTo<Kind extends ApplierKind>(
  { model, policies }: Scene,
  kind: Kind,
  id: string,
): AppliedTo<Kind> {
  const all = appliersOf(model);
  const nameless = undeclared(policies)(all)
    .filter(ofKind(kind))
    .filter(({ targets }) => targets.every((target) => mayBeSame(PLATFORM_ID, target, id)));
  return {
    appliers: all.ofTarget(kind, id),
    unknown: [
      ...all.unknownsOf(kind),
      ...nameless.map(({ resource, targets: [target = ""] }) => ({
        reason: `only the apply knows whether ${target} is ${id}`,
        question: "identity" as const,
        place: placeAt(resource),
      })),
    ],
  };
}

/**
 * The result for a thing that one applier has to hold.
 *
 * @param decide gives the result of the applier's state
 * @param nobody gives the result where no applier holds it
 */
export function held<Kind extends ApplierKind>(
  scene: Scene,
  [kind, id]: readonly [Kind, string],
  decide: (applier: Applier<Kind>) => Result | readonly Result[],
  nobody: () => Result,
): Result {
  const { appliers, unknown } = appliedTo(scene, kind, id);
  const [applier, ...others] = appliers;
  const open = undecidedBy([...unknown, ...others.map((other) => secondOwner(id, applier, other))]);
  if (applier === undefined) return open.verdict === "undecided" ? open : nobody();
  // The state that one of two owners applies is in force only until the other is applied.
  return allOf([...(others.length > 0 ? [] : [decide(applier)].flat()), open]);
}

function secondOwner(id: string, first: Applier | undefined, second: Applier): Unknown {
  const reason = `two resources set ${id}, and each undoes the other; the other one is ${first?.resource.address} of ${first?.resource.stack}`;
  return { reason, question: "owner", place: placeAt(second.resource) };
}

/** The appliers of things that no policy has an id for. */
const undeclared = oncePer((policies: readonly Policy[]) => {
  const declared = new Set(policies.flatMap(idsOf));
  return oncePer(({ all }: Appliers) => all.filter(({ targets }) => !targets.some((target) => declared.has(target))));
});

/** Every id that a policy has for something that is applied. */
function idsOf({ environment }: Policy): readonly string[] {
  const { egress, hosts, datastores = [], workers = [] } = environment;
  const proxied = gatewayAddresses(environment);
  return [
    ...datastores.map(nameOf),
    ...Object.values(hosts).map(({ service }) => service),
    ...workers.map(({ service }) => service),
    ...(egress?.kind === "dedicated" ? [egress.set] : []),
    ...(proxied === undefined ? [] : [proxied.set]),
  ];
}

/** The addresses that a desired state lists; undefined where an entry is none. */
export function addressesIn(name: string, entries: readonly string[]): AddressSet | undefined {
  return attempt(() => AddressSet.of(name, entries), InvalidInput);
}

/** One address of each family that a set has, with a port: those that people know as anybody's, where the set has them. */
export function endpointsOf({ ranges }: AddressSet, port: number): readonly string[] {
  return oneOfEachFamily(ranges).map((address) => {
    const text = printAddress(address);
    return address.family === 4 ? `${text}:${port}` : `[${text}]:${port}`;
  });
}

const SHOWN = 3;

/** The blocks of a set, the first few of them by name. */
export function blocksIn(set: AddressSet): string {
  return firstOf(set.cidrs(), SHOWN);
}

/** Where an applier's desired state stands. */
export function stateOf({ resource }: Applier): Control {
  return { ...controlAt(resource), pointer: `${resource.pointer}/triggers/desired_state` };
}
