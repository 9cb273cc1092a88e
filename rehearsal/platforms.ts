import type { Environment } from "../policy/environment";
import { CloudflareStandIn } from "./cloudflare/stand-in";
import { RenderAndSupabase } from "./render-and-supabase";
import { GithubStandIn } from "./github/stand-in";
import { domain } from "./render";
import type { StandIn } from "./server";
import { UNRESTRICTED } from "./supabase";

/** Stand-ins on loopback of every platform, with what some environments name and nothing else. */
export class Platforms {
  public constructor(
    public readonly cloudflare: CloudflareStandIn,
    /** Supabase and Render. */
    public readonly platform: RenderAndSupabase,
    public readonly github: GithubStandIn,
  ) {}

  /** Starts them with what these environments expect to find. */
  public static async start<T extends Platforms>(
    this: new (...standIns: ConstructorParameters<typeof Platforms>) => T,
    environments: readonly Environment[],
  ): Promise<T> {
    const cloudflare = await CloudflareStandIn.start([]);
    const platforms = new this(cloudflare, await new RenderAndSupabase().listen(), await GithubStandIn.start([]));
    platforms.seed(environments);
    return platforms;
  }

  /** Adds what environments expect to find and isn't there: zones, services, datastores, addresses, repositories. */
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

/** Gives Supabase and Render what the environments name and isn't there, as open as a new account has it. */
function seedPlatforms({ supabase, render }: RenderAndSupabase, environments: readonly Environment[]): void {
  for (const { hosts, workers = [], datastores = [], egress, workerEgress } of environments) {
    for (const [host, { service: id }] of Object.entries(hosts)) {
      const serviceDetails = { renderSubdomainPolicy: "enabled", ipAllowList: EVERYWHERE };
      addTo(render.services, id, { id, type: "web_service", serviceDetails });
      const others = (render.customDomains.get(id) ?? []).filter(({ name }) => name !== host);
      render.customDomains.set(id, [...others, domain(host)]);
    }
    for (const { service: id, type } of workers) addTo(render.services, id, { id, type, serviceDetails: {} });
    for (const datastore of datastores) {
      if (datastore.kind === "supabase") {
        addTo(supabase.projects, datastore.project, UNRESTRICTED);
        supabase.exposed.set(datastore.project, "");
      } else addTo(render.keyValues, datastore.instance, { id: datastore.instance, ipAllowList: EVERYWHERE });
    }
    for (const addresses of [egress, workerEgress?.source]) {
      if (addresses?.kind !== "dedicated") continue;
      render.dedicatedIps.set(addresses.set, { id: addresses.set, status: "RUNNING", ips: addresses.addresses });
    }
  }
}

function addTo<T>(objects: Map<string, T>, id: string, object: T): void {
  if (!objects.has(id)) objects.set(id, object);
}
