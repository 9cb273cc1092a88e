import { environments as shipped } from "../../environments";
import type { Environment } from "../../policy/environment";
import { DEFAULT_VERSIONS } from "../../stacks/provider-versions";
import { whyNoProgram } from "./describe-unless";
import { Loopback } from "./loopback";
import { whyNoProviders } from "./provider-mirror";
import { withRealValues } from "../../rehearsal/rehearsal-values";
import { QUICK } from "./run-applier";
import type { Terraform } from "./terraform";
import { Workspace } from "./workspace";

/** The edge secret of every environment. */
export const SECRET = "4f1d7c2b9a8e6053d1c4b7a2e9f80615";

/** The environments as they are deployed, without their repositories: those are another platform's. */
export const environments: readonly Environment[] = shipped.map((each) => ({
  ...withRealValues(each),
  repositories: [],
}));
/** Those of them whose workers reach out through Gateway. */
export const gatewayed = environments.filter(({ workerEgress }) => workerEgress !== undefined);

/** Why whole stacks can't be deployed here, if they can't. */
export const whyNoDeploy = [
  whyNoProgram("terraform", "version"),
  whyNoProviders({ cloudflare: DEFAULT_VERSIONS.cloudflare, null: DEFAULT_VERSIONS.null }),
];

export const databaseOf = ({ datastores = [] }: Environment): string =>
  datastores.flatMap((datastore) => (datastore.kind === "supabase" ? [datastore.project] : []))[0] ?? "none";
export const webServiceOf = ({ hosts }: Environment): string => Object.values(hosts)[0]?.service ?? "none";

/** Runs `use` with an environment whose stack is synthesized and initialised, on platforms that know it. */
export async function deployed(
  environment: Environment,
  use: (loopback: Loopback, terraform: Terraform, workspace: Workspace) => Promise<void>,
): Promise<void> {
  const workspace = new Workspace();
  const loopback = await Loopback.start([environment]);
  try {
    workspace.synthesize([environment]);
    const terraform = loopback.terraform(workspace, environment, { [environment.name]: SECRET }).with(QUICK);
    await terraform.init();
    await use(loopback, terraform, workspace);
  } finally {
    await loopback.stop();
    workspace.remove();
  }
}
