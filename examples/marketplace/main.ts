import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { App, TerraformStack } from "cdktf";
import { DbNetworkRestriction, EdgeFirewall, WebServiceIngress, WorkerEgressOnly } from "../../constructs";
import { gate } from "../../gate";
import { marketplace } from "./policy";

const app = new App({ stackTraces: false });
const stack = new TerraformStack(app, "marketplace");
new CloudflareProvider(stack, "cloudflare");
new NullProvider(stack, "null");
const edge = new EdgeFirewall(stack, "Edge", marketplace.edge);
new WebServiceIngress(stack, "Ingress", { ...marketplace.ingress, after: edge.records });
new DbNetworkRestriction(stack, "Databases", marketplace.databases);
new WorkerEgressOnly(stack, "Workers", marketplace.workers);
gate(app, [marketplace]);
