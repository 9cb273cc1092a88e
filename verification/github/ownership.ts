import { blocksOf, isObject, membersOf } from "../terraform/json";
import type { Stack } from "../terraform/stack";
import { Strength } from "../../policy/statements";
import { type Result, proven, undecidedBy } from "../result";
import { lacking, type Subject } from "./subject";

/** Each repository that is named is written by a stack, which is told, and no other one is taken for it. */
export function repositoryIsOwned(subject: Subject): readonly Result[] {
  const { written, environment } = subject;
  const unknowns = written.unknowns.map((unknown) => undecidedBy([unknown]));
  if (written.stacks.length > 0) return [...unknowns, ...written.stacks.map((stack) => meant(subject, stack))];
  const change =
    "own it in one environment's stack: new ScanSchedule(stack, id, policy.scans), with a provider of its owner";
  return [lacking(subject, `${environment} names it, and no stack owns it`, change)];
}

/**
 * A variable of the process (`GITHUB_OWNER`) overrules the provider's configuration, and GitHub alone knows the default
 * branch. Both are proven where the plan fails unless they are as named; else they are assumed.
 *
 * @see https://github.com/integrations/terraform-provider-github/blob/v6.13.0/github/provider.go
 */
function meant({ written: { name }, branch }: Subject, stack: Stack): Result {
  const conditions = conditionsOn(stack, name.split("/")[1] ?? "");
  const checked = [
    [`lower(self.full_name)=="${name.toLowerCase()}"`, `GITHUB_OWNER names no other owner than that of ${name}`],
    [`self.default_branch=="${branch}"`, `${branch} is the default branch of ${name}`],
    ["!self.archived", `${name} isn't archived`],
  ] as const;
  const open = checked.filter(([condition]) => !conditions.includes(condition)).map(([, assumed]) => assumed);
  const owner = `${name} is owned by ${stack.name}`;
  return proven(open.length === 0 ? Strength.ENFORCED : Strength.ASSERTED, [], {
    assumptions: open.map((assumed) => `${assumed}, which no plan checks`),
    notes: [owner],
  });
}

/** The conditions that a plan checks of a repository as GitHub has it, without spaces. */
function conditionsOn({ json }: Stack, repository: string): readonly string[] {
  const data = membersOf(json["data"]);
  const read = membersOf(data["github_repository"]);
  return Object.values(read)
    .filter(isObject)
    .filter(
      (body) => body["name"] === repository && !("count" in body) && !("for_each" in body) && !("provider" in body),
    )
    .flatMap((body) => (isObject(body["lifecycle"]) ? blocksOf(body["lifecycle"]["postcondition"]) : []))
    .map(({ condition }) => /^\$\{([\s\S]*)\}$/.exec(String(condition))?.[1]?.replaceAll(" ", "") ?? "");
}
