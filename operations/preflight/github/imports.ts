import type { Repository } from "../../../policy/repository";
import { printable } from "../../printable";
import { cannotTell, failure, type Finding } from "../../inventory/finding";
import type { Client } from "../../platforms/client";
import { listLabels, listRulesets, readFile } from "../../platforms/github";
import { importLine, type Synthesized, textAt } from "../synthesized";
import { isOf, MANAGED } from "./files";

/** The label and the ruleset that a repository has already and that can't be created again. */
export async function imports(
  client: Client,
  repository: Repository,
  synthesized: Synthesized,
): Promise<readonly Finding[]> {
  // What this project has deployed is in its state.
  if (await findsOwnFile(client, repository, synthesized)) return [];
  const { name } = repository;
  return [...(await labels(client, name, synthesized)), ...(await rulesets(client, name, synthesized))];
}

/** Whether one of this project's files is in the repository. */
async function findsOwnFile(
  client: Client,
  { name, defaultBranch = "main" }: Repository,
  synthesized: Synthesized,
): Promise<boolean> {
  const written = synthesized.resources("github_repository_file").filter((file) => isOf(name, file));
  const live = await Promise.all(written.map((file) => readFile(client, name, textAt(file, "file"), defaultBranch)));
  return live.some((file) => file.kind === "read" && file.value?.includes(MANAGED) === true);
}

async function labels(client: Client, name: string, synthesized: Synthesized): Promise<readonly Finding[]> {
  const wanted = synthesized.resources("github_issue_label").filter((label) => isOf(name, label));
  if (wanted.length === 0) return [];
  const live = await listLabels(client, name);
  if (live.kind === "unreadable")
    return [cannotTell(`github/labels/${name}`, `the labels of ${name}`, live, "Issues: read")];
  return wanted
    .filter((label) => live.value.some((one) => one.toLowerCase() === textAt(label, "name").toLowerCase()))
    .map((label) =>
      failure(`github/label/${name}:${textAt(label, "name")}`, {
        what: `${name} has a label ${textAt(label, "name")} already`,
        todo: "import it, or delete it",
        paste: importLine(synthesized, label, `${textAt(label, "repository")}:${textAt(label, "name")}`),
      }),
    );
}

async function rulesets(client: Client, name: string, synthesized: Synthesized): Promise<readonly Finding[]> {
  const wanted = synthesized.resources("github_repository_ruleset").filter((ruleset) => isOf(name, ruleset));
  if (wanted.length === 0) return [];
  const live = await listRulesets(client, name);
  if (live.kind === "unreadable") {
    return [cannotTell(`github/rulesets/${name}`, `the rulesets of ${name}`, live, "Metadata: read")];
  }
  return wanted.flatMap((ruleset) =>
    live.value
      .filter((one) => one.name === textAt(ruleset, "name"))
      .map((one) =>
        failure(`github/ruleset/${name}:${String(one.id)}`, {
          what: `${name} has a ruleset ${printable(one.name)} already`,
          todo: "import it, or delete it",
          paste: importLine(synthesized, ruleset, `${textAt(ruleset, "repository")}:${String(one.id)}`),
        }),
      ),
  );
}
