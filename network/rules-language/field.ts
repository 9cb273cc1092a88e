import type { PlanRequirement } from "./plan-requirement";
import type { Type } from "./type";

/** A field of the Rules language, as its documentation describes it. */
export interface Field {
  readonly name: string;
  readonly type: Type;
  /**
   * The least plan that may use it.
   *
   * @default - every plan
   */
  readonly plan?: PlanRequirement;
  /** The fields whose values decide this one's. Empty for what stands in the request by itself. */
  readonly derivedFrom: readonly string[];
  /** The page that documents it. */
  readonly source: string;
}
