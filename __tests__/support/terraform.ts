import { type Ended, runProgram } from "../../operations/deploy/program";

/** How one run of Terraform ended. */
export interface TerraformRun extends Ended {
  readonly command: string;
}

/** Variables of the caller that Terraform needs; credentials, endpoints and logging never reach it. */
const KEPT: ReadonlySet<string> = new Set(["PATH", "HOME", "TMPDIR", "TF_CLI_CONFIG_FILE"]);

/** Terraform in one folder of configuration, with none of the caller's variables but the given ones. */
export class Terraform {
  /**
   * @param folder holds the configuration
   * @param variables added to the environment: endpoints, credentials, `TF_VAR_...`
   */
  public constructor(
    public readonly folder: string,
    private readonly variables: Readonly<Record<string, string>> = {},
  ) {}

  /** The same folder with further variables, which win over the present ones. */
  public with(variables: Readonly<Record<string, string>>): Terraform {
    return new Terraform(this.folder, { ...this.variables, ...variables });
  }

  /** @throws {Error} with Terraform's own output when it fails; so do the others but `plan` and `tryApply` */
  public async init(): Promise<TerraformRun> {
    return succeeded(await this.run("init", "-input=false", "-upgrade"));
  }

  public async validate(): Promise<TerraformRun> {
    return succeeded(await this.run("validate"));
  }

  /** Plans; the exit code is 0 without changes, 1 on an error and 2 with changes. */
  public plan(): Promise<TerraformRun> {
    return this.run("plan", "-input=false", "-detailed-exitcode");
  }

  /** Applies without asking, and leaves it to the caller to judge a failure. */
  public tryApply(): Promise<TerraformRun> {
    return this.run("apply", "-input=false", "-auto-approve");
  }

  public async apply(): Promise<TerraformRun> {
    return succeeded(await this.tryApply());
  }

  public async destroy(): Promise<TerraformRun> {
    return succeeded(await this.run("destroy", "-input=false", "-auto-approve"));
  }

  /** Marks a resource so that the next apply makes it anew, and with it runs its provisioners. */
  public async taint(address: string): Promise<TerraformRun> {
    return succeeded(await this.run("taint", address));
  }

  private async run(command: string, ...options: readonly string[]): Promise<TerraformRun> {
    const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => KEPT.has(name)));
    const environment = { ...kept, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", ...this.variables };
    const { folder } = this;
    const ended = await runProgram({ command: ["terraform", command, "-no-color", ...options], folder, environment });
    return { command, ...ended };
  }
}

function succeeded(run: TerraformRun): TerraformRun {
  if (run.code === 0) return run;
  throw new Error(`terraform ${run.command} ended with exit code ${String(run.code)}:\n${run.output}`);
}
