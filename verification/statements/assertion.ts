import { oncePer } from "../once-per";
import { allOf, NOT_APPLICABLE, type Result } from "../result";
import type { Scene } from "./scene";

/** A plain sentence that a statement means, and how it is checked for one environment. */
export interface Assertion {
  readonly text: string;
  readonly check: (scene: Scene) => Result;
}

/**
 * The assertions of a statement: at least one, since an empty statement would always hold. It holds if all of them do.
 */
export type Assertions = readonly [Assertion, ...Assertion[]];

/** A check of a scene, all at once or one thing after the other. */
export type Check = (scene: Scene) => Result | readonly Result[];

/** An assertion whose check is made once: statements share assertions, and a scene doesn't change. */
export function assertion(text: string, check: Check): Assertion {
  return { text, check: oncePer((scene) => allOf([check(scene)].flat())) };
}

/** Checks each of some subjects. Where there is none there is nothing to check. */
export function each<Subject>(
  subjects: (scene: Scene) => readonly Subject[],
  check: (subject: Subject, scene: Scene) => Result | readonly Result[],
): Check {
  return (scene) => subjects(scene).flatMap((subject) => check(subject, scene));
}

/** Checks only where a condition holds. Elsewhere there is nothing to check. */
export function where(condition: (scene: Scene) => boolean, check: Check): Check {
  return (scene) => (condition(scene) ? check(scene) : NOT_APPLICABLE);
}
