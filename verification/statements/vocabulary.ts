import { oncePer } from "../once-per";
import { allOf, type Result } from "../result";
import type { Scene } from "./scene";

/** A part of a statement: a sentence, and how it is decided for one environment. */
export interface Proposition {
  readonly sentence: string;
  readonly conclude: (scene: Scene) => Result;
}

/** The parts of a statement: at least one, or it would hold by saying nothing. */
export type Propositions = readonly [Proposition, ...Proposition[]];

/** What is decided about a scene, all at once or one thing after the other. */
type Decide = (scene: Scene) => Result | readonly Result[];

/** What is admitted: nothing outside of what the sentence names, shown for everything outside. */
export const only = (what: string, decide: Decide): Proposition => proposition("only", what, decide);

/** What must not be: decided for each thing that could. */
export const never = (what: string, decide: Decide): Proposition => proposition("never", what, decide);

/** What is there and what the policy declares are the same set, shown in both directions. */
export const exactly = (what: string, decide: Decide): Proposition => proposition("exactly", what, decide);

/** What is redirected where, shown by the form of the target. */
export const redirects = (what: string, decide: Decide): Proposition => proposition("redirects", what, decide);

/** What holds of each of the subjects. Where there is none there is nothing to hold. */
export function always<Subject>(
  what: string,
  subjects: (scene: Scene) => readonly Subject[],
  holds: (subject: Subject, scene: Scene) => Result,
): Proposition {
  return proposition("always", what, (scene) => subjects(scene).map((subject) => holds(subject, scene)));
}

function proposition(word: string, what: string, decide: Decide): Proposition {
  // Statements share parts, and a scene doesn't change.
  return { sentence: `${word} ${what}`, conclude: oncePer((scene) => allOf([decide(scene)].flat())) };
}
