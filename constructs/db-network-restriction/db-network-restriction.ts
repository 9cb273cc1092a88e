import type { Resource } from "@cdktf/provider-null/lib/resource";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { InvalidInput } from "../../errors/invalid-input";
import { type DatabasesPolicy, databasesPolicyProblems } from "../../policy/slices";
import { type Datastore, nameOf } from "../../policy/datastore";
import type { EgressAddresses } from "../../policy/egress-addresses";
import { AppliedState, type AppliedStateProps } from "../applied-state/applied-state";
import { dedicatedAddresses } from "../applied-state/dedicated-addresses";
import { Claim, Claims } from "../claims";
import { warnUnlessProven } from "../unproven";
import { renderKeyValue } from "./render-key-value";
import { supabase } from "./supabase";

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

/** One more kind of datastore is one more case, in a file of its own. */
function stateOf(
  datastore: Datastore,
  { egress, addresses }: { readonly egress: EgressAddresses | undefined; readonly addresses: readonly Resource[] },
): AppliedStateProps {
  switch (datastore.kind) {
    case "supabase":
      return { ...supabase(datastore, egress), dependsOn: addresses };
    case "render-key-value":
      return renderKeyValue(datastore);
  }
}

/** What an auditor has to know of DB-1 here. */
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
