import type { Literal } from "./ast";
import type { PlanRequirement } from "./plan-requirement";
import type { Type } from "./type";

/** How an argument may be given. */
export enum ArgumentKind {
  /** As a literal. */
  LITERAL = "a literal",
  /** As a field, a call or an expression: anything but a literal. */
  FIELD = "a field or an expression",
  /** Either way. */
  ANY = "a literal, a field or an expression",
}

/** One parameter of a function. */
export interface Parameter {
  readonly name: string;
  readonly kind: ArgumentKind;
  /** The types that it takes. Empty for any array, and for what `concat` takes. */
  readonly types: readonly Type[];
  /**
   * Whether it takes what the first argument is made of, whatever `types` says.
   *
   * @default false
   */
  readonly ofElements?: boolean;
  /**
   * What a literal must be beyond its type.
   *
   * @default - any literal of the type
   * @returns what is allowed, where the literal is not; otherwise nothing
   */
  readonly constraint?: (literal: Literal) => string | undefined;
}

/** A function of the Rules language, as its documentation describes it. `any` and `all` are syntax and not among them. */
export interface FunctionSignature {
  readonly name: string;
  readonly required: readonly Parameter[];
  readonly optional: readonly Parameter[];
  /**
   * The parameter that may follow any number of times.
   *
   * @default - none
   */
  readonly rest?: Parameter;
  /** The result's type for the type of the first argument. */
  readonly result: (first: Type) => Type;
  /**
   * The phases of the ruleset engine whose rules may call it.
   *
   * @default - every phase
   */
  readonly phases?: readonly string[];
  /**
   * The least plan that may use it.
   *
   * @default - every plan
   */
  readonly plan?: PlanRequirement;
  /** The section that documents it. */
  readonly source: string;
}
