import type { Datastore } from "../policy/datastore";
import type { Environment } from "../policy/environment";
import { CloudflareStandIn } from "./cloudflare";
import { FakePlatform } from "./fake-platform";
import { GithubStandIn } from "./github";
import { domain } from "./render";
import type { StandIn } from "./server";
import { UNRESTRICTED } from "./supabase";

/** Stand-ins on loopback of every platform, with what some environments name and nothing else. */
export class Platforms {
  public constructor(
    public readonly cloudflare: CloudflareStandIn,
    /** Supabase and Render. */
    public readonly platform: FakePlatform,
    public readonly github: GithubStandIn,
  ) {}

  /** Starts them with what these environments expect to find. */
  public static async start<T extends Platforms>(
    this: new (...standIns: ConstructorParameters<typeof Platforms>) => T,
    environments: readonly Environment[],
  ): Promise<T> {
    const cloudflare = await CloudflareStandIn.start([]);
    const platforms = new this(cloudflare, await new FakePlatform().listen(), await GithubStandIn.start([]));
    platforms.seed(environments);
    return platforms;
  }

  /** Adds what environments expect to find: zones, services, datastores, addresses, repositories. */
  public seed(environments: readonly Environment[]): void {
    for (const { zone, edge, repositories = [], infrastructure } of environments) {
      if (zone.kind === "owned") this.cloudflare.add(zone, edge?.existing);
      for (const { name } of repositories) this.github.add(name);
      if (infrastructure !== undefined) this.github.addDeployer(infrastructure);
    }
    seedPlatforms(this.platform, environments);
  }

  public get all(): readonly StandIn[] {
    return [this.cloudflare, this.platform, this.github];
  }

  /** The variables by which a process talks to these and to nothing else. */
  public get variables(): Readonly<Record<string, string>> {
    return Object.assign({}, ...this.all.map(({ environment }) => environment)) as Readonly<Record<string, string>>;
  }

  public async stop(): Promise<void> {
    await Promise.all(this.all.map((standIn) => standIn.stop()));
  }
}

/** The rule with which Render begins every list. */
const EVERYWHERE = [{ cidrBlock: "0.0.0.0/0", description: "everywhere" }];

/** Gives Supabase and Render what the environments name, as open as a new account has it. */
function seedPlatforms(platform: FakePlatform, environments: readonly Environment[]): void {
  const { render } = platform;
  for (const { hosts, workers = [], datastores = [], egress, workerEgress } of environments) {
    for (const [host, { service: id }] of Object.entries(hosts)) {
      const serviceDetails = { renderSubdomainPolicy: "enabled", ipAllowList: EVERYWHERE };
      render.services.set(id, { id, type: "web_service", serviceDetails });
      const others = (render.customDomains.get(id) ?? []).filter(({ name }) => name !== host);
      render.customDomains.set(id, [...others, domain(host)]);
    }
    for (const { service: id, type } of workers) render.services.set(id, { id, type, serviceDetails: {} });
    for (const datastore of datastores) openDatastore(platform, datastore);
    for (const addresses of [egress, workerEgress?.source]) {
      if (addresses?.kind !== "dedicated") continue;
      render.dedicatedIps.set(addresses.set, { id: addresses.set, status: "RUNNING", ips: addresses.addresses });
    }
  }
}

function openDatastore({ supabase, render }: FakePlatform, datastore: Datastore): void {
  if (datastore.kind === "supabase") {
    supabase.projects.set(datastore.project, UNRESTRICTED);
    supabase.exposed.set(datastore.project, "");
  } else {
    render.keyValues.set(datastore.instance, { id: datastore.instance, ipAllowList: EVERYWHERE });
  }
}
