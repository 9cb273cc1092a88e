import { edgeSecretVariable } from "../../constructs/edge-firewall/origin-secret";
import type { Environment } from "../../policy/environment";
import { Platforms } from "../../rehearsal/platforms";
import type { Terraform } from "./terraform";
import type { Workspace } from "./workspace";

/** Stand-ins of the platforms that Terraform talks to. */
export class Loopback extends Platforms {
  /** Terraform in an environment's stack, talking to nothing else; `secrets` are the edge secrets by environment. */
  public terraform(
    workspace: Workspace,
    { name }: Pick<Environment, "name">,
    secrets: Readonly<Record<string, string>>,
  ): Terraform {
    const variables = Object.entries(secrets).map(([tenant, value]) => [`TF_VAR_${edgeSecretVariable(tenant)}`, value]);
    return workspace.terraform(name, { ...this.variables, ...Object.fromEntries(variables) });
  }
}
