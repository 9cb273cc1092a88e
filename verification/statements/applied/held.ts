import type { Policy } from "../../../policy/policy";
import { gatewayAddresses } from "../../../policy/worker-egress";
import { nameOf } from "../../../policy/datastore";
import type { Applier } from "../../appliers/applier";
import { type Appliers, appliersOf, isOfKind } from "../../appliers/appliers";
import type { ApplierKind } from "../../appliers/desired-state";
import { isKnownId } from "../../terraform/identity";
import { oncePer } from "../../once-per";
import { allOf, type Result, controlAt, type Unknown, undecidedBy } from "../../result";
import type { Scene } from "../scene";

/** What is applied to one thing of a platform, and why that may not be all. */
export interface AppliedTo<Kind extends ApplierKind> {
  readonly appliers: readonly Applier<Kind>[];
  readonly doubts: readonly Unknown[];
}

/** What is applied to a thing by its id, or by the reference that the policy has for it. */
export function appliedTo<Kind extends ApplierKind>(
  { model, policies }: Scene,
  kind: Kind,
  id: string,
): AppliedTo<Kind> {
  const all = appliersOf(model);
  const nameless = undeclared(policies)(all)
    .filter(isOfKind(kind))
    .filter(({ targets }) => !isKnownId(id) || !targets.some(isKnownId));
  return {
    appliers: all.ofTarget(kind, id),
    doubts: [
      ...all.unknownsOf(kind),
      ...nameless.map(({ resource, targets: [target = ""] }) => ({
        reason: `only the apply knows whether ${target} is ${id}`,
        place: controlAt(resource),
      })),
    ],
  };
}

/**
 * What is known of a thing that one applier has to hold.
 *
 * @param decide what the applier's state means
 * @param nobody what it means that nothing holds the thing
 */
export function held<Kind extends ApplierKind>(
  scene: Scene,
  [kind, id]: readonly [Kind, string],
  decide: (applier: Applier<Kind>) => Result | readonly Result[],
  nobody: () => Result,
): Result {
  const { appliers, doubts } = appliedTo(scene, kind, id);
  const [applier, ...others] = appliers;
  const all = [...doubts, ...others.map((other) => secondOwner(id, applier, other))];
  const open = all.length > 0 ? [undecidedBy(all)] : [];
  if (applier === undefined) return open[0] ?? nobody();
  // What one of two owners applies is in force only until the other is applied.
  return allOf([...(others.length > 0 ? [] : [decide(applier)].flat()), ...open]);
}

function secondOwner(id: string, first: Applier | undefined, second: Applier): Unknown {
  const reason = `two owners take turns with ${id}: the other is ${first?.resource.address} of ${first?.resource.stack}`;
  return { reason, place: controlAt(second.resource) };
}

/** What is applied to something that no policy has an id for. */
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
