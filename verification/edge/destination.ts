/** Where a request ends. */
export type Destination = Redirected | Blocked | Forwarded | Undecided;

export interface Redirected {
  readonly kind: "redirect";
  readonly status: number;
  readonly location: string;
}

export interface Blocked {
  readonly kind: "block";
}

/** The request goes to the origin. */
export interface Forwarded {
  readonly kind: "origin";
  /**
   * The client's headers and those that the edge set, which replace them, by their names in lower case. What the edge
   * set is written as in the JSON: a reference to a variable stays one.
   */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Undecided {
  readonly kind: "undecided";
  readonly reasons: readonly string[];
}

/** What a rule does with a request that it matches: it ends it, leaves out the later rules of its phase, or sets headers. */
export type Done = Redirected | Blocked | Undecided | Skipping | HeadersSet;

export interface Skipping {
  readonly kind: "skip";
}

export interface HeadersSet {
  readonly kind: "headers";
  readonly set: Readonly<Record<string, string>>;
}

export const NOTHING_DONE: HeadersSet = { kind: "headers", set: {} };

/** What becomes of a request that meets a rule that isn't understood. */
export function undecidedBy({ ref }: { readonly ref: string }, reasons: readonly string[]): Undecided {
  return { kind: "undecided", reasons: reasons.map((reason) => `rule ${ref}: ${reason}`) };
}
