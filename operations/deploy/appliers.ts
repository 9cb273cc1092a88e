import { codeOfProgram, type ExitCode } from "../exit-code";
import { passedOn, type Runner } from "./program";
import type { AppliedResource, StackFolder } from "./stack";
import type { Terraform } from "./terraform";

/** An applier, and its word about its state, which it has not changed. */
export interface Checked extends AppliedResource {
  /** 0: in force. 1: not in force. 2: unknown. */
  readonly code: ExitCode;
  readonly said: string;
}

/** Runs every applier of a stack with `--check`, one after another. */
export async function checkAppliers(
  { path, appliers }: StackFolder,
  { run, variables }: Runner,
): Promise<readonly Checked[]> {
  const checked: Checked[] = [];
  for (const applier of appliers) {
    const environment = { ...passedOn(variables), DESIRED_STATE: applier.desiredState };
    const { code, output } = await run({ command: ["node", applier.program, "--check"], folder: path, environment });
    checked.push({ ...applier, code: codeOfProgram(code), said: output.trim() });
  }
  return checked;
}

/** The outcome for the appliers that have to run again. */
export interface Tainted {
  readonly code: 0 | 2;
  readonly lines: readonly string[];
}

/**
 * Taints every applier whose state isn't in force, so that the next apply runs it again and fails unless the state is in
 * force then. One that can't tell is tainted too: the apply finds out. One that isn't in Terraform's state runs anyway.
 */
export async function taint(checked: readonly Checked[], terraform: Terraform): Promise<Tainted> {
  const again = checked.filter(({ code }) => code !== 0);
  if (again.length === 0) return { code: 0, lines: [] };
  const init = await terraform.init();
  if (init.code !== 0) return { code: 2, lines: [init.output] };
  const list = await terraform.run("state", "list");
  // Before the first apply there is no state to list.
  if (list.code !== 0 && !list.output.includes("No state file was found")) return { code: 2, lines: [list.output] };
  const known = new Set(list.output.split("\n").map((line) => line.trim()));
  const lines: string[] = [];
  for (const { address } of again) {
    if (!known.has(address)) {
      lines.push(`${address} isn't in the state yet: the deploy runs it`);
      continue;
    }
    const { code, output } = await terraform.run("taint", "-no-color", address);
    if (code !== 0) return { code: 2, lines: [...lines, output] };
    lines.push(`${address} is tainted: the deploy runs it again`);
  }
  return { code: 0, lines };
}
