import { InvalidInput } from "../../errors/invalid-input";
import { contentOf } from "../../errors/user-file";
import type { ExitCode } from "../exit-code";
import type { Variables } from "../platforms/platform";
import { type Ended, ROOT, type Runner, passedOn } from "./program";
import type { StackFolder } from "./stack";
import { replaceFiles } from "../replace-files";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Terraform in the folder of a stack. */
export interface Terraform {
  /** Readies the folder: providers and backend. */
  readonly init: () => Promise<Ended>;
  readonly run: (...args: readonly string[]) => Promise<Ended>;
}

export interface TerraformSurroundings extends Runner {
  /** @default - the folder provider-locks of the project */
  readonly locks?: string;
}

export function terraformIn(stack: StackFolder, { run, variables, locks }: TerraformSurroundings): Terraform {
  const terraform = (...args: readonly string[]): Promise<Ended> =>
    run({ command: [engineOf(variables), ...args], folder: stack.path, environment: variables });
  return {
    init: () => terraform("init", "-input=false", "-no-color", ...placeProviderLock(stack, locks)),
    run: terraform,
  };
}

/**
 * The engine: Terraform, or the one that `TERRAFORM_BINARY_NAME` names, such as `tofu`. cdktf takes it from there too.
 *
 * @see https://github.com/hashicorp/terraform-cdk/blob/v0.21.0/packages/%40cdktf/cli-core/src/lib/terraform-cli.ts
 */
const engineOf = ({ TERRAFORM_BINARY_NAME: name }: Variables): string => name || "terraform";

/** The answer of a plan: 0 nothing would change, 1 something would, 2 there is no plan. */
export interface Planned {
  readonly code: ExitCode;
  readonly text: string;
}

/**
 * Terraform's own codes of `plan -detailed-exitcode`: 0 no change, 1 an error, 2 changes.
 *
 * @see https://developer.hashicorp.com/terraform/cli/commands/plan#detailed-exitcode
 */
const CODES: Readonly<Record<number, Planned["code"]>> = { 0: 0, 2: 1 };

/**
 * Plans, and changes nothing: no lock is taken either, so that credentials that may only read are enough, and nobody who
 * deploys has to wait.
 */
export async function plan(terraform: Terraform): Promise<Planned> {
  const init = await terraform.init();
  if (init.code !== 0) return { code: 2, text: init.output };
  const args = ["plan", "-input=false", "-lock=false", "-detailed-exitcode", "-no-color"];
  const { code, output } = await terraform.run(...args);
  return { code: CODES[code ?? 1] ?? 2, text: output };
}

export interface ApplySurroundings extends Runner {
  readonly terraform: Terraform;
  readonly onOutput: (text: string) => void;
}

/**
 * Deploys one stack of an output folder as it is: it isn't synthesized again. The stacks that it depends on aren't deployed
 * with it; they have had their turn.
 */
export async function apply(
  folder: string,
  { environment }: Pick<StackFolder, "environment">,
  { run, variables, terraform, onOutput }: ApplySurroundings,
): Promise<Ended> {
  // cdktf would take newer providers than the committed checksums name; this refuses them.
  const init = await terraform.init();
  if (init.code !== 0) {
    onOutput(init.output);
    return init;
  }
  const command = [
    resolve(ROOT, "node_modules/.bin/cdktf"),
    "deploy",
    environment,
    "--skip-synth",
    "--skip-provider-lock",
    "--ignore-missing-stack-dependencies",
    "--auto-approve",
    "--no-color",
    "--output",
    resolve(folder),
  ] as const;
  // An interrupt has cdktf end at once, and Terraform with it, before that has written its state or given its lock back.
  return run({ command, folder: ROOT, environment: { ...variables, CI: "1" }, isShielded: true }, onOutput);
}

/** The committed checksums of providers, one file an environment. */
export const PROVIDER_LOCKS = join(ROOT, "provider-locks");

const LOCK = ".terraform.lock.hcl";

/**
 * Lays the committed checksums of a stack's providers beside it, where Terraform looks for them.
 *
 * @returns the arguments that keep `terraform init` to them; none where no checksums are committed
 * @see https://developer.hashicorp.com/terraform/language/files/dependency-lock
 */
function placeProviderLock(
  { environment, path }: Pick<StackFolder, "environment" | "path">,
  locks: string = PROVIDER_LOCKS,
): readonly string[] {
  const committed = committedLock(locks, environment);
  const content = contentOf(committed);
  if (content === undefined) return [];
  if ("problem" in content)
    throw new InvalidInput("the checksums of providers", [{ at: committed, ...content.problem }]);
  writeFileSync(join(path, LOCK), content.bytes);
  return ["-lockfile=readonly"];
}

/** Where deploys run, and where people synthesize. */
const PLATFORMS: readonly string[] = ["linux_amd64", "linux_arm64", "darwin_arm64"];

export interface LockSurroundings extends TerraformSurroundings {
  /** @default - Linux on both architectures, and macOS */
  readonly platforms?: readonly string[];
  /** @default - the providers' registry */
  readonly mirror?: string;
}

/**
 * Writes the checksums of a stack's providers to where they are committed. A file that is there is replaced as a whole, or
 * not at all.
 *
 * @see https://developer.hashicorp.com/terraform/cli/commands/providers/lock
 */
export async function lockProviders(
  { environment, path }: Pick<StackFolder, "environment" | "path">,
  { run, variables, platforms = [], mirror, locks = PROVIDER_LOCKS }: LockSurroundings,
): Promise<{ readonly code: 0 | 2; readonly text: string }> {
  // Anew: what lies there would keep versions that nothing asks for any more.
  const made = join(path, LOCK);
  rmSync(made, { force: true });
  const from = mirror === undefined ? [] : [`-fs-mirror=${resolve(mirror)}`];
  const options = (platforms.length === 0 ? PLATFORMS : platforms).map((platform) => `-platform=${platform}`);
  const command = [engineOf(variables), "providers", "lock", "-no-color", ...from, ...options] as const;
  const { code, output } = await run({ command, folder: path, environment: passedOn(variables) });
  if (code !== 0) return { code: 2, text: `${notWritten(environment, mirror)}\n${output}` };
  mkdirSync(locks, { recursive: true });
  const committed = committedLock(locks, environment);
  replaceFiles([{ path: committed, content: readFileSync(made) }]);
  // The folder may be deployed still.
  rmSync(made);
  return { code: 0, text: `${output}Written: ${committed}\n` };
}

function notWritten(environment: string, mirror: string | undefined): string {
  const change =
    mirror === undefined ? "; where the registry can't be reached, --mirror takes a filesystem mirror" : "";
  return `the checksums of the providers of ${environment} aren't written: not every provider could be had${change}`;
}

/** Where the checksums of an environment's providers are committed. */
export function committedLock(locks: string, environment: string): string {
  return join(locks, `${environment}${LOCK}`);
}
