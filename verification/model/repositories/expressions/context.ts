/** What an expression of a workflow can be, as far as it is evaluated here. */
export type Scalar = string | number | boolean | null;

export type ContextValue = Scalar | ContextObject | ContextLookup;

/** A context that is known in full: what it hasn't is null. Its names are in lower case. */
export interface ContextObject {
  readonly [name: string]: ContextValue;
}

/**
 * A context of which only some is known, by names in lower case.
 *
 * @throws {NotUnderstood} for the rest
 */
export type ContextLookup = (name: string) => ContextValue;

/** What expressions are evaluated in: https://docs.github.com/en/actions/reference/workflows-and-actions/contexts */
export interface Contexts {
  readonly named: ContextObject;
  /** How what came before ended. */
  readonly status: "success" | "failure" | "cancelled" | "skipped";
}
