import { AddressSet } from "../../../network/address-set";
import { Port } from "../../../network/ports";
import type { SupabaseProject } from "../../../policy/datastore";
import { Strength } from "../../../policy/statements";
import type { Applier } from "../../appliers/applier";
import { type Acceptance, type Result, controlAt, NOT_APPLICABLE, proven, undecided, violated } from "../../result";
import type { Scene } from "../scene";
import { always, exactly, only, type Propositions } from "../vocabulary";
import { addressesIn, blocksIn, endpointsOf, stateOf } from "./addresses";
import { checkedAddresses } from "./dedicated-addresses";
import { closedAtTheEdge } from "./edge-ports";
import { held } from "./held";

/**
 * PORTS-3: Postgres and its pooler are closed to everybody but the environment's own egress addresses. Supabase restricts
 * 5432 and 6543 together.
 *
 * @see https://supabase.com/docs/guides/platform/network-restrictions
 */
export const PORTS_3: Propositions = [
  only("the environment's egress addresses reach Postgres and its pooler", (scene) =>
    projectsOf(scene).map((project) => restricted(project, scene, (sets) => [noOtherAddresses(project, sets)])),
  ),
  closedAtTheEdge(Port.POSTGRES, Port.POSTGRES_POOLER),
];

/** DB-1: a project admits the backend's static addresses, all of them and no others. */
export const DB_1: Propositions = [
  exactly("the environment's egress addresses reach each Supabase project", (scene) =>
    projectsOf(scene).map((project) =>
      restricted(project, scene, (sets) => [noOtherAddresses(project, sets), allAddresses(project, sets)]),
    ),
  ),
  always(
    "that dedicated addresses are checked to be the environment's, before a project admits them",
    projectsOf,
    rests,
  ),
];

function projectsOf({ policy }: Scene): readonly SupabaseProject[] {
  const { datastores = [] } = policy.databases;
  return datastores.filter((datastore) => datastore.kind === "supabase");
}

/** Who may reach a project, and who should. */
interface Sets {
  readonly admitted: AddressSet;
  readonly declared: AddressSet;
  readonly applier: Applier<"supabase-network-restrictions">;
}

const KIND = "supabase-network-restrictions";

function restricted(project: SupabaseProject, scene: Scene, decide: (sets: Sets) => readonly Result[]): Result {
  const declared = declaredFor(project, scene);
  return held(
    scene,
    [KIND, project.project],
    (applier) => {
      const { dbAllowedCidrs, dbAllowedCidrsV6 } = applier.state;
      const admitted = addressesIn(project.project, [...dbAllowedCidrs, ...dbAllowedCidrsV6]);
      if (admitted === undefined) return undecided(`whom ${project.project} admits isn't understood`, stateOf(applier));
      return [
        ...decide({ admitted, declared, applier }),
        proven(Strength.ASSERTED, [controlAt(applier.resource)], { accepted: acceptedFor(project, scene) }),
      ];
    },
    () => nothingCloses(project.project, Port.POSTGRES, KIND),
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

function noOtherAddresses({ project }: SupabaseProject, { admitted, declared, applier }: Sets): Result {
  const others = admitted.difference(declared);
  if (others.isEmpty) return NOT_APPLICABLE;
  return violated({
    counterexample: endpointsOf(others, Port.POSTGRES),
    wrong: `reaches ${project}, whose list admits ${blocksIn(others)} beside the declared addresses`,
    by: stateOf(applier),
    change: `take ${blocksIn(others)} from the list, or declare it as egress of the environment`,
  });
}

function allAddresses({ project }: SupabaseProject, { admitted, declared, applier }: Sets): Result {
  const missing = declared.difference(admitted);
  if (missing.isEmpty) return NOT_APPLICABLE;
  return violated({
    counterexample: endpointsOf(missing, Port.POSTGRES),
    wrong: `is the backend's, and can't reach ${project}`,
    by: stateOf(applier),
    change: `add ${blocksIn(missing)} to the list, or take it from the environment's egress`,
  });
}

/** A project that admitted addresses which aren't the environment's would be open to others. */
function rests(project: SupabaseProject, scene: Scene): Result {
  const { egress } = scene.policy.databases;
  if (egress?.kind !== "dedicated" || project.lockedOut !== undefined) return NOT_APPLICABLE;
  return held(
    scene,
    [KIND, project.project],
    ({ resource }) => checkedAddresses(egress, scene, [resource]),
    () => NOT_APPLICABLE,
  );
}

/** What it means that no applier holds a datastore. */
export function nothingCloses(name: string, port: Port, kind: string): Result {
  return violated({
    counterexample: [`0.0.0.0/0 may reach ${name}:${port}`],
    wrong: "nothing in the JSON closes it",
    change: `apply ${kind} to ${name}`,
  });
}
