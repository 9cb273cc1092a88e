import { type Clients, clientsOf } from "../../operations/platforms/clients";
import { type Timing, TIMING } from "../../operations/platforms/exchange";
import type { Environment } from "../../policy/environment";
import { CloudflareStandIn } from "./cloudflare-stand-in";
import { FakePlatform } from "./fake-platform";
import { GithubStandIn } from "./github-stand-in";
import { seedPlatforms } from "./seed-platforms";

/** Platforms on loopback are asked again at once, and may take as long for an answer as real ones. */
const QUICK_TO_ASK_AGAIN: Timing = { ...TIMING, attempts: 3, backoff: 1, longestWait: 1_100 };
/** Where an answer never comes. */
export const IMPATIENT: Timing = { ...QUICK_TO_ASK_AGAIN, request: 300 };

/** Stand-ins of every platform, with what some environments name and nothing else. */
export class OnlinePlatforms {
  private constructor(
    public readonly cloudflare: CloudflareStandIn,
    /** Supabase and Render. */
    public readonly platform: FakePlatform,
    public readonly github: GithubStandIn,
    private readonly end: () => void,
  ) {}

  public static async start(environments: readonly Environment[]): Promise<OnlinePlatforms> {
    const zones = environments.flatMap(({ zone }) => (zone.kind === "owned" ? [zone] : []));
    const repositories = environments.flatMap((environment) => environment.repositories ?? []);
    const cloudflare = await CloudflareStandIn.start(zones);
    const github = await GithubStandIn.start(repositories.map(({ name }) => name));
    return new Promise((resolve, reject) => {
      FakePlatform.during((platform) => {
        seedPlatforms(platform, environments);
        for (const ref of platform.supabase.projects.keys()) platform.supabase.exposed.set(ref, "");
        return new Promise<void>((end) => {
          resolve(new OnlinePlatforms(cloudflare, platform, github, end));
        });
      }).catch(reject);
    });
  }

  /** What a process needs to talk to these and to nothing else. */
  public get variables(): Readonly<Record<string, string>> {
    return { ...this.cloudflare.environment, ...this.platform.environment, ...this.github.environment };
  }

  /** Clients with the credentials of the stand-ins, or with others. */
  public clients(variables: Readonly<Record<string, string | undefined>> = {}): Clients {
    return clientsOf({ ...this.variables, ...variables }, QUICK_TO_ASK_AGAIN);
  }

  /** Everything that was asked, as method and path. */
  public get asked(): readonly string[] {
    return [...this.cloudflare.requests, ...this.platform.arrivals, ...this.github.requests].map(
      ({ method, path }) => `${method} ${path}`,
    );
  }

  public async stop(): Promise<void> {
    this.end();
    await this.github.stop();
    await this.cloudflare.stop();
  }
}
