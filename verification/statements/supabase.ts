import { AddressSet } from "../../network/address-set";
import { Port } from "../../network/ports";
import type { SupabaseProject } from "../../policy/datastore";
import type { Acceptance, Result } from "../result";
import { type AllowList, listHolds } from "./allow-list";
import type { Scene } from "./scene";

export const RESTRICTIONS = "supabase-network-restrictions";

export function projectsOf({ policy }: Scene): readonly SupabaseProject[] {
  const { datastores = [] } = policy.databases;
  return datastores.filter((datastore) => datastore.kind === "supabase");
}

/** No address beside the declared ones reaches a project. */
export function noOtherAddresses(project: SupabaseProject, scene: Scene): Result {
  return listHolds(restrictionsOf(project, scene), scene);
}

/** The declared addresses reach a project, and no others do. */
export function exactlyTheDeclared(project: SupabaseProject, scene: Scene): Result {
  const missing = (blocks: string) => ({
    wrong: `is the backend's, and can't reach ${project.project}`,
    change: `add ${blocks} to the list, or take it from the environment's egress`,
  });
  return listHolds({ ...restrictionsOf(project, scene), missing }, scene);
}

function restrictionsOf(project: SupabaseProject, { policy }: Scene): AllowList {
  const { egress, name } = policy.databases;
  const isLocked = project.lockedOut !== undefined || egress === undefined;
  return {
    ...{ kind: RESTRICTIONS, id: project.project, port: Port.POSTGRES },
    declared: AddressSet.of(`egress of ${name}`, isLocked ? [] : egress.addresses),
    unheld: "nothing in the JSON closes it",
    surplus: (blocks) => ({
      wrong: `reaches ${project.project}, whose list admits ${blocks} beside the declared addresses`,
      change: `take ${blocks} from the list, or declare it as egress of the environment`,
    }),
    accepted: acceptedFor(project, policy.databases),
  };
}

/** The environment's decisions about the clients that a project admits. */
function acceptedFor(
  { project, lockedOut, wideBlocks }: SupabaseProject,
  { egress }: Scene["policy"]["databases"],
): readonly Acceptance[] {
  if (lockedOut !== undefined) return [{ what: `${project} admits nobody`, reason: lockedOut }];
  return [
    ...(egress?.kind === "shared"
      ? [{ what: `${project} admits a region's ranges, and with them other tenants of Render`, reason: egress.reason }]
      : []),
    ...(wideBlocks === undefined ? [] : [{ what: `${project} admits wide blocks`, reason: wideBlocks }]),
  ];
}
