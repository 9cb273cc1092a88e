import { HostNotation } from "../../network/host-notation";
import type { SupabaseProject } from "../../policy/datastore";
import { type EgressAddresses, egressBlocks } from "../../policy/egress-addresses";
import type { AppliedStateProps } from "../applied-state/applied-state";
import { ApplierKind } from "../applied-state/applier";

/**
 * DB-1, PORTS-3: a project's Postgres and pooler admit exactly the environment's egress addresses.
 *
 * Both families are always sent: the platform replaces the whole list, and an empty one admits nobody of its family.
 *
 * @see https://supabase.com/docs/guides/platform/network-restrictions
 */
export function supabase({ project, lockedOut }: SupabaseProject, egress?: EgressAddresses): AppliedStateProps {
  const locked = lockedOut !== undefined || egress === undefined;
  const blocks = locked ? [] : egressBlocks(egress, HostNotation.SUPABASE);
  return {
    kind: ApplierKind.SUPABASE_NETWORK_RESTRICTIONS,
    target: project,
    desiredState: {
      projectRef: project,
      dbAllowedCidrs: blocks.filter((block) => !isIpv6(block)),
      dbAllowedCidrsV6: blocks.filter(isIpv6),
    },
  };
}

function isIpv6(block: string): boolean {
  return block.includes(":");
}
