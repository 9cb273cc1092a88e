import { ActionsSecret } from "@cdktf/provider-github/lib/actions-secret";
import { DependabotSecret } from "@cdktf/provider-github/lib/dependabot-secret";
import { type ITerraformDependable, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { nameIn } from "../../policy/repository";
import type { ScanFilesInput } from "./files/scan-files-input";

/** The name of the Terraform variable that holds the token of a secret, set by `TF_VAR_<name>`. */
function tokenVariable(tokenSecret: string): string {
  return tokenSecret.toLowerCase();
}

/**
 * The secrets that hold the Snyk token, written by Terraform. One is for Actions. Another of the same name is for
 * Dependabot, whose pull requests get no other.
 *
 * The value comes from the environment of the process that runs Terraform. It is **in the Terraform state in clear**:
 * the provider has no other form (https://github.com/integrations/terraform-provider-github/issues/2592).
 */
export class SnykSecrets extends Construct {
  public readonly resources: readonly ITerraformDependable[];

  public constructor(
    scope: Construct,
    id: string,
    input: Pick<ScanFilesInput, "repository" | "tokenSecret" | "dependabotSecret">,
  ) {
    super(scope, id);
    const { repository, tokenSecret: secretName, dependabotSecret } = input;
    const name = tokenVariable(secretName);
    const props = {
      repository: nameIn(repository),
      secretName,
      plaintextValue: variableOf(this, secretName).stringValue,
      lifecycle: {
        precondition: [
          {
            condition: `\${can(regex("^[!-~]{16,}$", var.${name}))}`,
            errorMessage: `TF_VAR_${name} must hold a Snyk token: at least 16 visible ASCII characters without spaces`,
          },
        ],
      },
    };
    this.resources = [
      new ActionsSecret(this, "Actions", props),
      ...(dependabotSecret ? [new DependabotSecret(this, "Dependabot", props)] : []),
    ];
  }
}

/** The variable of a secret's name, once in a stack: several repositories may take the same token. */
function variableOf(scope: Construct, secretName: string): TerraformVariable {
  const stack = TerraformStack.of(scope);
  const id = `Token-${secretName}`;
  const known = stack.node.tryFindChild(id) as TerraformVariable | undefined;
  if (known !== undefined) return known;
  const variable = new TerraformVariable(stack, id, {
    type: "string",
    description: `The Snyk token that the secrets ${secretName} hold`,
    sensitive: true,
    nullable: false,
  });
  variable.overrideLogicalId(tokenVariable(secretName));
  return variable;
}
