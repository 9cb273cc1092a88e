import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { GithubProvider } from "@cdktf/provider-github/lib/provider";
import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { Resource } from "@cdktf/provider-null/lib/resource";
import { Annotations, LocalBackend, TerraformLocal, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { DbNetworkRestriction, EdgeFirewall, ScanSchedule, WebServiceIngress, WorkerEgressOnly } from "../constructs";
import { inWords } from "../policy/accept";
import type { Policy } from "../policy/policy";
import { ownerOf } from "../policy/repository";
import { DEFAULT_VERSIONS, pinProvider, type ProviderVersions } from "./provider-versions";

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
    for (const accept of policy.environment.accept ?? []) {
      Annotations.of(this).addWarning(`${policy.name} accepts: ${inWords(accept)}: ${accept.reason}`);
    }
  }
}

/**
 * The guard of an environment that still holds example values. It can be synthesized, validated and reviewed, with a warning
 * that counts them. It can't be applied: its plan fails before anything is changed, and lists them, as `doctor` does.
 */
class ExampleValuesGuard extends Construct {
  public constructor(scope: Construct, id: string, { name, exampleValues }: Policy) {
    super(scope, id);
    if (exampleValues.length === 0) return;
    const count = exampleValues.length === 1 ? "1 example value" : `${exampleValues.length} example values`;
    Annotations.of(this).addWarning(
      `${name} holds ${count}, so it can be synthesized and not applied; npm run -s policy -- doctor ${name} lists them`,
    );
    const holds = `environment "${name}" still holds example values: ${exampleValues.join(", ")}`;
    // Terraform refuses a condition that refers to nothing, so the values go through a local.
    const values = new TerraformLocal(this, "Values", exampleValues.join(", "));
    values.overrideLogicalId("example_values");
    // On a resource, because `terraform validate` evaluates the precondition of an output already.
    new Resource(this, "Replaced", {
      lifecycle: {
        precondition: [
          {
            condition: '${local.example_values == ""}',
            errorMessage: `${holds}. Replace them in the environment's file, then synthesize and plan again.`,
          },
        ],
      },
    });
  }
}

/** Gives a stack its backend, for example `(stack) => new S3Backend(stack, { ... })`. */
export type StateBackend = (stack: TerraformStack) => void;

/**
 * State in a file beside cdktf.json, for one operator on one machine.
 *
 * Terraform runs in `cdktf.out/stacks/<stack>`, which a synth may delete, so the path leads out of that folder.
 */
export const localState: StateBackend = (stack) => {
  new LocalBackend(stack, { path: `../../../terraform.${stack.node.id}.tfstate` });
};
