import { CloudflarePlan } from "../../policy/cloudflare-plan";
import { Datastore } from "../../policy/datastore";
import { AddressPlacement } from "../../policy/edge-options";
import { EgressAddresses } from "../../policy/egress-addresses";
import type { Environment } from "../../policy/environment";
import { GithubPlan } from "../../policy/github-plan";
import { Origin } from "../../policy/origin";
import { Repository } from "../../policy/repository";
import { ScannedManifest } from "../../policy/scanned-manifest";
import { WebIngress } from "../../policy/web-ingress";
import { Webhook } from "../../policy/webhook";
import { Zone } from "../../policy/zone";

const shop: Environment = {
  name: "shop",
  zone: Zone.of("shop.example", {
    ...{ id: "44444444444444444444444444444444", account: "0123456789abcdef0123456789abcdef" },
    plan: CloudflarePlan.ENTERPRISE,
  }),
  edge: { addresses: AddressPlacement.LIST, hsts: { includeSubDomains: true } },
  hosts: { "www.shop.example": Origin.render("srv-0123456789abcdefghi0", "shop.onrender.com") },
  webhooks: [
    Webhook.meta("/webhooks/meta"),
    Webhook.meta("/webhooks/whatsapp"),
    Webhook.from("/webhooks/payments", "payments", ["203.0.113.64/26", "2001:db8:1::/48"]),
  ],
  egress: EgressAddresses.shared(["192.0.2.0/25", "192.0.2.128/26"], "the region's ranges, until the set is ordered"),
  datastores: [Datastore.supabase("abcdefghijklmnopqrst", { wideBlocks: "the region's ranges are wide" })],
  ingress: WebIngress.renderAllowList(["198.51.100.128/25"], "seen in the logs of the service"),
  repositories: [
    Repository.of("example/shop", {
      plan: GithubPlan.TEAM,
      codeSecurity: true,
      manifests: [ScannedManifest.uv("uv.lock"), ScannedManifest.npm("web/package-lock.json")],
      gate: { terraformApp: "4242", reviewedBy: "security" },
      snyk: { writeToken: true },
      pentest: {
        adoptedOn: "2026-02-01",
        publicApi: ["https://www.shop.example/api"],
        dashboard: ["https://www.shop.example/admin"],
      },
    }),
  ],
  infrastructure: "example/infrastructure",
};

const guest: Environment = {
  name: "guest",
  zone: Zone.carriedBy("shop"),
  hosts: { "guest.shop.example": Origin.render("srv-0123456789abcdefghi1", "guest.onrender.com") },
  webhooks: [Webhook.meta("/webhooks/meta")],
};

/**
 * Environments that use what the shipped ones don't: a zone of two, lists, several webhooks, Render's allow list, a
 * token that is written.
 */
export const otherEnvironments: readonly Environment[] = [shop, guest];
