import { Option } from "commander";
import type { Environment } from "../policy/environment";
import { IS_REPOSITORY } from "./program";

/** What `cdktf synth` writes, unless it is told otherwise. */
export const OUTPUT = "cdktf.out";

/** The option of a command that is about environments. */
export function folderOption(): Option {
  const others = IS_REPOSITORY ? "this repository's" : OUTPUT;
  return new Option("--folder <folder>", `take the environments from what a synth wrote (default: ${others})`);
}

/**
 * The environments that a command is about: those of an output folder where one is named, or where the repository's
 * aren't here.
 *
 * @throws {InvalidInput} where the folder doesn't say what its environments are
 */
export async function environmentsOf(folder: string | undefined): Promise<readonly Environment[]> {
  if (IS_REPOSITORY && folder === undefined) return (await import("../environments")).environments;
  const { readPolicies } = await import("../verification/terraform/folder");
  return readPolicies(folder ?? OUTPUT).map(({ environment }) => environment);
}
