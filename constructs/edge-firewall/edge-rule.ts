import type { EdgePhase } from "../../policy/edge-phase";

/** A rule of one of the edge's phases, its own or another team's. */
export interface EdgeRule {
  readonly phase: EdgePhase;
  /** A stable name: the provider keeps a rule's id by it. */
  readonly ref: string;
  /** What the rule is for. The edge's own begin with the id of their statement. */
  readonly description: string;
  /** The condition, in the Rules language. */
  readonly expression: string;
  readonly action: string;
  /**
   * With the provider's attribute names.
   *
   * @default - the action has none
   */
  readonly actionParameters?: Readonly<Record<string, unknown>>;
  /** @default true */
  readonly enabled?: boolean;
}
