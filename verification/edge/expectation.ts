import type { EdgeRequest } from "./evaluate/edge-request";
import type { ZoneRule } from "./zone";
import type { Destination } from "./destination";

/** Where a request ends, and the rule that ended it. */
export interface End {
  readonly request: EdgeRequest;
  readonly destination: Destination;
  /** Undefined where no rule did. */
  readonly rule: ZoneRule | undefined;
}

/** Over what is free, such as a bot score, an end has to be accepted. */
export enum Quantifier {
  /** Whatever it is: for what must never happen. */
  ALWAYS = "always",
  /** For something that it may be: for what must not be impossible. */
  POSSIBLY = "possibly",
}

/** What a statement says about an end that is decided. */
export type Judgement =
  | { readonly kind: "accepted" }
  | { readonly kind: "refused" }
  | { readonly kind: "undecided"; readonly reasons: readonly string[] };

/** Accepts the ends of some actions for every request. */
export function endsBy(...actions: readonly string[]): Expectation["isAlwaysAccepted"] {
  return ({ action }) => actions.includes(action);
}

export const ACCEPTED: Judgement = { kind: "accepted" };
export const REFUSED: Judgement = { kind: "refused" };

/** What a statement expects of every request in its scope. */
export interface Expectation {
  readonly quantifier: Quantifier;
  readonly judge: (end: End) => Judgement;
  /** Whether the end of a rule is accepted for every request that it ends: then it doesn't matter which requests these are. */
  readonly isAlwaysAccepted: (rule: ZoneRule) => boolean;
  /**
   * A condition whose two sides have to be told apart among the requests that a rule ends.
   *
   * @default - none
   */
  readonly watch?: (rule: ZoneRule) => string | undefined;
}
