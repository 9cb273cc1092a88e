import { CloudflarePlan } from "../policy/cloudflare-plan";
import type { Environment } from "../policy/environment";
import { EXAMPLE_IDS } from "../policy/example-ids";
import { Origin } from "../policy/origin";
import { Webhook } from "../policy/webhook";
import { Zone } from "../policy/zone";

export const dev: Environment = {
  name: "dev",
  zone: Zone.of("example.org", {
    id: EXAMPLE_IDS.zones.dev,
    account: EXAMPLE_IDS.account,
    plan: CloudflarePlan.FREE,
  }),
  hosts: {
    "app.example.org": Origin.render(EXAMPLE_IDS.services.dev, "example-dev.onrender.com"),
  },
  webhooks: [Webhook.meta("/webhooks/meta")],
};
