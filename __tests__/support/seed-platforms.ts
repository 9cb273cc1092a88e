import type { Datastore } from "../../policy/datastore";
import type { EgressAddresses } from "../../policy/egress-addresses";
import type { Environment } from "../../policy/environment";
import type { FakePlatform } from "./fake-platform";
import { domain } from "./platform/render";
import { UNRESTRICTED } from "./platform/supabase";

/** The rule with which Render begins every list. */
const EVERYWHERE = [{ cidrBlock: "0.0.0.0/0", description: "everywhere" }];

/** Gives Supabase and Render what the environments name, as open as a new account has it. */
export function seedPlatforms(platform: FakePlatform, environments: readonly Environment[]): void {
  for (const { hosts, workers = [], datastores = [], egress, workerEgress } of environments) {
    Object.entries(hosts).forEach(([host, { service }]) => {
      webService(platform, service, host);
    });
    workers.forEach(({ service: id, type }) => platform.render.services.set(id, { id, type, serviceDetails: {} }));
    datastores.forEach((datastore) => {
      openDatastore(platform, datastore);
    });
    [egress, workerEgress?.source].forEach((addresses) => {
      if (addresses?.kind === "dedicated") running(platform, addresses);
    });
  }
}

function webService({ render }: FakePlatform, id: string, host: string): void {
  const serviceDetails = { renderSubdomainPolicy: "enabled", ipAllowList: EVERYWHERE };
  render.services.set(id, { id, type: "web_service", serviceDetails });
  render.customDomains.set(id, [...(render.customDomains.get(id) ?? []), domain(host)]);
}

function openDatastore({ supabase, render }: FakePlatform, datastore: Datastore): void {
  if (datastore.kind === "supabase") {
    supabase.projects.set(datastore.project, UNRESTRICTED);
  } else {
    const id = datastore.instance;
    render.keyValues.set(id, { id, ipAllowList: EVERYWHERE });
  }
}

function running(
  { render }: FakePlatform,
  { set: id, addresses }: EgressAddresses & { readonly kind: "dedicated" },
): void {
  render.dedicatedIps.set(id, { id, status: "RUNNING", ips: addresses });
}
