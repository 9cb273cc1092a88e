import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Finding } from "../../../operations/inventory/finding";
import type { Report } from "../../../operations/inventory/report";
import { preflight } from "../../../operations/preflight/preflight";
import type { EdgeOptions } from "../../../policy/edge-options";
import { EdgePhase } from "../../../policy/edge-phase";
import { EgressAddresses } from "../../../policy/egress-addresses";
import type { Environment } from "../../../policy/environment";
import { OnlinePlatforms } from "../../support/online-platforms";
import { aRepository } from "../../support/repositories";
import { KEY_VALUE, SERVICE, shop, ZONE_ID } from "../inventory/shop";

export const SET = "egs-c0ffee0c0ffee0c0ffee";
const ADDRESSES = ["9.9.9.10", "9.9.9.11", "9.9.9.12"];

/** An environment with everything that a preflight looks at. */
export function wholeShop(overrides: Partial<Environment> = {}): Environment {
  return shop({
    egress: EgressAddresses.dedicated(SET, ADDRESSES),
    repositories: [aRepository()],
    ...overrides,
  });
}

export const REPOSITORY = aRepository().name;
const IN_OWNER = REPOSITORY.split("/")[1] ?? "";

export const EDGE_SECRET = "0123456789abcdef0123456789abcdef-secret";

/** What a deploy of the environment writes, as far as a preflight reads it. */
const SYNTHESIZED = {
  resource: {
    github_repository_file: {
      Snyk: file(
        ".github/workflows/snyk.yml",
        "# Managed by Terraform (ScanSchedule)\nname: Snyk $${{ github.ref }}\n",
      ),
      Dependabot: file(".github/dependabot.yml", "version: 2\n"),
      Scan: file(".github/security/snyk-scan.cjs", "scan();\n"),
    },
    github_issue_label: { Label: { repository: IN_OWNER, name: "dependency-update" } },
    github_repository_ruleset: { Ruleset: { repository: IN_OWNER, name: "snyk-gate" } },
    cloudflare_list: { Senders: { account_id: "a", kind: "ip", name: "shop_meta" } },
    cloudflare_zero_trust_gateway_policy: { Allow: { name: "shop: allow", precedence: 1000 } },
  },
};

function file(path: string, content: string) {
  return { repository: IN_OWNER, branch: "main", file: path, content };
}

/** The id of a phase's ruleset. */
export const rulesetId = (phase: EdgePhase): string => `c${String(Object.values(EdgePhase).indexOf(phase))}`.repeat(16);

/** Platforms that are ready for a first deploy, and a folder with what it would write. */
export class Stand {
  private constructor(
    public readonly online: OnlinePlatforms,
    public readonly folder: string,
  ) {}

  public static async start(): Promise<Stand> {
    const stand = new Stand(await OnlinePlatforms.start([wholeShop()]), mkdtempSync(join(tmpdir(), "preflight-")));
    const { platform, github } = stand.online;
    const serviceDetails = { url: "https://shop.onrender.com", renderSubdomainPolicy: "enabled" };
    platform.render.services.set(SERVICE, { id: SERVICE, type: "web_service", serviceDetails });
    github.repository(REPOSITORY).secrets.set("actions/SNYK_TOKEN", "2026-01-15T10:00:00Z");
    github.repository(REPOSITORY).secrets.set("dependabot/SNYK_TOKEN", "2026-01-15T10:00:00Z");
    stand.synthesize(SYNTHESIZED);
    return stand;
  }

  /** Writes what a deploy would. */
  public synthesize(stack: unknown): void {
    const folder = join(this.folder, "stacks", "shop");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(stack));
  }

  public get zone() {
    return this.online.cloudflare.zone(ZONE_ID);
  }

  public get render() {
    return this.online.platform.render;
  }

  public get repository() {
    return this.online.github.repository(REPOSITORY);
  }

  /** The zone has these rules in a phase. */
  public rules(phase: EdgePhase, rules: readonly Readonly<Record<string, unknown>>[], name = "default"): void {
    const id = rulesetId(phase);
    this.zone.rulesets.set(id, { id, name, kind: "zone", phase, rules });
  }

  public report(
    environment: Environment = wholeShop(),
    {
      variables = {},
      drop = [],
      others = [],
    }: {
      readonly variables?: Readonly<Record<string, string | undefined>>;
      readonly drop?: readonly string[];
      readonly others?: readonly Environment[];
    } = {},
  ): Promise<Report> {
    const all = { TF_VAR_edge_secret_shop: EDGE_SECRET, ...this.online.variables, ...variables };
    return preflight(environment.name, [environment, ...others], {
      clients: this.online.clients(variables),
      variables: all,
      synthesized: this.folder,
      drop,
    });
  }

  public async findings(...args: Parameters<Stand["report"]>): Promise<readonly Finding[]> {
    return (await this.report(...args)).findings;
  }

  public async stop(): Promise<void> {
    rmSync(this.folder, { recursive: true });
    await this.online.stop();
  }
}

/** What a pasted block says, as the compiler would read it. */
export function pasted(text: string): EdgeOptions {
  const read = new Function("EdgePhase", `return { ${text} };`) as (phases: typeof EdgePhase) => EdgeOptions;
  return read(EdgePhase);
}

export { KEY_VALUE };
