import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { GithubProvider } from "@cdktf/provider-github/lib/provider";
import { Annotations, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { EdgeFirewall } from "../constructs";
import type { Policy } from "../policy/policy";
import { ExampleValuesGuard } from "./example-values-guard";
import { DEFAULT_VERSIONS, pinProvider, type ProviderVersions } from "./provider-versions";
import { localState, type StateBackend } from "./state-backend";

export interface EnvironmentStackOptions {
  /** @default - a local file beside cdktf.json */
  readonly backend?: StateBackend;
  /** @default DEFAULT_VERSIONS */
  readonly versions?: ProviderVersions;
}

/**
 * Everything that one environment's policy needs, with its providers and its state. The stack has the environment's name.
 *
 * Credentials come only from the variables that the providers document: `CLOUDFLARE_API_TOKEN`, and `GITHUB_TOKEN` where
 * the environment owns repositories.
 */
export class EnvironmentStack extends TerraformStack {
  public constructor(scope: Construct, policy: Policy, options: EnvironmentStackOptions = {}) {
    super(scope, policy.name);
    const { backend = localState, versions = DEFAULT_VERSIONS } = options;
    backend(this);
    if (policy.ownsZone) {
      new CloudflareProvider(this, "cloudflare");
      pinProvider(this, "cloudflare", versions);
      new EdgeFirewall(this, "Edge", policy.edge);
    }
    if ((policy.environment.repositories ?? []).length > 0) {
      new GithubProvider(this, "github");
      pinProvider(this, "github", versions);
    }
    new ExampleValuesGuard(this, "ExampleValues", policy);
    for (const { statement, strength, reason } of policy.environment.accept ?? []) {
      Annotations.of(this).addWarning(`${policy.name} lowers ${statement} to ${strength}: ${reason}`);
    }
  }
}
