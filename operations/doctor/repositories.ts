import { RepositoryVisibility } from "../../policy/github-plan";
import type { Repository } from "../../policy/repository";
import { SNYK_DEFAULTS } from "../../policy/snyk-options";
import { importLine, type StackFolder, type SynthesizedResource, textAt } from "../deploy/stack";
import { failure, type Finding, judged, notice, together, unheld } from "../finding";
import type { Client } from "../platforms/client";
import {
  fileOf,
  filesOf,
  type LiveRepository,
  repositoryOf,
  rulesetsOf,
  secretsOf,
  sharedSecretsOf,
  teamOf,
  teamsOf,
  type SecretStore,
  STORES,
} from "../platforms/github";
import { printable } from "../../errors/one-line";
import { itemsOn, type PlatformItem, type Subject } from "./checklist";

/** The lines about the repositories of an environment. */
export function repositories({ environment, stack, drop }: Subject): readonly PlatformItem[] {
  const { name, repositories: all = [] } = environment;
  if (all.length === 0) return [];
  const item = (
    title: string,
    look: (client: Client, repository: Repository) => readonly Finding[] | Promise<readonly Finding[]>,
  ) => itemsOn("github")(title, (client) => together(all.map((repository) => look(client, repository))));
  return [
    item(`The repositories are as ${name} says`, facts),
    item("The scans have their Snyk token", scanSecrets),
    ...(all.some(({ gate }) => gate?.reviewedBy !== undefined) ? [item("The gate's team may approve", gateTeam)] : []),
    item("No file of somebody else is overwritten", (client, repository) =>
      judged(stack, (read) => files(client, repository, read, drop)),
    ),
    item("No ruleset stands in the way", (client, repository) =>
      judged(stack, (read) => imports(client, repository, read)),
    ),
  ];
}

/** Whether a repository is what the environment says. */
function facts(client: Client, promised: Repository): Promise<readonly Finding[]> {
  const { name, defaultBranch = "main", visibility = RepositoryVisibility.PRIVATE } = promised;
  return judged(repositoryOf(client, name), (live) => {
    const { full_name: fullName, default_branch: branch, archived } = live;
    return unheld("github", name, name, [
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
        visibilityOf(live) === visibility,
        "visibility",
        `is ${printable(visibilityOf(live))}, and the environment says ${visibility}`,
        "write the real one: what the repository can have follows from it",
      ],
    ]);
  });
}

function visibilityOf({ visibility, private: isPrivate }: LiveRepository): string {
  return visibility ?? (isPrivate ? RepositoryVisibility.PRIVATE : RepositoryVisibility.PUBLIC);
}

/**
 * Both secrets that a scan reads: Dependabot's pull requests get no Actions secret.
 *
 * @see https://docs.github.com/en/code-security/dependabot/troubleshooting-dependabot/troubleshooting-dependabot-on-github-actions
 */
function scanSecrets(client: Client, { name, snyk }: Repository): Promise<readonly Finding[]> | readonly Finding[] {
  const { tokenSecret, dependabotSecret, writeToken } = { ...SNYK_DEFAULTS, ...snyk };
  if (writeToken) return [];
  const stores: readonly SecretStore[] = dependabotSecret ? ["actions", "dependabot"] : ["actions"];
  return together(stores.map((store) => scanSecret(client, name, store, tokenSecret)));
}

function scanSecret(client: Client, name: string, store: SecretStore, secret: string): Promise<readonly Finding[]> {
  const own = secretsOf(client, name, store);
  const todo = `set it: gh secret set ${secret} --repo ${name} --app ${store}`;
  const missing = [failure(own.id, `${name} has no ${STORES[store].name} secret ${secret}`, todo)];
  return judged(own, (names) => {
    if (names.includes(secret)) return [];
    if (store === "dependabot") return missing;
    return judged(sharedSecretsOf(client, name), (others) => (others.includes(secret) ? [] : missing));
  });
}

const MAY_APPROVE: readonly string[] = ["push", "maintain", "admin"];

/** The approval of a member counts where the team may write. */
function gateTeam(client: Client, { name, gate }: Repository): Promise<readonly Finding[]> | readonly Finding[] {
  const team = gate?.reviewedBy;
  if (team === undefined) return [];
  const asked = teamsOf(client, name);
  const todo = `give it write access to ${name}`;
  return judged(asked, (teams) => {
    const live = teams.find(({ slug }) => slug === team);
    if (live === undefined) {
      // Among the teams that the token may not see, it may be one that writes.
      const what = `the team ${team} has no access to ${name}: its approval doesn't count`;
      return judged(teamOf(client, name, team), () => [failure(asked.id, what, todo)]);
    }
    if (MAY_APPROVE.includes(live.permission) || live.permissions?.push === true) return [];
    const what = `the team ${team} may only ${printable(live.permission)} in ${name}: its approval doesn't count`;
    return [failure(asked.id, what, todo)];
  });
}

/** The mark that this project's files bear. */
const MANAGED = "Managed by Terraform (ScanSchedule)";
/** The folder that is this project's alone. */
const OWN_FOLDER = ".github/security/";

/** The resources of a type that are a repository's: the provider's resources name it without its owner. */
function ofRepository(read: StackFolder, type: string, name: string): readonly SynthesizedResource[] {
  const own = (name.split("/")[1] ?? "").toLowerCase();
  return read.resources(type).filter((resource) => textAt(resource, "repository").toLowerCase() === own);
}

/** The files of a repository that the deploy would overwrite. */
function files(
  client: Client,
  { name, defaultBranch = "main" }: Repository,
  read: StackFolder,
  drop: readonly string[],
): Promise<readonly Finding[]> {
  return judged(filesOf(client, name, defaultBranch), () =>
    together(
      ofRepository(read, "github_repository_file", name).map((resource) => {
        const path = textAt(resource, "file");
        const asked = fileOf(client, name, path, defaultBranch);
        return judged(asked, (live) => {
          if (live === undefined || path.startsWith(OWN_FOLDER) || live.includes(MANAGED)) return [];
          if (live === unescaped(textAt(resource, "content"))) return [];
          const place = `${name}:${path}`;
          const what = `the deploy overwrites ${path} of ${name}, which somebody else wrote`;
          return drop.includes(place)
            ? [notice(asked.id, what, `nothing: --drop ${place} gives it up`)]
            : [failure(asked.id, what, `move what is worth keeping to another file, then add --drop ${place}`)];
        });
      }),
    ),
  );
}

/** Terraform's escapes undone: https://developer.hashicorp.com/terraform/language/syntax/json#string-templates */
function unescaped(text: string): string {
  return text.replaceAll("$${", "${").replaceAll("%%{", "%{");
}

/** A ruleset of the gate's name that a repository has already: it can't be created again. */
async function imports(client: Client, repository: Repository, read: StackFolder): Promise<readonly Finding[]> {
  const { name } = repository;
  const rulesets = ofRepository(read, "github_repository_ruleset", name);
  // The rulesets that this project has deployed are in its state.
  if (rulesets.length === 0 || (await findsOwnFile(client, repository, read))) return [];
  return judged(rulesetsOf(client, name), (live) =>
    rulesets.flatMap((ruleset) =>
      live
        .filter((one) => one.name === textAt(ruleset, "name"))
        .map(({ id, name: taken }) =>
          failure(
            `github/ruleset/${name}:${id}`,
            `${name} has a ruleset ${taken} already`,
            "import it, or delete it",
            importLine(read, ruleset, `${textAt(ruleset, "repository")}:${id}`),
          ),
        ),
    ),
  );
}

/** Whether one of this project's files is in the repository. */
async function findsOwnFile(
  client: Client,
  { name, defaultBranch = "main" }: Repository,
  read: StackFolder,
): Promise<boolean> {
  const written = ofRepository(read, "github_repository_file", name);
  const live = await Promise.all(
    written.map((file) => fileOf(client, name, textAt(file, "file"), defaultBranch).reading),
  );
  return live.some((file) => file.kind === "read" && file.value?.includes(MANAGED) === true);
}
