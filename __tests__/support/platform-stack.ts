import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { DbNetworkRestriction, WebServiceIngress, WorkerEgressOnly } from "../../constructs";
import type { Environment } from "../../policy/environment";
import { Policy } from "../../policy/policy";
import { DEFAULT_VERSIONS, pinProvider } from "../../stacks/provider-versions";
import { localState } from "../../stacks/environment-stack";

/** The part of an environment that needs no provider but the null one: datastores, ingress and workers. */
export function platformStack(app: App, environment: Environment): void {
  for (const policy of Policy.across([environment])) {
    const stack = new TerraformStack(app, policy.name);
    localState(stack);
    new NullProvider(stack, "null");
    pinProvider(stack, "null", DEFAULT_VERSIONS);
    new DbNetworkRestriction(stack, "Databases", policy.databases);
    new WebServiceIngress(stack, "Ingress", policy.ingress);
    new WorkerEgressOnly(stack, "Workers", policy.workers);
  }
}
