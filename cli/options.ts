import { nearest } from "../errors/nearest";
import { oneLine } from "../errors/one-line";
import { loadedFrom } from "../errors/user-code";
import type { Environment } from "../policy/environment";
import type { Output } from "../verification/terraform/output";
import { IS_REPOSITORY } from "./program";
import { announce, type Terminal } from "./terminal";
import { InvalidArgumentError, Option } from "commander";
import { join } from "node:path";

/** The folder that `cdktf synth` writes, unless it is told otherwise. */
export const OUTPUT = "cdktf.out";

const ENVIRONMENTS = join(__dirname, "..", "environments");

/** The option of a command that is about environments. */
export function folderOption(): Option {
  const others = IS_REPOSITORY ? "this repository's" : OUTPUT;
  return new Option("--folder <folder>", `take the environments from what a synth wrote (default: ${others})`);
}

/**
 * The environments that a command is about: those of an output folder where one is named, or where the repository's
 * aren't here.
 *
 * @throws {InvalidInput} where the folder doesn't say what its environments are, or their code has a mistake
 */
export async function environmentsOf(folder: string | undefined): Promise<readonly Environment[]> {
  if (IS_REPOSITORY && folder === undefined) {
    return (await loadedFrom(ENVIRONMENTS, () => import("../environments"))).environments;
  }
  const { readPolicies } = await import("../verification/terraform/folder");
  return readPolicies(folder ?? OUTPUT).map(({ environment }) => environment);
}

/**
 * Reads the output of a synth. The terminal is told where it isn't what was proven, and which work begins.
 *
 * @param work the work that takes its time
 * @throws {InvalidInput} where the folder can't be read
 */
export async function readOutput(folder: string, terminal: Terminal, work: string): Promise<Output> {
  const { readOutputFolder } = await import("../verification/terraform/folder");
  const output = readOutputFolder(folder);
  const [changed] = output.changed ?? [];
  if (changed !== undefined) {
    terminal.tell(`${oneLine(`not what was proven: ${changed} of ${folder} differs from proof.json`)}\n`);
  }
  announce(terminal, work);
  return output;
}

/** The option by which a command is told how to print its answer, as text unless it is told otherwise. */
export function formatOption(what: string, formats: readonly string[] = ["text", "json"]): Option {
  return choiceOption("--format <format>", what, formats).default("text");
}

/** Takes the value of an option that may be repeated beside those that were given before. */
export function repeated(value: string, others: readonly string[] = []): readonly string[] {
  return [...others, value];
}

/** An option with a list of values. A misspelt value is refused with the nearest one. */
export function choiceOption(flags: string, what: string, values: readonly string[]): Option {
  return new Option(flags, what).choices(values).argParser((value) => {
    if (values.includes(value)) return value;
    const near = nearest(value, values);
    const listed = `Allowed choices are ${values.join(", ")}.`;
    throw new InvalidArgumentError(near === undefined ? listed : `${listed} Did you mean ${near}?`);
  });
}
