import type { Terraform } from "./terraform";

/** What a plan says: 0 nothing would change, 1 something would, 2 there is no plan. */
export interface Planned {
  readonly code: 0 | 1 | 2;
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
