import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { InvalidInput } from "../../errors/invalid-input";
import { contentOf } from "../../errors/user-file";
import { passedOn } from "./passed-on";
import { ROOT, type RunProgram, type Variables } from "./program";
import type { StackFolder } from "./stack";

/** The committed checksums of providers, one file an environment. */
const PROVIDER_LOCKS = join(ROOT, "provider-locks");

const LOCK = ".terraform.lock.hcl";

/**
 * Lays the committed checksums of a stack's providers beside it, where Terraform looks for them.
 *
 * @returns the arguments that keep `terraform init` to them; none where no checksums are committed
 * @see https://developer.hashicorp.com/terraform/language/files/dependency-lock
 */
export function placeProviderLock(
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

export interface LockSurroundings {
  readonly run: RunProgram;
  readonly variables: Variables;
  /** @default - Linux on both architectures, and macOS */
  readonly platforms?: readonly string[];
  /** @default - the providers' registry */
  readonly mirror?: string;
  /** @default - the folder provider-locks of the project */
  readonly locks?: string;
}

/**
 * Writes the checksums of a stack's providers to where they are committed. A file that is there is replaced as a whole, or
 * not at all.
 *
 * @see https://developer.hashicorp.com/terraform/cli/commands/providers/lock
 */
export async function lockProviders(
  { environment, path }: Pick<StackFolder, "environment" | "path">,
  { run, variables, platforms = PLATFORMS, mirror, locks = PROVIDER_LOCKS }: LockSurroundings,
): Promise<{ readonly code: 0 | 2; readonly text: string }> {
  // Anew: what lies there would keep versions that nothing asks for any more.
  rmSync(join(path, LOCK), { force: true });
  const from = mirror === undefined ? [] : [`-fs-mirror=${resolve(mirror)}`];
  const options = platforms.map((platform) => `-platform=${platform}`);
  const command = ["terraform", "providers", "lock", ...from, ...options] as const;
  const { code, output } = await run({ command, folder: path, environment: passedOn(variables) });
  if (code !== 0) return { code: 2, text: output };
  mkdirSync(locks, { recursive: true });
  const committed = committedLock(locks, environment);
  copyFileSync(join(path, LOCK), `${committed}.new`);
  renameSync(`${committed}.new`, committed);
  return { code: 0, text: `${output}Written: ${committed}\n` };
}

function committedLock(locks: string, environment: string): string {
  return join(locks, `${environment}${LOCK}`);
}
