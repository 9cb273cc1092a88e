import { Construct } from "constructs";
import { EdgePart } from "../../policy/edge-options";
import { EdgePhase } from "../../policy/edge-phase";
import type { EdgeTenant } from "../../policy/slices";
import { EDGE_SECRET_HEADER } from "../../policy/edge-secret";
import type { EdgePartRules, EdgeRule } from "./part";
import { type Precondition, TerraformVariable } from "cdktf";

/**
 * WEB-1: requests for an environment's hosts carry its secret to the origin. It replaces a header of that name from the client.
 * One rule per environment.
 *
 * The phase runs after every rule that could see the header. Other hosts of the zone never get the secret: their
 * origins would learn it. A request for a host in another spelling passes without it, and the origin refuses the
 * request.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/reference/phases-list/
 */
export const originSecret: EdgePartRules = {
  part: EdgePart.ORIGIN_SECRET,
  settings: () => [],
  rules: ({ tenants, secret }) => tenants.map((tenant) => sets(tenant, secret(tenant.name))),
};

function sets({ name, hosts }: EdgeTenant, secret: string): EdgeRule {
  const own = Object.keys(hosts)
    .sort()
    .map((host) => `"${host}"`);
  return {
    phase: EdgePhase.LATE_TRANSFORM,
    ref: `edge_web_1_secret_${name.replaceAll("-", "_")}`,
    description: `WEB-1: the origin of ${name} knows its edge by a secret header`,
    expression: `lower(http.host) in {${own.join(" ")}}`,
    action: "rewrite",
    actionParameters: { headers: { [EDGE_SECRET_HEADER]: { operation: "set", value: secret } } },
  };
}

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
