import type { Repository } from "../../policy/repository";
import type { Model } from "../terraform/model";
import { type Result, undecidedBy } from "../result";
import { violated } from "./control";
import { type WrittenFile, type WrittenRepository, writtenRepository } from "./written-repository";

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

export function subjectOf(model: Model, environment: string, promise: Repository): Subject {
  const { name, defaultBranch: branch = "main" } = promise;
  return { environment, promise, branch, written: writtenRepository(model, name), model };
}

/** What is written to the default branch. */
export function filesOn({ written, branch }: Subject): readonly WrittenFile[] {
  return written.files.filter((file) => file.branch === undefined || file.branch === branch);
}

/** What it means that something isn't there: it may be, where something may be part of the repository. */
export function lacking({ written: { name, doubts } }: Subject, what: string, change: string): Result {
  if (doubts.length > 0) return undecidedBy(doubts);
  return violated(`${name}: ${what}`, undefined, change);
}
