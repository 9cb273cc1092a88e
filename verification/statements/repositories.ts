import { type Subject, subjectOf } from "../github/subject";
import { formerNamesOf, repositoryIsOwned } from "../github/ownership";
import { oncePer } from "../once-per";
import { enforced, type Result } from "../result";
import type { Model } from "../terraform/model";
import { type Assertion, assertion, each } from "./assertion";
import { coverageOf } from "./coverage";
import type { Scene } from "./scene";

type CheckRepository = (subject: Subject) => Result | readonly Result[];

/** An assertion about every repository that the environment's policy names. */
export function ofRepositories(text: string, check: CheckRepository): Assertion {
  return assertion(text, each(subjectsOf, check));
}

/** An assertion about every repository that keeps a register of penetration tests. */
export function ofRegisters(text: string, check: CheckRepository): Assertion {
  return assertion(text, each(registersOf, check));
}

export const subjectsOf = oncePer(({ model, policy: { name, scans } }: Scene): readonly Subject[] =>
  (scans.repositories ?? []).map((promise) => subjectOf(model, name, promise)),
);

export function registersOf(scene: Scene): readonly Subject[] {
  return subjectsOf(scene).filter(({ promise }) => promise.pentest !== undefined);
}

export const OWNED = "One stack owns the repository, and it is the declared one.";

/** The repository is the one that the policy names, and no other name in the stacks leads to it. */
export function ownedUnderOneName(subject: Subject): readonly Result[] {
  const { written, model } = subject;
  const assumptions = formerNamesOf(written.name, bearing(model), model);
  return [...repositoryIsOwned(subject), enforced([], { assumptions })];
}

/** The resources that bear on a statement, in whichever repository they are. */
const bearing = oncePer(({ resources }: Model) =>
  resources.filter(
    ({ type, attributes }) => type.startsWith("github_") && coverageOf(type, attributes)?.statements.length !== 0,
  ),
);
