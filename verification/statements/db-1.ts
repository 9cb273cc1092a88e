import type { SupabaseProject } from "../../policy/datastore";
import { NOT_APPLICABLE, type Result } from "../result";
import { held } from "./applied-state";
import { assertion, type Assertions, each } from "./assertion";
import { checkedAddresses } from "./dedicated-addresses";
import type { Scene } from "./scene";
import { exactlyTheDeclared, projectsOf, RESTRICTIONS } from "./supabase";

/** DB-1: the database (Supabase) accepts inbound traffic only from the backend's static IPs on Render. */
export const DB_1: Assertions = [
  assertion(
    "Each Supabase project admits exactly the environment's egress addresses.",
    each(projectsOf, exactlyTheDeclared),
  ),
  assertion(
    "Dedicated addresses are checked to be the environment's before a project admits them.",
    each(projectsOf, checkedBefore),
  ),
];

/** A project that admitted addresses which aren't the environment's would be open to others. */
function checkedBefore(project: SupabaseProject, scene: Scene): Result {
  const { egress } = scene.policy.databases;
  if (egress?.kind !== "dedicated" || project.lockedOut !== undefined) return NOT_APPLICABLE;
  return held(
    scene,
    [RESTRICTIONS, project.project],
    ({ resource }) => checkedAddresses(egress, scene, [resource]),
    () => NOT_APPLICABLE,
  );
}
