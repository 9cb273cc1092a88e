import type { Repository } from "../../../policy/repository";
import type { Model } from "../../model/model";
import { type WrittenRepository, writtenRepository } from "../../model/repositories/written-repository";
import type { Conclusion } from "../conclusion";
import type { Scene } from "../scene";
import { always, type Proposition } from "../vocabulary";
import { concluded, violated } from "./settled";

/** A repository that an environment's policy names, with what the stacks make of it. */
export interface Subject {
  /** The environment that names it. */
  readonly environment: string;
  readonly promise: Repository;
  /** The default branch, as the policy names it. */
  readonly branch: string;
  readonly written: WrittenRepository;
  readonly model: Model;
}

export type Holds = (subject: Subject) => Conclusion | readonly Conclusion[];

/** What holds of every repository that the environment's policy names. */
export function inRepositories(what: string, holds: Holds): Proposition {
  return always(what, subjectsOf, (subject) => concluded(() => holds(subject)));
}

/** What holds of every repository that keeps a register of penetration tests. */
export function inRegisters(what: string, holds: Holds): Proposition {
  return always(what, registersOf, (subject) => concluded(() => holds(subject)));
}

export function subjectsOf({ model, policy: { name: environment, scans } }: Scene): readonly Subject[] {
  return (scans.repositories ?? []).map((promise) => ({
    ...{ environment, promise, model },
    branch: promise.defaultBranch ?? "main",
    written: writtenRepository(model, promise.name),
  }));
}

export function registersOf(scene: Scene): readonly Subject[] {
  return subjectsOf(scene).filter(({ promise }) => promise.pentest !== undefined);
}

/** What it means that something isn't there: nobody can say so where something may be part of the repository. */
export function lacking({ written: { name, doubts } }: Subject, what: string, change: string): Conclusion {
  if (doubts.length > 0) return { kind: "undecided", doubts };
  return violated(`${name}: ${what}`, undefined, change);
}
