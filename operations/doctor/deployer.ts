import { each, failure, type Finding, judged, notice, together, undecided } from "../finding";
import { projectsOf } from "../inventory/named";
import type { Client } from "../platforms/client";
import { environmentsOf, heldBy, type LiveEnvironment, secretsOf, variableOf } from "../platforms/github";
import { inputsOf } from "./here";
import { type Item, itemsOn, type PlatformItem, type Subject } from "./checklist";

/** The repository whose workflows deploy the app, as an environment or the process names it. */
export function deployerOf({ environments, variables }: Pick<Subject, "environments" | "variables">) {
  const named = environments.flatMap(({ infrastructure }) => infrastructure ?? [])[0];
  return named ?? (variables["GITHUB_REPOSITORY"] || undefined);
}

/** The names that a GitHub environment holds for the jobs that read it. */
interface Held {
  readonly secrets: readonly string[];
  readonly variables: readonly string[];
}

/** The lines about the two GitHub environments of an environment: plans read in one, deploys write in the other. */
export async function deployer(subject: Subject): Promise<readonly (Item | PlatformItem)[]> {
  const { name } = subject.environment;
  const repository = deployerOf(subject);
  if (repository === undefined) return [unnamed(name)];
  const held = await neededBy(subject);
  const item = itemsOn("deployer");
  return [`${name}-plan`, name].flatMap((environment) => [
    item(`The GitHub environment ${environment} of ${repository} admits only what is reviewed`, (client) =>
      guards(client, repository, environment, environment === name),
    ),
    item(`${environment} holds ${[...held.secrets, ...held.variables].join(", ")}`, (client) =>
      contents(client, repository, environment, held),
    ),
  ]);
}

function unnamed(name: string): Item {
  const todo = 'name it in an environment, infrastructure: "<owner>/<name>"';
  return {
    title: `The GitHub environments ${name}-plan and ${name} are there, with their secrets`,
    look: () => [undecided("github/deployer", "it isn't known which repository deploys", todo)],
  };
}

/** The names that the jobs of an environment read. Those that it doesn't need stay unset. */
async function neededBy(subject: Subject): Promise<Held> {
  const { environment, tenancy } = subject;
  const stack = await subject.stack.reading;
  const hasRepositories = (environment.repositories ?? []).length > 0;
  const isS3 = stack.kind === "read" && stack.value.backend === "s3";
  const names: readonly (readonly [name: string, isNeeded: boolean])[] = [
    ["CLOUDFLARE_API_TOKEN", tenancy !== undefined || environment.workerEgress !== undefined],
    ["EDGE_SECRET", inputsOf(subject).some(({ source }) => source === "EDGE_SECRET")],
    ["TERRAFORM_VARIABLES", inputsOf(subject).some(({ source }) => source === "TERRAFORM_VARIABLES")],
    ["RENDER_API_KEY", true],
    ["SUPABASE_ACCESS_TOKEN", projectsOf(environment).length > 0],
    ["TERRAFORM_APP_KEY", hasRepositories],
    ["STATE_ACCESS_KEY_ID", isS3],
    ["STATE_SECRET_ACCESS_KEY", isS3],
  ];
  return {
    secrets: names.filter(([, isNeeded]) => isNeeded).map(([secret]) => secret),
    variables: hasRepositories ? ["TERRAFORM_APP_CLIENT_ID"] : [],
  };
}

/** The secrets that the deploy of an environment reads, as far as GitHub tells. */
export async function keptSecrets(client: Client, repository: string, environment: string): Promise<readonly string[]> {
  const names = await heldBy(client, repository, environment, "secrets").reading;
  return names.kind === "read" ? names.value : [];
}

/** The findings about a GitHub environment, or that it isn't there. */
function ofEnvironment(
  client: Client,
  repository: string,
  name: string,
  judge: (live: LiveEnvironment, id: string) => Promise<readonly Finding[]> | readonly Finding[],
): Promise<readonly Finding[]> {
  const id = `github/environment/${repository}:${name}`;
  return judged(environmentsOf(client, repository), (all) => {
    const live = all.find((environment) => environment.name === name);
    return live === undefined
      ? [failure(id, `${repository} has no environment ${name}`, "create it, and restrict it to main")]
      : judge(live, id);
  });
}

function guards(
  client: Client,
  repository: string,
  environment: string,
  needsReviewers: boolean,
): Promise<readonly Finding[]> {
  return ofEnvironment(client, repository, environment, async (live, id) => {
    const anyBranch = `any branch of ${repository} may use the secrets of ${environment}`;
    return [
      ...(live.deployment_branch_policy === null
        ? [failure(`${id}/branches`, anyBranch, "restrict its deployment branches to main")]
        : []),
      ...(needsReviewers ? await reviewers(client, repository, live) : []),
    ];
  });
}

/**
 * The people who approve a deploy. Where GitHub has none for a repository, a person starts the deploy by hand.
 *
 * @see https://docs.github.com/en/rest/deployments/environments#get-an-environment
 */
function reviewers(
  client: Client,
  repository: string,
  { name, protection_rules: rules = [] }: LiveEnvironment,
): Promise<readonly Finding[]> | readonly Finding[] {
  const id = `github/environment/${repository}:${name}/reviewers`;
  const rule = rules.find(({ type }) => type === "required_reviewers");
  if (rule !== undefined) {
    if (rule.prevent_self_review === true) return [];
    const what = `whoever starts a deploy of ${name} may approve it`;
    return [notice(id, what, "forbid self-review where another reviewer can be had")];
  }
  return judged(variableOf(client, repository, "DEPLOY_BY_DISPATCH"), (byHand = "") => {
    if (byHand.split(",").includes(name)) return [];
    const todo = "require reviewers; where GitHub has none, name it in the repository's variable DEPLOY_BY_DISPATCH";
    return [failure(id, `nobody approves a deploy of ${name}: every push to main is deployed`, todo)];
  });
}

function contents(client: Client, repository: string, environment: string, held: Held): Promise<readonly Finding[]> {
  return together([
    ofEnvironment(client, repository, environment, () =>
      together([
        lacking(client, repository, environment, "secrets", held),
        lacking(client, repository, environment, "variables", held),
      ]),
    ),
    judged(
      secretsOf(client, repository, "actions"),
      each((name) => {
        if (!held.secrets.includes(name)) return [];
        const what = `${name} is a secret of ${repository} itself: every workflow of every branch reads it`;
        return [failure(`github/secret/${repository}:${name}`, what, "keep it in the GitHub environments alone")];
      }),
    ),
  ]);
}

function lacking(
  client: Client,
  repository: string,
  environment: string,
  kind: keyof Held,
  { [kind]: wanted }: Held,
): Promise<readonly Finding[]> | readonly Finding[] {
  if (wanted.length === 0) return [];
  const asked = heldBy(client, repository, environment, kind);
  return judged(asked, (names) => {
    const missing = wanted.filter((name) => !names.includes(name));
    if (missing.length === 0) return [];
    const command = kind === "secrets" ? "gh secret set" : "gh variable set";
    const todo = `set each: ${command} <name> --env ${environment} --repo ${repository}`;
    return [failure(asked.id, `${environment} lacks ${missing.join(", ")}`, todo)];
  });
}
