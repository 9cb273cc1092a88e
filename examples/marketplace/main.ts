import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { App, TerraformStack } from "cdktf";
import { DbNetworkRestriction, EdgeFirewall, WebServiceIngress, WorkerEgressOnly } from "../../constructs";
import { synthesize } from "../../gate";

synthesize(async () => {
  // Loaded in here, so that its problems are printed as those of the constructs are.
  const { marketplace } = await import("./policy");
  const app = new App({ stackTraces: false });
  const stack = new TerraformStack(app, "marketplace");
  new CloudflareProvider(stack, "cloudflare");
  new NullProvider(stack, "null");
  const edge = new EdgeFirewall(stack, "Edge", marketplace.edge);
  new WebServiceIngress(stack, "Ingress", { ...marketplace.ingress, after: edge.records });
  new DbNetworkRestriction(stack, "Databases", marketplace.databases);
  new WorkerEgressOnly(stack, "Workers", marketplace.workers);
  return { app, policies: [marketplace] };
});
