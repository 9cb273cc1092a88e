import {
  ApiHosts,
  CloudflarePlan,
  Datastore,
  EgressAddresses,
  type Environment,
  EXAMPLE_IDS,
  GithubPlan,
  Origin,
  Repository,
  ScannedManifest,
  Webhook,
  Worker,
  WorkerEgress,
  Zone,
} from "../policy";

const { account, production: id } = EXAMPLE_IDS;
const gate = { terraformApp: id.githubApp, reviewedBy: "security" };

export const production: Environment = {
  name: "production",
  zone: Zone.of("example.com", { id: id.zone, account, plan: CloudflarePlan.ENTERPRISE }),
  hosts: { "app.example.com": Origin.render(id.service, "example-production.onrender.com") },
  webhooks: [Webhook.meta("/webhooks/meta")],
  egress: EgressAddresses.dedicated(id.egress, ["203.0.113.10", "203.0.113.11", "203.0.113.12"]),
  datastores: [Datastore.supabase(id.project), Datastore.renderKeyValue(id.keyValue)],
  workers: [Worker.render(id.worker, { reaches: [ApiHosts.OPENAI, ApiHosts.STRIPE] })],
  workerEgress: WorkerEgress.gateway(
    1_000,
    EgressAddresses.dedicated(id.workerEgress, ["203.0.113.20", "203.0.113.21", "203.0.113.22"]),
  ),
  repositories: [
    Repository.of("example/api", {
      plan: GithubPlan.TEAM,
      codeSecurity: true,
      manifests: [ScannedManifest.uv("uv.lock")],
      gate,
      pentest: {
        adoptedOn: "2026-01-15",
        publicApi: ["https://app.example.com/api"],
        dashboard: ["https://app.example.com"],
      },
    }),
    Repository.of("example/dashboard", {
      plan: GithubPlan.TEAM,
      codeSecurity: true,
      manifests: [ScannedManifest.npm("package-lock.json")],
      gate,
    }),
  ],
  infrastructure: "example/infrastructure",
};
