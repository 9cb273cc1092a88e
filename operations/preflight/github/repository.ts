import type { Repository } from "../../../policy/repository";
import { RepositoryVisibility } from "../../../policy/github-plan";
import { printable } from "../../printable";
import { cannotTell, failure, type Finding } from "../../inventory/finding";
import type { Client } from "../../platforms/client";
import { type LiveRepository, readRepository } from "../../platforms/github";

/** Whether a repository is what the environment says. */
export async function repository(client: Client, promised: Repository): Promise<readonly Finding[]> {
  const { name, defaultBranch = "main", visibility = RepositoryVisibility.PRIVATE } = promised;
  const live = await readRepository(client, name);
  if (live.kind === "unreadable") return [cannotTell(`github/repository/${name}`, `the repository ${name}`, live)];
  const { full_name: fullName, default_branch: branch, archived } = live.value;
  const facts: readonly (readonly [holds: boolean, kind: string, what: string, todo: string])[] = [
    [
      fullName.toLowerCase() === name.toLowerCase(),
      "name",
      `is called ${printable(fullName)} now`,
      "write its present name",
    ],
    [
      branch === defaultBranch,
      "branch",
      `has the default branch ${printable(branch)}, and the environment says ${defaultBranch}`,
      "write the real one: GitHub runs schedules there only",
    ],
    [
      !archived,
      "archived",
      "is archived: GitHub runs no schedule in it",
      "unarchive it, or drop it from the environment",
    ],
    [
      visibilityOf(live.value) === visibility,
      "visibility",
      `is ${printable(visibilityOf(live.value))}, and the environment says ${visibility}`,
      "write the real one: what the repository can have follows from it",
    ],
  ];
  return facts
    .filter(([holds]) => !holds)
    .map(([, kind, what, todo]) => failure(`github/${kind}/${name}`, { what: `${name} ${what}`, todo }));
}

function visibilityOf({ visibility, private: isPrivate }: LiveRepository): string {
  return visibility ?? (isPrivate ? RepositoryVisibility.PRIVATE : RepositoryVisibility.PUBLIC);
}
