import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import type { Environment } from "../../policy/environment";
import { composeStacks } from "../../stacks/compose-stacks";
import { DEFAULT_VERSIONS, type ProviderVersions } from "../../stacks/provider-versions";
import { Terraform } from "./terraform";

const PROJECT = join(__dirname, "../..");

/** A temporary folder with a synthesized app; Terraform's state lies where it lies beside cdktf.json. */
export class Workspace {
  private readonly folder = mkdtempSync(join(tmpdir(), "workspace-"));
  private readonly outdir = join(this.folder, "cdktf.out");

  /** Synthesizes the app as it is shipped, as `cdktf synth` does. */
  public synthesizeShipped(): void {
    const run = spawnSync(process.execPath, ["-r", "ts-node/register", "main.ts"], {
      cwd: PROJECT,
      env: { ...process.env, CDKTF_OUTDIR: this.outdir, CHECKPOINT_DISABLE: "1" },
      encoding: "utf8",
      timeout: 120_000,
    });
    if (run.status !== 0) throw new Error(`main.ts ended with exit code ${String(run.status)}:\n${run.stderr}`);
  }

  /** Synthesizes an app of these environments, in place of what was there. */
  public synthesize(environments: readonly Environment[], versions: ProviderVersions = DEFAULT_VERSIONS): void {
    const app = new App({ outdir: this.outdir, stackTraces: false });
    composeStacks(app, environments, { versions });
    app.synth();
  }

  /** Terraform in the folder of a stack. */
  public terraform(stack: string, variables: Readonly<Record<string, string>>): Terraform {
    return new Terraform(join(this.outdir, "stacks", stack), variables);
  }

  /** Whether Terraform has written the state of a stack. */
  public hasState(stack: string): boolean {
    return existsSync(join(this.folder, `terraform.${stack}.tfstate`));
  }

  /** The JSON of a stack, as text. */
  public jsonOf(stack: string): string {
    return readFileSync(join(this.outdir, "stacks", stack, "cdk.tf.json"), "utf8");
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
