import { z } from "zod";
import { type Client, listed, readJson } from "./client";
import { plainRoot, type Platform, mapped, type Reading, read } from "./platform";

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
const repository = z.object({
  full_name: text,
  default_branch: text,
  archived: z.boolean(),
  visibility: text.optional(),
  private: z.boolean(),
});

/** https://docs.github.com/en/rest/repos/repos#get-a-repository */
export type LiveRepository = z.output<typeof repository>;

export const readRepository = (client: Client, name: string): Promise<Reading<LiveRepository>> =>
  readJson(client, `/repos/${name}`, repository);

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
export const listReachable = (client: Client): Promise<Reading<readonly { readonly full_name: string }[]>> =>
  counted(client, "/installation/repositories", "repositories", z.object({ full_name: text }));

/** Where a secret is read. */
export type SecretStore = "actions" | "dependabot";

/**
 * The names of a repository's secrets.
 *
 * @see https://docs.github.com/en/rest/actions/secrets#list-repository-secrets
 * @see https://docs.github.com/en/rest/dependabot/secrets#list-repository-secrets
 */
export const listSecrets = (client: Client, name: string, store: SecretStore): Promise<Reading<readonly string[]>> =>
  names(client, `/repos/${name}/${store}/secrets`);

/**
 * The names of the organization's Actions secrets that it shares with a repository.
 *
 * @see https://docs.github.com/en/rest/actions/secrets#list-repository-organization-secrets
 */
export const listSharedSecrets = (client: Client, name: string): Promise<Reading<readonly string[]>> =>
  names(client, `/repos/${name}/actions/organization-secrets`);

async function names(client: Client, path: string, key = "secrets"): Promise<Reading<readonly string[]>> {
  return mapped(await counted(client, path, key, z.object({ name: text })), (all) => all.map((each) => each.name));
}

const environment = z.object({
  name: text,
  protection_rules: z.array(z.object({ type: text, prevent_self_review: z.boolean().optional() })).optional(),
  deployment_branch_policy: z
    .object({ protected_branches: z.boolean(), custom_branch_policies: z.boolean() })
    .nullable(),
});

/** https://docs.github.com/en/rest/deployments/environments */
export type LiveEnvironment = z.output<typeof environment>;

export const listEnvironments = (client: Client, name: string): Promise<Reading<readonly LiveEnvironment[]>> =>
  counted(client, `/repos/${name}/environments`, "environments", environment);

/**
 * The names of an environment's secrets or variables.
 *
 * @see https://docs.github.com/en/rest/actions/secrets#list-environment-secrets
 * @see https://docs.github.com/en/rest/actions/variables#list-environment-variables
 */
export const listNames = (
  client: Client,
  name: string,
  of: string,
  kind: "secrets" | "variables",
): Promise<Reading<readonly string[]>> =>
  names(client, `/repos/${name}/environments/${encodeURIComponent(of)}/${kind}`, kind);

/**
 * A variable of a repository, or nothing where it isn't set.
 *
 * @see https://docs.github.com/en/rest/actions/variables#list-repository-variables
 */
export async function readVariable(client: Client, name: string, key: string): Promise<Reading<string | undefined>> {
  const form = z.object({ name: text, value: text });
  return mapped(
    await counted(client, `/repos/${name}/actions/variables`, "variables", form),
    (all) => all.find((variable) => variable.name === key)?.value,
  );
}

const team = z.object({ slug: text, permission: text, permissions: z.object({ push: z.boolean() }).optional() });

/** The teams that the token sees: a secret one may be missing. https://docs.github.com/en/rest/repos/repos#list-repository-teams */
export const listTeams = (client: Client, name: string): Promise<Reading<readonly z.output<typeof team>[]>> =>
  all(client, `/repos/${name}/teams`, team);

/** https://docs.github.com/en/rest/teams/teams#get-a-team-by-name */
export const readTeam = (client: Client, owner: string, slug: string): Promise<Reading<{ readonly slug: string }>> =>
  readJson(client, `/orgs/${owner}/teams/${slug}`, z.object({ slug: text }));

/**
 * Whether the token may read files: GitHub answers 404 for a file that isn't there, and for one that may not be seen.
 *
 * @see https://docs.github.com/en/rest/repos/contents#get-repository-content
 */
export async function accessToFiles(client: Client, name: string, branch: string): Promise<Reading<true>> {
  const path = `/repos/${name}/contents?ref=${encodeURIComponent(branch)}`;
  return mapped(await readJson(client, path, z.array(z.object({ path: text }))), () => true);
}

/** The text of a file on a branch, or nothing where there is none. */
export async function readFile(
  client: Client,
  name: string,
  path: string,
  branch: string,
): Promise<Reading<string | undefined>> {
  const place = path.split("/").map(encodeURIComponent).join("/");
  const form = z.object({ encoding: z.literal("base64"), content: text });
  const reading = await readJson(client, `/repos/${name}/contents/${place}?ref=${encodeURIComponent(branch)}`, form);
  if (reading.kind === "unreadable") return reading.status === 404 ? read(undefined) : reading;
  return read(Buffer.from(reading.value.content, "base64").toString("utf8"));
}

/**
 * The names of a repository's labels.
 *
 * @see https://docs.github.com/en/rest/issues/labels#list-labels-for-a-repository
 */
export async function listLabels(client: Client, name: string): Promise<Reading<readonly string[]>> {
  return mapped(await all(client, `/repos/${name}/labels`, z.object({ name: text })), (labels) =>
    labels.map((label) => label.name),
  );
}

const ruleset = z.object({ id: z.number(), name: text });

/** https://docs.github.com/en/rest/repos/rules#get-all-repository-rulesets */
export const listRulesets = (client: Client, name: string): Promise<Reading<readonly z.output<typeof ruleset>[]>> =>
  all(client, `/repos/${name}/rulesets?includes_parents=false`, ruleset);

const PAGE = 100;
const query = (page: number) => ({ per_page: String(PAGE), page: String(page) });

/** A list that doesn't say how many entries it has: GitHub fills every page but the last. */
function all<T extends z.ZodType>(client: Client, path: string, form: T): Promise<Reading<readonly z.output<T>[]>> {
  return listed(client, path, query(1), z.array(form), (entries, _, page) => ({
    entries,
    next: entries.length < PAGE ? undefined : query(page + 1),
  }));
}

/** A list that says how many entries it has. One that holds fewer is none. */
function counted<T extends z.ZodType>(
  client: Client,
  path: string,
  key: string,
  form: T,
): Promise<Reading<readonly z.output<T>[]>> {
  const listForm = z.object({ total_count: z.number(), [key]: z.array(form) });
  return listed(client, path, query(1), listForm, (answer, before, page) => {
    const body = answer as Record<string, unknown>;
    const entries = body[key] as z.output<T>[];
    const isLast = before + entries.length >= Number(body["total_count"]);
    return { entries, next: isLast ? undefined : query(page + 1) };
  });
}
