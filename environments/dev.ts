import { Accept } from "../policy/accept";
import { CloudflarePlan } from "../policy/cloudflare-plan";
import { Datastore } from "../policy/datastore";
import { EgressAddresses } from "../policy/egress-addresses";
import type { Environment } from "../policy/environment";
import { EXAMPLE_IDS } from "../policy/example-ids";
import { ApiHosts } from "../policy/known-api-hosts";
import { Origin } from "../policy/origin";
import { Webhook } from "../policy/webhook";
import { Worker } from "../policy/worker";
import { Zone } from "../policy/zone";

const { account, dev: id } = EXAMPLE_IDS;

export const dev: Environment = {
  name: "dev",
  zone: Zone.of("example.org", { id: id.zone, account, plan: CloudflarePlan.FREE }),
  hosts: { "app.example.org": Origin.render(id.service, "example-dev.onrender.com") },
  webhooks: [Webhook.meta("/webhooks/meta")],
  egress: EgressAddresses.dedicated(id.egress, ["203.0.113.40", "203.0.113.41", "203.0.113.42"]),
  datastores: [Datastore.supabase(id.project), Datastore.renderKeyValue(id.keyValue)],
  workers: [Worker.render(id.worker, { reaches: [ApiHosts.OPENAI, ApiHosts.STRIPE] })],
  accept: [Accept.declared("WORK-2", "a Gateway that knows workers by their address needs the Enterprise plan")],
};
