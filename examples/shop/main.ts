import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { App, TerraformStack } from "cdktf";
import { EdgeFirewall, WebServiceIngress } from "../../constructs";
import { synthesize } from "../../gate";
import { CloudflarePlan, Origin, Policy, Webhook, Zone } from "../../policy";

// In place of app.synth(): only what is proven is written.
synthesize(() => {
  const shop = Policy.of("shop", {
    zone: Zone.of("example.com", {
      id: "00000000000000000000000000000001",
      account: "00000000000000000000000000000002",
      plan: CloudflarePlan.FREE,
    }),
    hosts: { "shop.example.com": Origin.render("srv-00000000000000000001", "example-shop.onrender.com") },
    webhooks: [Webhook.meta("/hooks/meta")],
  });
  const app = new App({ stackTraces: false });
  const stack = new TerraformStack(app, "shop");
  new CloudflareProvider(stack, "cloudflare");
  new NullProvider(stack, "null");
  const edge = new EdgeFirewall(stack, "Edge", shop.edge);
  new WebServiceIngress(stack, "Ingress", { ...shop.ingress, after: edge.records });
  return { app, policies: [shop] };
});
