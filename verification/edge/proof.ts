import type { Destination } from "./ends";
import type { EdgeRequest } from "./evaluate/edge-request";
import type { ZoneRule } from "./zone";

/** The result for a statement about the requests of a scope. */
export type Proof = Proven | Violated | Undecided | NotApplicable;

/** It holds for every request. */
export interface Proven {
  readonly kind: "proven";
  /** How many classes of requests there are. */
  readonly cells: number;
  /** How many rules decide them. */
  readonly rules: number;
  /** Those of them that end some request. */
  readonly deciding: readonly ZoneRule[];
  /** Rules that may stop some of these requests, by facts that only the platform knows. They were not counted on. */
  readonly possible: readonly ZoneRule[];
}

/** It doesn't hold for a request. */
export interface Violated {
  readonly kind: "violated";
  readonly counterexample: EdgeRequest;
  /** The same from an address of the other family, where there is one. */
  readonly also: readonly EdgeRequest[];
  readonly destination: Destination;
  /** The rule that ended it; undefined where none did and it reached the origin. */
  readonly rule: ZoneRule | undefined;
}

/** It is unknown whether it holds, for these reasons. */
export interface Undecided {
  readonly kind: "undecided";
  /** Each once; at least one. */
  readonly reasons: readonly string[];
  /** A request for which it is not decided, where one is known. */
  readonly request: EdgeRequest | undefined;
}

/** There is no request to speak of. */
export interface NotApplicable {
  readonly kind: "not applicable";
}

/** The result for a statement that has parts: it holds if all do. */
export function allOf(proofs: readonly Proof[]): Proof {
  const violated = proofs.find(({ kind }) => kind === "violated");
  if (violated !== undefined) return violated;
  const open = proofs.filter((proof) => proof.kind === "undecided");
  if (open.length > 0) {
    const reasons = [...new Set(open.flatMap((proof) => proof.reasons))];
    return { kind: "undecided", reasons, request: open.find(({ request }) => request !== undefined)?.request };
  }
  const proven = proofs.filter((proof) => proof.kind === "proven");
  if (proven.length === 0) return { kind: "not applicable" };
  return {
    kind: "proven",
    cells: proven.reduce((sum, { cells }) => sum + cells, 0),
    rules: Math.max(...proven.map(({ rules }) => rules)),
    deciding: [...new Set(proven.flatMap(({ deciding }) => deciding))],
    possible: [...new Set(proven.flatMap(({ possible }) => possible))],
  };
}

/** Where a request ends, and the rule that ended it. */
export interface EndedRequest {
  readonly request: EdgeRequest;
  readonly destination: Destination;
  /** Undefined where no rule did. */
  readonly rule: ZoneRule | undefined;
}

/** The values of an unconstrained field, such as a bot score, for which an end has to be accepted. */
export enum Quantifier {
  /** For all: the expectation is that something never happens. */
  ALWAYS = "always",
  /** For some that occur: the expectation is that something stays possible. */
  POSSIBLY = "possibly",
}

/** The judgement of a statement on an end that is decided. */
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

/** The expectation of a statement for every request in its scope. */
export interface Expectation {
  readonly quantifier: Quantifier;
  readonly judge: (end: EndedRequest) => Judgement;
  /** Whether the end of a rule is accepted for every request that it ends: then it doesn't matter which requests these are. */
  readonly isAlwaysAccepted: (rule: ZoneRule) => boolean;
  /**
   * A condition whose two sides have to be told apart among the requests that a rule ends.
   *
   * @default - none
   */
  readonly watch?: (rule: ZoneRule) => string | undefined;
}
