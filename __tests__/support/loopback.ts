import { edgeSecretVariable } from "../../constructs/edge-firewall/origin-secret";
import type { Environment } from "../../policy/environment";
import { CloudflareStandIn } from "./cloudflare-stand-in";
import { FakePlatform } from "./fake-platform";
import { GithubStandIn } from "./github-stand-in";
import { seedPlatforms } from "./seed-platforms";
import type { Terraform } from "./terraform";
import type { Workspace } from "./workspace";

/** Stand-ins on loopback for every platform that the stacks of some environments talk to. */
export class Loopback {
  private constructor(
    public readonly cloudflare: CloudflareStandIn,
    /** Supabase and Render. */
    public readonly platform: FakePlatform,
    public readonly github: GithubStandIn,
    private readonly end: () => void,
  ) {}

  /** Starts them with what these environments expect to find: zones, services, datastores, addresses, repositories. */
  public static async start(environments: readonly Environment[]): Promise<Loopback> {
    const cloudflare = await CloudflareStandIn.start(
      environments.flatMap(({ zone }) => (zone.kind === "owned" ? [zone] : [])),
    );
    const github = await GithubStandIn.start(
      environments.flatMap(({ repositories = [] }) => repositories.map(({ name }) => name)),
    );
    return new Promise((resolve, reject) => {
      FakePlatform.during((platform) => {
        seedPlatforms(platform, environments);
        return new Promise<void>((end) => {
          resolve(new Loopback(cloudflare, platform, github, end));
        });
      }).catch(reject);
    });
  }

  /** Terraform in an environment's stack, talking to nothing else; `secrets` are the edge secrets by environment. */
  public terraform(
    workspace: Workspace,
    { name }: Pick<Environment, "name">,
    secrets: Readonly<Record<string, string>>,
  ): Terraform {
    const variables = Object.entries(secrets).map(([tenant, value]) => [`TF_VAR_${edgeSecretVariable(tenant)}`, value]);
    return workspace.terraform(name, {
      ...this.cloudflare.environment,
      ...this.platform.environment,
      ...this.github.environment,
      ...Object.fromEntries(variables),
    });
  }

  public async stop(): Promise<void> {
    this.end();
    await this.github.stop();
    await this.cloudflare.stop();
  }
}
