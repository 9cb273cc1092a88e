import { z } from "zod";
import { type Client, listed, readJson } from "./client";
import { type Asked, plainRoot, type Platform, mapped, type Reading, read } from "./platform";

/**
 * GitHub's REST API. The variables, and where the API of another host than github.com is, are those of
 * integrations/terraform-provider-github (github/config.go, v6.9.0).
 *
 * @see https://docs.github.com/en/rest
 */
export const github: Platform = {
  name: "GitHub",
  credential: "GITHUB_TOKEN",
  endpoint: "GITHUB_BASE_URL",
  endpointByDefault: "https://api.github.com",
  rootOf: (address) => {
    const root = plainRoot(address);
    const isRoot = address.hostname === "api.github.com" || root.endsWith("/api/v3");
    if (isRoot || /^api\.[^.]+\.ghe\.com$/.test(address.hostname)) return root;
    return address.hostname === "github.com" ? "https://api.github.com" : `${root}/api/v3`;
  },
  headers: { "x-github-api-version": "2022-11-28" },
};

/** The same for the repository that deploys, which the token of the Terraform provider must not reach. */
export const githubOfDeploys: Platform = { ...github, credential: "GH_TOKEN" };

const text = z.string();
const named = z.object({ name: text });

const namesOf = (reading: Reading<readonly z.output<typeof named>[]>): Reading<readonly string[]> =>
  mapped(reading, (all) => all.map(({ name }) => name));

const repository = z.object({
  full_name: text,
  default_branch: text,
  archived: z.boolean(),
  visibility: text.optional(),
  private: z.boolean(),
});

/** https://docs.github.com/en/rest/repos/repos#get-a-repository */
export type LiveRepository = z.output<typeof repository>;

export const repositoryOf = (client: Client, name: string): Asked<LiveRepository> => ({
  id: `github/repository/${name}`,
  subject: `the repository ${name}`,
  reading: readJson(client, `/repos/${name}`, repository),
});

/**
 * The scopes of a personal token (classic), which reach every repository of its user. Other tokens have none.
 *
 * @see https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps
 */
export async function readScopes(client: Client, name: string): Promise<Reading<readonly string[]>> {
  return mapped(await client.ask(`/repos/${name}`), ({ headers }) =>
    String(headers["x-oauth-scopes"] ?? "")
      .split(",")
      .map((scope) => scope.trim())
      .filter((scope) => /^[a-z_:]+$/.test(scope)),
  );
}

/**
 * The repositories that an installation token reaches.
 *
 * @see https://docs.github.com/en/rest/apps/installations#list-repositories-accessible-to-the-app-installation
 */
export const listReachable = (client: Client) =>
  counted(client, "/installation/repositories", "repositories", z.object({ full_name: text }));

/** Where a secret is read. */
export type SecretStore = "actions" | "dependabot";

/** The name of each store, and the right that its list takes. */
export const STORES: Readonly<Record<SecretStore, { readonly name: string; readonly needs: string }>> = {
  actions: { name: "Actions", needs: "Secrets: read" },
  dependabot: { name: "Dependabot", needs: "Dependabot secrets: read" },
};

/**
 * The names of a repository's secrets.
 *
 * @see https://docs.github.com/en/rest/actions/secrets#list-repository-secrets
 * @see https://docs.github.com/en/rest/dependabot/secrets#list-repository-secrets
 */
export const secretsOf = (client: Client, name: string, store: SecretStore): Asked<readonly string[]> => ({
  id: `github/${store}-secret/${name}`,
  subject: `the ${STORES[store].name} secrets of ${name}`,
  needs: STORES[store].needs,
  reading: counted(client, `/repos/${name}/${store}/secrets`, "secrets", named).then(namesOf),
});

/**
 * The names of the organization's Actions secrets that it shares with a repository.
 *
 * @see https://docs.github.com/en/rest/actions/secrets#list-repository-organization-secrets
 */
export const sharedSecretsOf = (client: Client, name: string): Asked<readonly string[]> => ({
  id: `github/actions-secret/${name}`,
  subject: `the secrets that the organization shares with ${name}`,
  needs: STORES.actions.needs,
  reading: counted(client, `/repos/${name}/actions/organization-secrets`, "secrets", named).then(namesOf),
});

const environment = z.object({
  name: text,
  protection_rules: z.array(z.object({ type: text, prevent_self_review: z.boolean().optional() })).optional(),
  deployment_branch_policy: z
    .object({ protected_branches: z.boolean(), custom_branch_policies: z.boolean() })
    .nullable(),
});

/** https://docs.github.com/en/rest/deployments/environments */
export type LiveEnvironment = z.output<typeof environment>;

export const environmentsOf = (client: Client, name: string): Asked<readonly LiveEnvironment[]> => ({
  id: `github/environments/${name}`,
  subject: `the environments of ${name}`,
  needs: "Actions: read",
  reading: counted(client, `/repos/${name}/environments`, "environments", environment),
});

/**
 * The names of an environment's secrets or variables.
 *
 * @see https://docs.github.com/en/rest/actions/secrets#list-environment-secrets
 * @see https://docs.github.com/en/rest/actions/variables#list-environment-variables
 */
export function heldBy(
  client: Client,
  name: string,
  environment: string,
  kind: "secrets" | "variables",
): Asked<readonly string[]> {
  const path = `/repos/${name}/environments/${encodeURIComponent(environment)}/${kind}`;
  return {
    id: `github/environment/${name}:${environment}/${kind}`,
    subject: `the ${kind} of ${environment}`,
    needs: "Environments: read",
    reading: counted(client, path, kind, named).then(namesOf),
  };
}

/**
 * A variable of a repository, or nothing where it isn't set.
 *
 * @see https://docs.github.com/en/rest/actions/variables#list-repository-variables
 */
export const variableOf = (client: Client, name: string, key: string): Asked<string | undefined> => ({
  id: `github/variable/${name}:${key}`,
  subject: `the variable ${key} of ${name}`,
  needs: "Variables: read",
  reading: counted(client, `/repos/${name}/actions/variables`, "variables", named.extend({ value: text })).then(
    (reading) => mapped(reading, (all) => all.find((variable) => variable.name === key)?.value),
  ),
});

const team = z.object({ slug: text, permission: text, permissions: z.object({ push: z.boolean() }).optional() });

/** The teams that the token sees: a secret one may be missing. https://docs.github.com/en/rest/repos/repos#list-repository-teams */
export const teamsOf = (client: Client, name: string): Asked<readonly z.output<typeof team>[]> => ({
  id: `github/gate-team/${name}`,
  subject: `the teams of ${name}`,
  needs: "Administration: read",
  reading: all(client, `/repos/${name}/teams`, team),
});

/** https://docs.github.com/en/rest/teams/teams#get-a-team-by-name */
export const teamOf = (client: Client, name: string, slug: string): Asked<unknown> => ({
  id: `github/gate-team/${name}`,
  subject: `the team ${slug}`,
  needs: "Members: read",
  reading: readJson(client, `/orgs/${name.split("/")[0] ?? ""}/teams/${slug}`, z.object({ slug: text })),
});

const CONTENTS = "Contents: read";

/**
 * Whether the token may read files: GitHub answers 404 for a file that isn't there, and for one that may not be seen.
 *
 * @see https://docs.github.com/en/rest/repos/contents#get-repository-content
 */
export const filesOf = (client: Client, name: string, branch: string): Asked<unknown> => ({
  id: `github/files/${name}`,
  subject: `the files of ${name}`,
  needs: CONTENTS,
  reading: readJson(
    client,
    `/repos/${name}/contents?ref=${encodeURIComponent(branch)}`,
    z.array(z.object({ path: text })),
  ),
});

/** The text of a file on a branch, or nothing where there is none. */
export function fileOf(client: Client, name: string, path: string, branch: string): Asked<string | undefined> {
  const place = path.split("/").map(encodeURIComponent).join("/");
  const form = z.object({ encoding: z.literal("base64"), content: text });
  const asked = readJson(client, `/repos/${name}/contents/${place}?ref=${encodeURIComponent(branch)}`, form);
  const reading = asked.then((answer) =>
    answer.kind === "unreadable" && answer.status === 404
      ? read(undefined)
      : mapped(answer, ({ content }) => Buffer.from(content, "base64").toString("utf8")),
  );
  return { id: `github/file/${name}:${path}`, subject: `${path} of ${name}`, needs: CONTENTS, reading };
}

/** https://docs.github.com/en/rest/repos/rules#get-all-repository-rulesets */
export const rulesetsOf = (client: Client, name: string): Asked<readonly { id: number; name: string }[]> => ({
  id: `github/rulesets/${name}`,
  subject: `the rulesets of ${name}`,
  needs: "Metadata: read",
  reading: all(client, `/repos/${name}/rulesets?includes_parents=false`, named.extend({ id: z.number() })),
});

const PAGE = 100;
const query = (page: number) => ({ per_page: String(PAGE), page: String(page) });

/** A list that doesn't say how many entries it has: GitHub fills every page but the last. */
function all<T>(client: Client, path: string, form: z.ZodType<T>): Promise<Reading<readonly T[]>> {
  return listed(client, path, query(1), z.array(form), (entries, _, page) => ({
    entries,
    next: entries.length < PAGE ? undefined : query(page + 1),
  }));
}

/** A list that says how many entries it has. One that holds fewer is none. */
function counted<T>(client: Client, path: string, key: string, form: z.ZodType<T>): Promise<Reading<readonly T[]>> {
  const listForm = z.object({ total_count: z.number(), [key]: z.array(form) });
  return listed(client, path, query(1), listForm, (answer, before, page) => {
    const body = answer as Record<string, unknown>;
    const entries = body[key] as T[];
    const isLast = before + entries.length >= Number(body["total_count"]);
    return { entries, next: isLast ? undefined : query(page + 1) };
  });
}
