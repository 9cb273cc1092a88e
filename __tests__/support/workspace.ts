import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import type { Environment } from "../../policy/environment";
import { whileProving } from "../../policy/synth";
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
    const run = spawnSync(process.execPath, ["--import", "tsx", "main.ts"], {
      cwd: PROJECT,
      env: { ...process.env, CDKTF_OUTDIR: this.outdir, CHECKPOINT_DISABLE: "1" },
      encoding: "utf8",
      timeout: 120_000,
    });
    if (run.status !== 0) throw new Error(`main.ts ended with exit code ${String(run.status)}:\n${run.stderr}`);
  }

  /** Synthesizes an app of these environments, in place of an earlier one. */
  public synthesize(environments: readonly Environment[], versions: ProviderVersions = DEFAULT_VERSIONS): void {
    this.synthesizeApp((app) => {
      composeStacks(app, environments, { versions });
    });
  }

  /** Synthesizes an app that `compose` fills, in place of an earlier one. */
  public synthesizeApp(compose: (app: App) => void): void {
    const app = new App({ outdir: this.outdir, stackTraces: false });
    compose(app);
    whileProving(app, () => {
      app.synth();
    });
  }

  /** Terraform in the folder of a stack. */
  public terraform(stack: string, variables: Readonly<Record<string, string>>): Terraform {
    return new Terraform(this.folderOf(stack), variables);
  }

  /** Whether Terraform has written the state of a stack. */
  public hasState(stack: string): boolean {
    return existsSync(this.stateFile(stack));
  }

  /** The state of a stack, as text. */
  public stateOf(stack: string): string {
    return readFileSync(this.stateFile(stack), "utf8");
  }

  /** Loses the state of a stack, so that the next apply begins anew. */
  public forgetState(stack: string): void {
    rmSync(this.stateFile(stack), { force: true });
  }

  public folderOf(stack: string): string {
    return join(this.outdir, "stacks", stack);
  }

  /** The JSON of a stack, as text. */
  public jsonOf(stack: string): string {
    return readFileSync(join(this.folderOf(stack), "cdk.tf.json"), "utf8");
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private stateFile(stack: string): string {
    return join(this.folder, `terraform.${stack}.tfstate`);
  }
}
