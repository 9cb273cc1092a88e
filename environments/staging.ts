import { CloudflarePlan } from "../policy/cloudflare-plan";
import type { Environment } from "../policy/environment";
import { EXAMPLE_IDS } from "../policy/example-ids";
import { Origin } from "../policy/origin";
import { Webhook } from "../policy/webhook";
import { Zone } from "../policy/zone";

export const staging: Environment = {
  name: "staging",
  zone: Zone.of("example.net", {
    id: EXAMPLE_IDS.zones.staging,
    account: EXAMPLE_IDS.account,
    plan: CloudflarePlan.FREE,
  }),
  hosts: {
    "app.example.net": Origin.render(EXAMPLE_IDS.services.staging, "example-staging.onrender.com"),
  },
  webhooks: [Webhook.meta("/webhooks/meta")],
};
