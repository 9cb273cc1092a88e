import type { App } from "cdktf";
import type { Policy } from "../policy/policy";

/** What is synthesized. */
export interface Synthesis {
  readonly app: App;
  /** The policies that have to hold. Each has the name of a stack of the app. */
  readonly policies: readonly Policy[];
  /**
   * Warnings of the app's own, a line each. They are printed with those of the constructs.
   *
   * @default - none
   */
  readonly warnings?: readonly string[];
}
