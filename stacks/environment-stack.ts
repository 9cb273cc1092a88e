import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { GithubProvider } from "@cdktf/provider-github/lib/provider";
import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { Annotations, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { DbNetworkRestriction, EdgeFirewall, ScanSchedule, WebServiceIngress, WorkerEgressOnly } from "../constructs";
import type { Policy } from "../policy/policy";
import { ownerOf } from "../policy/repository";
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
 * Credentials come only from the variables that the providers and platforms document: `CLOUDFLARE_API_TOKEN`,
 * `RENDER_API_KEY`, `SUPABASE_ACCESS_TOKEN`, and `GITHUB_TOKEN` where the environment owns repositories.
 */
export class EnvironmentStack extends TerraformStack {
  public constructor(scope: Construct, policy: Policy, options: EnvironmentStackOptions = {}) {
    super(scope, policy.name);
    const { backend = localState, versions = DEFAULT_VERSIONS } = options;
    backend(this);
    const { workerEgress, repositories = [] } = policy.environment;
    if (policy.ownsZone || workerEgress !== undefined) {
      new CloudflareProvider(this, "cloudflare");
      pinProvider(this, "cloudflare", versions);
    }
    new NullProvider(this, "null");
    pinProvider(this, "null", versions);
    const edge = policy.ownsZone ? [new EdgeFirewall(this, "Edge", policy.edge)] : [];
    new WebServiceIngress(this, "Ingress", { ...policy.ingress, after: edge.flatMap(({ records }) => records) });
    new DbNetworkRestriction(this, "Databases", policy.databases);
    new WorkerEgressOnly(this, "Workers", policy.workers);
    const [repository] = repositories;
    if (repository !== undefined) {
      new GithubProvider(this, "github", { owner: ownerOf(repository) });
      pinProvider(this, "github", versions);
      new ScanSchedule(this, "Scans", { ...policy.scans, providerVersion: versions.github });
    }
    new ExampleValuesGuard(this, "ExampleValues", policy);
    for (const { statement, strength, reason } of policy.environment.accept ?? []) {
      Annotations.of(this).addWarning(`${policy.name} lowers ${statement} to ${strength}: ${reason}`);
    }
  }
}
