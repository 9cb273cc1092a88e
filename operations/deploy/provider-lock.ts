import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./program";
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
  const committed = join(locks, `${environment}${LOCK}`);
  if (!existsSync(committed)) return [];
  copyFileSync(committed, join(path, LOCK));
  return ["-lockfile=readonly"];
}
