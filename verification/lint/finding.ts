/** The checks of a synthesized stack, by the names under which they report. */
export enum LintRule {
  ESCAPED_INTERPOLATION = "escaped-interpolation",
  LOST_VALUE = "lost-value",
  SPECTRUM_PORT = "spectrum-port",
  LOCKDOWN = "lockdown",
  UNPROXIED_RECORD = "unproxied-record",
}

/** One place in a synthesized stack that doesn't do what was meant. */
export interface Finding {
  readonly rule: LintRule;
  /** The place, as a JSON pointer into the Terraform JSON: https://www.rfc-editor.org/rfc/rfc6901 */
  readonly pointer: string;
  /** What is wrong there, what was meant, and what to change. */
  readonly message: string;
}

/** A finding before the rule's name is put to it, with its message in parts. */
export interface Fault {
  readonly pointer: string;
  readonly wrong: string;
  readonly meant: string;
  readonly change: string;
}

/** One check: everything that it finds wrong in a parsed `cdk.tf.json`. It may throw on what it can't understand. */
export type Check = (terraformJson: unknown) => readonly Fault[];
