import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { gate } from "../gate/gate";
import type { Environment } from "../policy/environment";
import { exampleValues } from "../policy/example-values";
import { composeStacks } from "../stacks/compose-stacks";
import { withRealValues } from "./rehearsal-values";

/** A copy of environments that can be deployed to stand-ins, synthesized and proven. */
export interface Copy {
  readonly environments: readonly Environment[];
  /** Each example value that was replaced, with its place. */
  readonly replaced: readonly string[];
  /** The line by which the gate says what it has proven. */
  readonly proven: string;
}

/**
 * Replaces the example values of environments by rehearsal values, and synthesizes them through the gate.
 *
 * @throws {NotProven} as the gate
 */
export function synthesizeCopy(originals: readonly Environment[], output: string): Copy {
  const environments = originals.map(withRealValues);
  const replaced = originals.flatMap((each) => exampleValues(each).map((value) => `${each.name}: ${value}`));
  let proven = "";
  mkdirSync(output, { recursive: true });
  const app = new App({ outdir: output, stackTraces: false });
  gate(app, composeStacks(app, environments), {
    terminal: { write: (line) => (proven = line), tell: () => undefined },
  });
  writeFileSync(join(output, "../REHEARSAL.md"), note(replaced));
  return { environments, replaced, proven };
}

const note = (replaced: readonly string[]): string =>
  [
    "# A rehearsal",
    "This is a copy of the environments. It is for stand-ins on this machine alone: never deploy it.",
    `Rehearsal values stand for these example values:\n\n${replaced.map((value) => `- ${value}\n`).join("")}`,
  ].join("\n\n");
