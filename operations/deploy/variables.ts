import { InvalidInput, type Problem } from "../../errors/invalid-input";
import { inputLines } from "./input-lines";
import { passedOn } from "./passed-on";
import type { Variables } from "./program";
import type { StackFolder } from "./stack";

/**
 * The variables for the process that runs Terraform: those of this process that `passedOn` lets through, and Terraform's
 * input variables.
 *
 * An input comes from `TF_VAR_<name>`, from `EDGE_SECRET` (the edge secret of this environment), or from a line
 * `name=value` of `TERRAFORM_VARIABLES` (the edge secrets of guests, a Snyk token). A workflow can't name a variable after
 * an environment that it learns of while it runs, so this does.
 *
 * @throws {InvalidInput} naming every input without a value, and every line that isn't one; never a value
 */
export function terraformVariables(
  { environment, variables }: Pick<StackFolder, "environment" | "variables">,
  given: Variables,
): Variables {
  const { EDGE_SECRET: own = "", TERRAFORM_VARIABLES: lines = "" } = given;
  const { inputs: written, strange } = inputLines(lines);
  const named = new Map([[`edge_secret_${environment.replaceAll("-", "_")}`, own], ...written]);
  const inputs = variables.map((name) => [name, given[`TF_VAR_${name}`] || named.get(name) || undefined] as const);
  InvalidInput.throwIfAny(`the deploy of ${environment}`, [
    ...strange.map(notALine),
    ...inputs.filter(([, value]) => value === undefined).map(([name]) => withoutValue(name)),
  ]);
  return {
    ...passedOn(given),
    ...Object.fromEntries(inputs.map(([name, value]) => [`TF_VAR_${name}`, value])),
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
  };
}

function notALine(number: number): Problem {
  const allowed = "name=value, the name of an input variable of the stack";
  return { at: `TERRAFORM_VARIABLES line ${number}`, got: "something else", allowed };
}

function withoutValue(name: string): Problem {
  const change = name.startsWith("edge_secret_")
    ? `set TF_VAR_${name} or, in CI, the secret EDGE_SECRET; for a guest of the zone, a line of TERRAFORM_VARIABLES`
    : `set TF_VAR_${name} or, in CI, add a line ${name}=<value> to the secret TERRAFORM_VARIABLES`;
  return { at: name, got: "a secret that is not set", allowed: "a value for every input of the stack", change };
}
