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

const { account, staging: id } = EXAMPLE_IDS;

export const staging: Environment = {
  name: "staging",
  zone: Zone.of("example.net", { id: id.zone, account, plan: CloudflarePlan.FREE }),
  hosts: { "app.example.net": Origin.render(id.service, "example-staging.onrender.com") },
  webhooks: [Webhook.meta("/webhooks/meta")],
  egress: EgressAddresses.dedicated(id.egress, ["203.0.113.30", "203.0.113.31", "203.0.113.32"]),
  datastores: [Datastore.supabase(id.project), Datastore.renderKeyValue(id.keyValue)],
  workers: [Worker.render(id.worker, { reaches: [ApiHosts.OPENAI, ApiHosts.STRIPE] })],
  accept: [Accept.declared("WORK-2", "a Gateway that knows workers by their address needs the Enterprise plan")],
};
