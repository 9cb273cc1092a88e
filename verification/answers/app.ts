import type { Policy } from "../../policy/policy";
import type { Model } from "../terraform/model";

/** An app that is asked about: the resources of its JSON, and the promises of its environments. */
export interface App {
  readonly model: Model;
  readonly policies: readonly Policy[];
}
