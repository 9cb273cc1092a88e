import { type Precondition, TerraformVariable } from "cdktf";
import { Construct } from "constructs";

/** The name of the Terraform variable that holds an environment's edge secret, set by `TF_VAR_<name>`. */
export function edgeSecretVariable(environment: string): string {
  return `edge_secret_${environment.replaceAll("-", "_")}`;
}

/**
 * The secret that the edge adds to requests for one environment's hosts.
 *
 * It comes from the environment of the process that runs Terraform. The platform stores it in the ruleset, and Terraform
 * in its state.
 */
export class EdgeSecret extends Construct {
  /** A reference to the secret. */
  public readonly value: string;
  /**
   * At least 32 visible ASCII characters, which a header carries unchanged. A validation of the variable would print
   * the value that it refuses.
   */
  public readonly precondition: Precondition;

  public constructor(scope: Construct, id: string, environment: string) {
    super(scope, id);
    const name = edgeSecretVariable(environment);
    const variable = new TerraformVariable(this, "Variable", {
      type: "string",
      description: `The edge secret of ${environment}: at least 32 visible ASCII characters, known to its origin`,
      sensitive: true,
      nullable: false,
    });
    variable.overrideLogicalId(name);
    this.value = variable.stringValue;
    this.precondition = {
      condition: `\${can(regex("^[!-~]{32,}$", var.${name}))}`,
      errorMessage: `TF_VAR_${name} must hold at least 32 visible ASCII characters without spaces, for example the output of: openssl rand -hex 32`,
    };
  }
}
