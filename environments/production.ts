import { CloudflarePlan } from "../policy/cloudflare-plan";
import type { Environment } from "../policy/environment";
import { EXAMPLE_IDS } from "../policy/example-ids";
import { Origin } from "../policy/origin";
import { Repository } from "../policy/repository";
import { Webhook } from "../policy/webhook";
import { Zone } from "../policy/zone";

export const production: Environment = {
  name: "production",
  zone: Zone.of("example.com", {
    id: EXAMPLE_IDS.zones.production,
    account: EXAMPLE_IDS.account,
    plan: CloudflarePlan.PRO,
  }),
  hosts: {
    "app.example.com": Origin.render(EXAMPLE_IDS.services.production, "example-production.onrender.com"),
  },
  webhooks: [Webhook.meta("/webhooks/meta")],
  repositories: [Repository.of("example/api"), Repository.of("example/dashboard")],
};
