/** Where a request ends, by the form of what the rules do: equal keys, equal ends. */
export type End = Stopped | Passed | Undecided;

interface Common {
  readonly key: string;
  /** What a client has to pass before, or may be stopped by: `managed_challenge`, or rules that only the platform decides. */
  readonly barriers: readonly string[];
}

export type Stopped = Common & Stop;

/** How a rule ends a request. */
export type Stop = Blocked | Redirected;

export interface Blocked {
  readonly kind: "block";
  readonly status: number;
}

export interface Redirected {
  readonly kind: "redirect";
  readonly status: number;
  /** `https` for the same URL over HTTPS; else the target as it is written, a text or an expression. */
  readonly target: string;
}

/** It goes to the origin. */
export interface Passed extends Common {
  readonly kind: "origin";
  /** What the edge does to the headers, by their names in lower case; a value is written as in the JSON. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the rules of further phases do, by phase, written as in the JSON. */
  readonly settings: Readonly<Record<string, string>>;
}

/** A rule matches of which nobody here knows what it does. */
export interface Undecided extends Common {
  readonly kind: "undecided";
  /** Each once. */
  readonly reasons: readonly string[];
}
