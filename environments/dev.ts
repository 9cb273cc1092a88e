import {
  Accept,
  ApiHosts,
  CloudflarePlan,
  Datastore,
  EgressAddresses,
  type Environment,
  EXAMPLE_IDS,
  Origin,
  Webhook,
  Worker,
  Zone,
} from "../policy";

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
