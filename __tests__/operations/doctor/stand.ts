import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Checklist, exitCodeOf } from "../../../operations/doctor/checklist";
import { doctor, findingsOf } from "../../../operations/doctor/doctor";
import { type Finding, Level } from "../../../operations/finding";
import type { EdgeOptions } from "../../../policy/edge-options";
import { EdgePhase } from "../../../policy/edge-phase";
import { EgressAddresses } from "../../../policy/egress-addresses";
import type { Environment } from "../../../policy/environment";
import { OnlinePlatforms } from "../../support/online-platforms";
import { aRepository } from "../../support/repositories";
import { sample } from "../../support/sample";
import { SERVICE, shop, ZONE_ID } from "../inventory/shop";
import { certificateFor } from "../../../rehearsal/certificate";
import { https, StandInInternet } from "../../../rehearsal/internet";

export const SET = "egs-c0ffee0c0ffee0c0ffee";
const ADDRESSES = ["9.9.9.10", "9.9.9.11", "9.9.9.12"];

export const DEPLOYER = "acme/infrastructure";

/** An environment with everything that the doctor looks at. */
export function wholeShop(overrides: Partial<Environment> = {}): Environment {
  return shop({
    egress: EgressAddresses.dedicated(SET, ADDRESSES),
    repositories: [aRepository()],
    infrastructure: DEPLOYER,
    ...overrides,
  });
}

export const REPOSITORY = aRepository().name;
const IN_OWNER = REPOSITORY.split("/")[1] ?? "";

export const EDGE_SECRET = "0123456789abcdef0123456789abcdef-secret";

/** The writes of a deploy of the environment, as far as the doctor reads them. */
const SYNTHESIZED = {
  terraform: {
    backend: { s3: {} },
    required_providers: {
      cloudflare: { source: "cloudflare/cloudflare", version: "5.13.0" },
      null: { source: "null", version: "3.2.4" },
    },
  },
  resource: {
    github_repository_file: {
      Snyk: file(
        ".github/workflows/snyk.yml",
        "# Managed by Terraform (ScanSchedule)\nname: Snyk $${{ github.ref }}\n",
      ),
      Dependabot: file(".github/dependabot.yml", "version: 2\n"),
      Scan: file(".github/security/snyk-scan.cjs", "scan();\n"),
    },
    github_repository_ruleset: { Ruleset: { repository: IN_OWNER, name: "snyk-gate" } },
    cloudflare_list: { Senders: { account_id: "a", kind: "ip", name: "shop_meta" } },
    cloudflare_zero_trust_gateway_policy: { Allow: { name: "shop: allow", precedence: 1000 } },
  },
};

function file(path: string, content: string) {
  return { repository: IN_OWNER, branch: "main", file: path, content };
}

/** The secrets that the jobs of the shop read. */
const SECRETS = [
  ...["CLOUDFLARE_API_TOKEN", "EDGE_SECRET", "RENDER_API_KEY", "SUPABASE_ACCESS_TOKEN", "TERRAFORM_APP_KEY"],
  ...["STATE_ACCESS_KEY_ID", "STATE_SECRET_ACCESS_KEY"],
];

const LOCK = `provider "registry.terraform.io/cloudflare/cloudflare" {
  version = "5.13.0"
}

provider "registry.terraform.io/hashicorp/null" {
  version = "3.2.4"
}
`;

const ORIGIN = "shop.onrender.com";
const RENDER = "216.24.57.1";
const CERTIFICATE = certificateFor([ORIGIN]);

/** A rule that the zone has from before. */
export const GROWTH = {
  id: "9".repeat(32),
  ref: "growth-sign-up",
  description: 'growth: challenge "sign-ups"',
  expression: 'http.request.uri.path eq "/sign-up"',
  action: "managed_challenge",
  enabled: true,
};

/** The id of a phase's ruleset. */
export const rulesetId = (phase: EdgePhase): string => `c${String(Object.values(EdgePhase).indexOf(phase))}`.repeat(16);

/** Platforms that are ready for a first deploy, and a folder with what it would write. */
export class Stand {
  /** How the application answers whoever lacks the edge's secret. */
  public refusal = { status: 403, headers: { "x-render-origin-server": "uvicorn" } as Record<string, string> };
  public readonly internet = new StandInInternet(CERTIFICATE).name(ORIGIN, RENDER).at(
    RENDER,
    443,
    https((_, response) => {
      response.writeHead(this.refusal.status, this.refusal.headers).end();
    }),
  );

  private constructor(
    public readonly online: OnlinePlatforms,
    public readonly folder: string,
  ) {}

  public static async start(): Promise<Stand> {
    const stand = new Stand(await OnlinePlatforms.start([wholeShop()]), mkdtempSync(join(tmpdir(), "doctor-")));
    const { platform, github } = stand.online;
    const serviceDetails = { url: "https://shop.onrender.com", renderSubdomainPolicy: "enabled" };
    platform.render.services.set(SERVICE, { id: SERVICE, type: "web_service", serviceDetails });
    github.repository(REPOSITORY).secrets.set("actions/SNYK_TOKEN", "2026-01-15T10:00:00Z");
    github.repository(REPOSITORY).secrets.set("dependabot/SNYK_TOKEN", "2026-01-15T10:00:00Z");
    for (const name of ["shop", "shop-plan"]) {
      stand.deployer.environments.set(name, {
        ...{ isReviewed: true, isRestricted: true },
        ...{ secrets: new Set(SECRETS), variables: new Set(["TERRAFORM_APP_CLIENT_ID"]) },
      });
    }
    mkdirSync(stand.locks);
    writeFileSync(join(stand.locks, "shop.terraform.lock.hcl"), LOCK);
    stand.synthesize(SYNTHESIZED);
    return stand;
  }

  /** Writes what a deploy would. */
  public synthesize(stack: unknown): void {
    const folder = join(this.folder, "stacks", "shop");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(stack));
  }

  public get locks(): string {
    return join(this.folder, "provider-locks");
  }

  /** The repository that deploys. */
  public get deployer() {
    return this.online.github.repository(DEPLOYER);
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

  public async report(
    environment: Environment = wholeShop(),
    {
      variables = {},
      drop = [],
      others = [],
      ...given
    }: {
      readonly variables?: Readonly<Record<string, string | undefined>>;
      readonly drop?: readonly string[];
      readonly changed?: readonly string[] | undefined;
      readonly others?: readonly Environment[];
    } = {},
  ): Promise<Checklist & { readonly findings: readonly Finding[] }> {
    const all = { TF_VAR_edge_secret_shop: EDGE_SECRET, ...this.online.variables, ...variables };
    const checklist = await doctor(environment.name, [environment, ...others], {
      ...{ clients: this.online.clients(variables), variables: all, dialler: this.internet.dialler },
      ...{ folder: this.folder, locks: this.locks, drop, changed: "changed" in given ? given.changed : [] },
    });
    return { ...checklist, findings: findingsOf(checklist) };
  }

  public async findings(...args: Parameters<Stand["report"]>): Promise<readonly Finding[]> {
    return (await this.report(...args)).findings;
  }

  public async stop(): Promise<void> {
    await this.internet.stop();
    rmSync(this.folder, { recursive: true });
    await this.online.stop();
  }
}

/** A thing that is wrong, and what is found then. @default level - a failure */
export type Wrong = readonly [thing: string, spoil: (stand: Stand) => void, id: string, what: RegExp, level?: Level];

/** Spoils one thing at a time: the doctor finds it, nothing else, and says what to do. */
export function testWrong(stand: () => Stand, wrong: readonly Wrong[]): void {
  for (const [thing, spoil, id, what, level = Level.FAILURE] of sample(wrong, 5)) {
    test(`finds ${thing}, and says what to do`, async () => {
      spoil(stand());
      const report = await stand().report();
      expect(report.findings).toMatchObject([
        { id, level, what: expect.stringMatching(what), todo: expect.stringMatching(/./) },
      ]);
      expect(exitCodeOf(report)).toBe(level === Level.NOTICE ? 0 : 1);
    });
  }
}

/** The options that a pasted block says, as the compiler would read it. */
export function pasted(text: string): EdgeOptions {
  const read = new Function("EdgePhase", `return { ${text} };`) as (phases: typeof EdgePhase) => EdgeOptions;
  return read(EdgePhase);
}
