import { AddressSet } from "../../network/address-set";
import { Port } from "../../network/ports";
import type { SupabaseProject } from "../../policy/datastore";
import type { Applier } from "../appliers/applier";
import { type Acceptance, asserted, controlAt, NOT_APPLICABLE, type Result, undecided, violated } from "../result";
import { addressesIn, blocksIn, endpointsOf, held, nothingCloses, stateOf } from "./applied-state";
import type { Scene } from "./scene";

export const RESTRICTIONS = "supabase-network-restrictions";

export function projectsOf({ policy }: Scene): readonly SupabaseProject[] {
  const { datastores = [] } = policy.databases;
  return datastores.filter((datastore) => datastore.kind === "supabase");
}

/** No address beside the declared ones reaches a project. */
export function noOtherAddresses(project: SupabaseProject, scene: Scene): Result {
  return restricted(project, scene, (sets) => [others(sets)]);
}

/** The declared addresses reach a project, and no others do. */
export function exactlyTheDeclared(project: SupabaseProject, scene: Scene): Result {
  return restricted(project, scene, (sets) => [others(sets), missing(sets)]);
}

/** Who may reach a project, and who should. */
interface Sets {
  readonly project: string;
  readonly admitted: AddressSet;
  readonly declared: AddressSet;
  readonly applier: Applier<typeof RESTRICTIONS>;
}

function restricted(project: SupabaseProject, scene: Scene, decide: (sets: Sets) => readonly Result[]): Result {
  const { project: name } = project;
  return held(
    scene,
    [RESTRICTIONS, name],
    (applier) => {
      const { dbAllowedCidrs, dbAllowedCidrsV6 } = applier.state;
      const admitted = addressesIn(name, [...dbAllowedCidrs, ...dbAllowedCidrsV6]);
      if (admitted === undefined) return undecided(`whom ${name} admits isn't understood`, stateOf(applier));
      return [
        ...decide({ project: name, admitted, declared: declaredFor(project, scene), applier }),
        asserted([controlAt(applier.resource)], { accepted: acceptedFor(project, scene) }),
      ];
    },
    () => nothingCloses(name, Port.POSTGRES, RESTRICTIONS),
  );
}

/** The addresses that the policy lets reach a project. */
function declaredFor({ lockedOut }: SupabaseProject, { policy }: Scene): AddressSet {
  const { egress, name } = policy.databases;
  const isLocked = lockedOut !== undefined || egress === undefined;
  return AddressSet.of(`egress of ${name}`, isLocked ? [] : egress.addresses);
}

/** What the environment decided about whom a project admits. */
function acceptedFor({ project, lockedOut, wideBlocks }: SupabaseProject, { policy }: Scene): readonly Acceptance[] {
  const { egress } = policy.databases;
  if (lockedOut !== undefined) return [{ what: `${project} admits nobody`, reason: lockedOut }];
  return [
    ...(egress?.kind === "shared"
      ? [{ what: `${project} admits a region's ranges, and with them other tenants of Render`, reason: egress.reason }]
      : []),
    ...(wideBlocks === undefined ? [] : [{ what: `${project} admits wide blocks`, reason: wideBlocks }]),
  ];
}

function others({ project, admitted, declared, applier }: Sets): Result {
  const surplus = admitted.difference(declared);
  if (surplus.isEmpty) return NOT_APPLICABLE;
  return violated({
    counterexample: endpointsOf(surplus, Port.POSTGRES),
    wrong: `reaches ${project}, whose list admits ${blocksIn(surplus)} beside the declared addresses`,
    by: stateOf(applier),
    change: `take ${blocksIn(surplus)} from the list, or declare it as egress of the environment`,
  });
}

function missing({ project, admitted, declared, applier }: Sets): Result {
  const lost = declared.difference(admitted);
  if (lost.isEmpty) return NOT_APPLICABLE;
  return violated({
    counterexample: endpointsOf(lost, Port.POSTGRES),
    wrong: `is the backend's, and can't reach ${project}`,
    by: stateOf(applier),
    change: `add ${blocksIn(lost)} to the list, or take it from the environment's egress`,
  });
}
