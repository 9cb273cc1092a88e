/*
 * The ends of requests. A destination is the place where one request ends. An end is the place where all requests that
 * some rules match end, by the form of the rules' actions. Equal keys, equal ends and effects.
 */

/** Where one request ends. */
export type Destination =
  | { readonly kind: "redirect"; readonly status: number; readonly location: string }
  | { readonly kind: "block" }
  | {
      readonly kind: "origin";
      /**
       * The client's headers and those that the edge set, which replace them, by their names in lower case. A value that the
       * edge set is written as in the JSON: a reference to a variable stays one.
       */
      readonly headers: Readonly<Record<string, string>>;
    }
  | UndecidedDestination;

interface UndecidedDestination {
  readonly kind: "undecided";
  readonly reasons: readonly string[];
}

/** The action of a rule on a request: it ends it, leaves out the later rules of its phase, or sets headers. */
export type Done =
  | Exclude<Destination, { kind: "origin" }>
  | { readonly kind: "skip" }
  | { readonly kind: "headers"; readonly set: Readonly<Record<string, string>> };

export const NOTHING_DONE: Done = { kind: "headers", set: {} };

/** The destination of a request that meets a rule that isn't understood. */
export function undecidedBy({ ref }: { readonly ref: string }, reasons: readonly string[]): UndecidedDestination {
  return { kind: "undecided", reasons: reasons.map((reason) => `rule ${ref}: ${reason}`) };
}

/** Where requests end, by the form of the rules' actions. */
export type End = Common & (Stop | Passed | { readonly kind: "undecided"; readonly reasons: readonly string[] });

interface Common {
  readonly key: string;
  /** Barriers before it that may stop a client: `managed_challenge`, or rules that only the platform decides. */
  readonly barriers: readonly string[];
}

/** How a rule ends requests. */
export type Stop = { readonly kind: "block"; readonly status: number } | RedirectStop;

export interface RedirectStop {
  readonly kind: "redirect";
  readonly status: number;
  /** `https` for the same URL over HTTPS; else the target as it is written, a text or an expression. */
  readonly target: string;
}

/** They go to the origin. */
export interface Passed {
  readonly kind: "origin";
  /** The edge's changes to the headers, by their names in lower case; a value is written as in the JSON. */
  readonly headers: Readonly<Record<string, string>>;
  /** The effects of the rules of further phases, by phase, written as in the JSON. */
  readonly settings: Readonly<Record<string, string>>;
}

/** The effect of a rule on all requests that it matches. One that isn't understood is compared as it is written. */
export type Effect = Ending | Barrier | Setting | UnknownEffect;

/** It ends the request. */
export interface Ending {
  readonly kind: "ending";
  readonly key: string;
  readonly stop: Stop;
}

/** It may stop the request, and may not. */
export interface Barrier {
  readonly kind: "barrier";
  readonly key: string;
  readonly what: string;
  /** Whether it bears on other phases alone, so that nothing of it is left where a request ends in this one. */
  readonly isElsewhere: boolean;
}

/** It changes what an origin gets. */
export interface Setting {
  readonly kind: "setting";
  readonly key: string;
  /** The name of the thing that it sets. A later rule that sets the same takes its place, unless it adds to it. */
  readonly name: string;
  readonly value: string;
  readonly adds: boolean;
}

/** Its effect is unknown, or whether the rules behind it run. */
export interface UnknownEffect {
  readonly kind: "unknown";
  readonly key: string;
  readonly reason: string;
}

/** Whether a request that is ended in its phase shows nothing of an effect. */
export function isElsewhere(effect: Effect): boolean {
  return effect.kind === "barrier" && effect.isElsewhere;
}
