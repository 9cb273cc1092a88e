import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The Terraform JSON of each stack of the real app, synthesized by running main.ts as the CLI does. */
export function synthesizeApp(): Readonly<Record<string, TerraformJson>> {
  const outdir = mkdtempSync(join(tmpdir(), "contract-"));
  try {
    const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", "main.ts"], {
      cwd: join(__dirname, "..", ".."),
      env: { ...process.env, CDKTF_OUTDIR: outdir, CHECKPOINT_DISABLE: "1" },
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`main.ts failed: ${stderr}`);
    const stacks = readdirSync(join(outdir, "stacks")).sort();
    return Object.fromEntries(
      stacks.map((name) => [
        name,
        JSON.parse(readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8")) as TerraformJson,
      ]),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Terraform JSON, as far as the contract looks into it. */
export interface TerraformJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly output?: Readonly<Record<string, { readonly value?: unknown }>>;
}

/** The kinds of resources that are controls. Without them, a stack holds only what they protect. */
const CONTROLS = [
  "cloudflare_ruleset",
  "cloudflare_zone_setting",
  "cloudflare_url_normalization_settings",
  "cloudflare_list",
  "cloudflare_zero_trust_gateway_policy",
  "cloudflare_zero_trust_gateway_proxy_endpoint",
  "github_repository_file",
  "github_repository_ruleset",
  "github_repository_vulnerability_alerts",
  "github_repository_dependabot_security_updates",
  "github_issue_label",
  "null_resource",
];

/** The same stack with every control removed, and with it the order that the controls gave to the rest. */
export function withoutControls(stack: TerraformJson): TerraformJson {
  const left = Object.entries(stack.resource ?? {}).filter(([type]) => !CONTROLS.includes(type));
  const unordered = (named: Readonly<Record<string, object>>) =>
    Object.fromEntries(Object.entries(named).map(([name, attributes]) => [name, { ...attributes, depends_on: [] }]));
  // An output carries each statement that is only declared.
  return { ...stack, output: {}, resource: Object.fromEntries(left.map(([type, named]) => [type, unordered(named)])) };
}
