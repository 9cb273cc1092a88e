import type { Resource } from "@cdktf/provider-null/lib/resource";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { InvalidInput } from "../../errors/invalid-input";
import { HostNotation } from "../../network/host-notation";
import { type Datastore, nameOf, type RenderKeyValue, type SupabaseProject } from "../../policy/datastore";
import { type EgressAddresses, egressBlocks } from "../../policy/egress-addresses";
import { type DatabasesPolicy, databasesPolicyProblems } from "../../policy/slices";
import { AppliedState, type AppliedStateProps, ApplierKind, dedicatedAddresses } from "../applied-state";
import { Claim, Claims } from "../claims";
import { warnUnlessProven } from "../unproven";

/** The slice of a policy that says who may reach the datastores: `policy.databases`. */
export type DbNetworkRestrictionProps = DatabasesPolicy;

/**
 * The networks from which an environment's datastores may be reached: PORTS-3, PORTS-4 and DB-1.
 *
 * It needs a null provider in the stack and creates none. When it is destroyed, the restrictions stay.
 */
export class DbNetworkRestriction extends Construct {
  /**
   * @throws {InvalidInput} naming every problem with the props, or every datastore that another construct of the app owns
   */
  public constructor(scope: Construct, id: string, props: DbNetworkRestrictionProps) {
    super(scope, id);
    InvalidInput.throwIfAny(this.node.path, databasesPolicyProblems(props));
    const { name, egress, datastores = [] } = props;
    warnUnlessProven(this);
    Claims.of(this).take(
      this,
      datastores.map((datastore) => Claim.datastore(nameOf(datastore))),
    );
    const needsAddresses = egress?.kind === "dedicated" && datastores.some(({ kind }) => kind === "supabase");
    // A database that admitted addresses which aren't the environment's would be open to others and closed to it.
    const addresses = needsAddresses
      ? [new AppliedState(this, "EgressAddresses", dedicatedAddresses(egress)).resource]
      : [];
    for (const datastore of datastores) {
      new AppliedState(this, nameOf(datastore), stateOf(datastore, { egress, addresses }));
    }
    for (const reason of reasons(props)) Annotations.of(this).addWarning(`DB-1 of ${name}: ${reason}`);
  }
}

/** One more kind of datastore is one more case and one more function. */
function stateOf(
  datastore: Datastore,
  { egress, addresses }: { readonly egress: EgressAddresses | undefined; readonly addresses: readonly Resource[] },
): AppliedStateProps {
  switch (datastore.kind) {
    case "supabase":
      return { ...supabaseState(datastore, egress), dependsOn: addresses };
    case "render-key-value":
      return keyValueState(datastore);
  }
}

/** The exceptions to DB-1 that an auditor has to know. */
function reasons({ egress, datastores = [] }: DatabasesPolicy): readonly string[] {
  const projects = datastores.filter((datastore) => datastore.kind === "supabase");
  return [
    ...(egress?.kind === "shared" && projects.length > 0
      ? [`its addresses are a region's ranges, which admit other tenants of Render: ${egress.reason}`]
      : []),
    ...projects.flatMap(({ project, wideBlocks }) =>
      wideBlocks === undefined ? [] : [`${project} admits wide blocks: ${wideBlocks}`],
    ),
    ...projects.flatMap(({ project, lockedOut }) =>
      lockedOut === undefined ? [] : [`${project} admits nobody: ${lockedOut}`],
    ),
  ];
}

/**
 * DB-1, PORTS-3: a project's Postgres and pooler admit exactly the environment's egress addresses.
 *
 * Both families are always sent: the platform replaces the whole list, and an empty one admits none of its family.
 *
 * @see https://supabase.com/docs/guides/platform/network-restrictions
 */
function supabaseState({ project, lockedOut }: SupabaseProject, egress?: EgressAddresses): AppliedStateProps {
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

/**
 * PORTS-4: a Key Value instance admits no public address. Services reach it through the private network.
 *
 * @see https://render.com/docs/key-value
 */
function keyValueState({ instance }: RenderKeyValue): AppliedStateProps {
  return {
    kind: ApplierKind.RENDER_KEY_VALUE_ALLOW_LIST,
    target: instance,
    desiredState: { keyValueId: instance, ipAllowList: [] },
  };
}
