import { allOf, type Result } from "../../result";
import { type Subject, subjectOf } from "../../github/subject";
import type { Scene } from "../scene";
import { always, type Proposition } from "../vocabulary";

type Holds = (subject: Subject) => Result | readonly Result[];

/** What holds of every repository that the environment's policy names. */
export function inRepositories(what: string, holds: Holds): Proposition {
  return always(what, subjectsOf, (subject) => allOf([holds(subject)].flat()));
}

/** What holds of every repository that keeps a register of penetration tests. */
export function inRegisters(what: string, holds: Holds): Proposition {
  return always(what, registersOf, (subject) => allOf([holds(subject)].flat()));
}

export function subjectsOf({ model, policy: { name, scans } }: Scene): readonly Subject[] {
  return (scans.repositories ?? []).map((promise) => subjectOf(model, name, promise));
}

export function registersOf(scene: Scene): readonly Subject[] {
  return subjectsOf(scene).filter(({ promise }) => promise.pentest !== undefined);
}
