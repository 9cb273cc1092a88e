import { RepositoryVisibility } from "../../policy/github-plan";
import type { Repository } from "../../policy/repository";
import { SNYK_DEFAULTS } from "../../policy/snyk-options";
import { importLine, type StackFolder, type SynthesizedResource, textAt } from "../deploy/stack";
import { failure, type Finding, judged, notice, together } from "../finding";
import type { Client } from "../platforms/client";
import {
  accessToFiles,
  listLabels,
  listRulesets,
  listSecrets,
  listSharedSecrets,
  listTeams,
  type LiveRepository,
  readFile,
  readRepository,
  readTeam,
  type SecretStore,
} from "../platforms/github";
import { printable } from "../printable";
import type { PlatformItem, Subject } from "./checklist";

/** What has to be so in the repositories of an environment. */
export function repositories({ environment, stack, drop }: Subject): readonly PlatformItem[] {
  const { name, repositories: all = [] } = environment;
  const ofEach =
    (look: (client: Client, repository: Repository) => readonly Finding[] | Promise<readonly Finding[]>) =>
    (client: Client) =>
      together(all.map((repository) => look(client, repository)));
  const withStack = (
    look: (client: Client, repository: Repository, read: StackFolder) => Promise<readonly Finding[]>,
  ) => ofEach((client, repository) => judged(stack, (read) => look(client, repository, read)));
  return [
    { title: `The repositories are as ${name} says`, look: ofEach(facts) },
    { title: "The scans have their Snyk token", look: ofEach(scanSecrets) },
    ...(all.some(({ gate }) => gate?.reviewedBy !== undefined)
      ? [{ title: "The gate's team may approve", look: ofEach(gateTeam) }]
      : []),
    {
      title: "No file of somebody else is overwritten",
      look: withStack((client, repository, read) => files(client, repository, read, drop)),
    },
    { title: "No label and no ruleset stands in the way", look: withStack(imports) },
  ];
}

/** Whether a repository is what the environment says. */
function facts(client: Client, promised: Repository): Promise<readonly Finding[]> {
  const { name, defaultBranch = "main", visibility = RepositoryVisibility.PRIVATE } = promised;
  const asked = {
    id: `github/repository/${name}`,
    subject: `the repository ${name}`,
    reading: readRepository(client, name),
  };
  return judged(asked, (live) => {
    const { full_name: fullName, default_branch: branch, archived } = live;
    const all: readonly (readonly [holds: boolean, kind: string, what: string, todo: string])[] = [
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
    ];
    return all
      .filter(([holds]) => !holds)
      .map(([, kind, what, todo]) => failure(`github/${kind}/${name}`, `${name} ${what}`, todo));
  });
}

function visibilityOf({ visibility, private: isPrivate }: LiveRepository): string {
  return visibility ?? (isPrivate ? RepositoryVisibility.PRIVATE : RepositoryVisibility.PUBLIC);
}

const STORES: Readonly<Record<SecretStore, { readonly name: string; readonly needs: string }>> = {
  actions: { name: "Actions", needs: "Secrets: read" },
  dependabot: { name: "Dependabot", needs: "Dependabot secrets: read" },
};

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
  const id = `github/${store}-secret/${name}`;
  const { name: kind, needs } = STORES[store];
  const own = { id, subject: `the ${kind} secrets of ${name}`, needs, reading: listSecrets(client, name, store) };
  const shared = () => ({
    id,
    subject: `whether the organization shares ${secret} with ${name}, which has none,`,
    needs,
    reading: store === "actions" ? listSharedSecrets(client, name) : own.reading,
  });
  const missing = [
    failure(
      id,
      `${name} has no ${kind} secret ${secret}`,
      `set it: gh secret set ${secret} --repo ${name} --app ${store}`,
    ),
  ];
  return judged(own, (names) =>
    names.includes(secret) ? [] : judged(shared(), (others) => (others.includes(secret) ? [] : missing)),
  );
}

const MAY_APPROVE: readonly string[] = ["push", "maintain", "admin"];

/** The approval of a member counts where the team may write. */
function gateTeam(client: Client, { name, gate }: Repository): Promise<readonly Finding[]> | readonly Finding[] {
  const team = gate?.reviewedBy;
  const [owner = ""] = name.split("/");
  if (team === undefined) return [];
  const id = `github/gate-team/${name}`;
  const asked = {
    id,
    subject: `the teams of ${name}`,
    needs: "Administration: read",
    reading: listTeams(client, name),
  };
  const todo = `give it write access to ${name}`;
  return judged(asked, (teams) => {
    const live = teams.find(({ slug }) => slug === team);
    if (live === undefined) {
      // Among the teams that the token may not see, it may be one that writes.
      const itself = {
        id,
        subject: `the team ${team}`,
        needs: "Members: read",
        reading: readTeam(client, owner, team),
      };
      const what = `the team ${team} has no access to ${name}: its approval doesn't count`;
      return judged(itself, () => [failure(id, what, todo)]);
    }
    if (MAY_APPROVE.includes(live.permission) || live.permissions?.push === true) return [];
    const what = `the team ${team} may only ${printable(live.permission)} in ${name}: its approval doesn't count`;
    return [failure(id, what, todo)];
  });
}

/** What this project's files say of themselves. */
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
  const needs = "Contents: read";
  const asked = {
    id: `github/files/${name}`,
    subject: `the files of ${name}`,
    needs,
    reading: accessToFiles(client, name, defaultBranch),
  };
  return judged(asked, () =>
    together(
      ofRepository(read, "github_repository_file", name).map((resource) => {
        const path = textAt(resource, "file");
        const place = `${name}:${path}`;
        const id = `github/file/${place}`;
        const reading = readFile(client, name, path, defaultBranch);
        return judged({ id, subject: `${path} of ${name}`, needs, reading }, (live) => {
          if (live === undefined || path.startsWith(OWN_FOLDER) || live.includes(MANAGED)) return [];
          if (live === unescaped(textAt(resource, "content"))) return [];
          const what = `the deploy overwrites ${path} of ${name}, which somebody else wrote`;
          return drop.includes(place)
            ? [notice(id, what, `nothing: --drop ${place} gives it up`)]
            : [failure(id, what, `move what is worth keeping to another file, then add --drop ${place}`)];
        });
      }),
    ),
  );
}

/** Terraform's escapes undone: https://developer.hashicorp.com/terraform/language/syntax/json#string-templates */
function unescaped(text: string): string {
  return text.replaceAll("$${", "${").replaceAll("%%{", "%{");
}

/** The label and the ruleset that a repository has already and that can't be created again. */
async function imports(client: Client, repository: Repository, read: StackFolder): Promise<readonly Finding[]> {
  // What this project has deployed is in its state.
  if (await findsOwnFile(client, repository, read)) return [];
  const { name } = repository;
  const labels = ofRepository(read, "github_issue_label", name);
  const rulesets = ofRepository(read, "github_repository_ruleset", name);
  return together([
    ...(labels.length === 0
      ? []
      : [
          judged(
            {
              id: `github/labels/${name}`,
              subject: `the labels of ${name}`,
              needs: "Issues: read",
              reading: listLabels(client, name),
            },
            (live) => labels.filter((label) => hasLabel(live, label)).map((label) => taken(read, label, name, "label")),
          ),
        ]),
    ...(rulesets.length === 0
      ? []
      : [
          judged(
            {
              id: `github/rulesets/${name}`,
              subject: `the rulesets of ${name}`,
              needs: "Metadata: read",
              reading: listRulesets(client, name),
            },
            (live) =>
              rulesets.flatMap((ruleset) =>
                live
                  .filter((one) => one.name === textAt(ruleset, "name"))
                  .map((one) => taken(read, ruleset, name, "ruleset", String(one.id))),
              ),
          ),
        ]),
  ]);
}

function hasLabel(live: readonly string[], label: SynthesizedResource): boolean {
  return live.some((one) => one.toLowerCase() === textAt(label, "name").toLowerCase());
}

/** @param id by which Terraform imports it, beside the repository */
function taken(
  read: StackFolder,
  resource: SynthesizedResource,
  repository: string,
  kind: string,
  id = textAt(resource, "name"),
): Finding {
  return failure(
    `github/${kind}/${repository}:${id}`,
    `${repository} has a ${kind} ${textAt(resource, "name")} already`,
    "import it, or delete it",
    importLine(read, resource, `${textAt(resource, "repository")}:${id}`),
  );
}

/** Whether one of this project's files is in the repository. */
async function findsOwnFile(
  client: Client,
  { name, defaultBranch = "main" }: Repository,
  read: StackFolder,
): Promise<boolean> {
  const written = ofRepository(read, "github_repository_file", name);
  const live = await Promise.all(written.map((file) => readFile(client, name, textAt(file, "file"), defaultBranch)));
  return live.some((file) => file.kind === "read" && file.value?.includes(MANAGED) === true);
}
