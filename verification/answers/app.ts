import type { Policy } from "../../policy/policy";
import type { Model } from "../terraform/model";

/** What is asked about: what the JSON of an app makes, and what its environments promise. */
export interface App {
  readonly model: Model;
  readonly policies: readonly Policy[];
}
