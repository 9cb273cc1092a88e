import type { Scope } from "../edge/scope";
import type { EdgeRequest } from "../edge/evaluate/edge-request";
import type { Answer } from "../solver/answer";
import type { Point } from "../edge/axes";
import type { DecisionDiagram } from "../solver/decision-diagram";
import type { Language } from "./language";

/** One request of a region, from an address of each family that there is. */
export interface Example {
  /** None where bytes that are no text can't be written as one, or where the evaluator denies what is assumed of them. */
  readonly requests: readonly EdgeRequest[];
  /** What is true of the first. */
  readonly known: ReadonlyMap<number, Answer>;
  /** What nobody can tell, and is assumed of it. */
  readonly assumed: ReadonlyMap<number, boolean>;
}

/** Where examples are looked for. */
export interface Sought {
  readonly language: Language;
  readonly partitions: DecisionDiagram<unknown, Point>["partitions"];
  readonly normalised: boolean;
  readonly likely: Scope["likely"];
  /** What the rules ask that no field alone decides. */
  readonly free: readonly number[];
}
