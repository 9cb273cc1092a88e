import { inputLines } from "./input-lines";
import type { Variables } from "./program";

/**
 * What tells the runner of a workflow to hide the values that stand in `TERRAFORM_VARIABLES`, each once; nothing outside of a
 * workflow. GitHub hides the lines of a secret, but not a part of a line.
 *
 * They are for a runner to read: said where it doesn't listen, they show what they are to hide.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#masking-a-value-in-a-log
 */
export function maskCommands({
  GITHUB_ACTIONS: runner = "",
  TERRAFORM_VARIABLES: lines = "",
}: Variables): readonly string[] {
  if (runner === "") return [];
  const values = new Set(inputLines(lines).inputs.map(([, value]) => value));
  // Of what a command escapes, a line can hold only this.
  return [...values].map((value) => `::add-mask::${value.replaceAll("%", "%25")}`);
}
