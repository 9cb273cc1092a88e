import { createHash, randomBytes } from "node:crypto";
import { type Answer, type Asked, type Call, type Json, notFound, routeOf, type Routes, StandIn } from "./server";

/** A GitHub environment of a repository. */
export interface EnvironmentState {
  isReviewed: boolean;
  isRestricted: boolean;
  readonly secrets: Set<string>;
  readonly variables: Set<string>;
}

/** A deploy as GitHub records it: https://docs.github.com/en/rest/deployments/deployments */
export interface Deployment {
  readonly id: number;
  readonly sha: string;
  readonly environment: string;
  readonly statuses: readonly { readonly state: string; readonly log_url: string }[];
}

/** A repository as the stand-in keeps it. */
export class RepositoryState {
  public defaultBranch = "main";
  public archived = false;
  public alerts = false;
  public securityUpdates = false;
  public readonly files = new Map<string, Buffer>();
  public readonly messages = new Map<string, string>();
  public readonly labels = new Map<string, Json>();
  public readonly rulesets = new Map<string, Json>();
  /** When each secret was written, by `actions/NAME` or `dependabot/NAME`. */
  public readonly secrets = new Map<string, string>();
  /** Actions secrets that the organization shares with the repository. */
  public readonly sharedSecrets: string[] = [];

  /** The permission of each team, by its slug. */
  public readonly teams = new Map([["security", "push"]]);
  public readonly environments = new Map<string, EnvironmentState>();
  /** The deploys, the newest first, each with the states that it had. */
  public readonly deployments: Deployment[] = [];
  /** The repository's own Actions variables. */
  public readonly variables = new Map<string, string>();

  public constructor(
    public readonly owner: string,
    public readonly name: string,
    public readonly id: number,
  ) {}

  /** Records a commit and returns its hash. */
  public commit(message: string): string {
    const sha = randomBytes(20).toString("hex");
    this.messages.set(sha, message);
    return sha;
  }
}

const PREFIX = "/api/v3/";

/** GitHub's REST API, as far as the stacks and the inventory ask it. Every owner is an organization that has the team `security`. */
export class GithubStandIn extends StandIn {
  public readonly token = "ghs_standin0123456789standin0123456789";
  /** The token of who deploys. It alone reaches the repository that deploys. */
  public readonly deployToken = "ghp_standin9876543210standin9876543210";
  /** The repository that deploys, as `owner/name`. */
  private deployer = "";
  private readonly repositories = new Map<string, RepositoryState>();
  /** The scopes of the token, where it is a personal one. */
  public scopes: string | undefined;

  /** Starts one that has these repositories, each as `owner/name`. */
  public static start(repositories: readonly string[]): Promise<GithubStandIn> {
    const standIn = new GithubStandIn();
    for (const name of repositories) standIn.add(name);
    return standIn.listen();
  }

  /** Adds the repository that deploys. */
  public addDeployer(full: string): void {
    this.deployer = full;
    this.add(full);
  }

  /** Adds a repository, unless it is there. */
  public add(full: string): void {
    const [owner = "", name = ""] = full.split("/");
    const { size } = this.repositories;
    if (!this.repositories.has(full.toLowerCase()))
      this.repositories.set(full.toLowerCase(), new RepositoryState(owner, name, size + 1));
  }

  public get environment(): Readonly<Record<string, string>> {
    return { GITHUB_BASE_URL: `${this.address}/`, GITHUB_TOKEN: this.token };
  }

  public repository(name: string): RepositoryState {
    const state = this.repositories.get(name.toLowerCase());
    if (state === undefined) throw new Error(`the stand-in has no repository ${name}`);
    return state;
  }

  public get states(): readonly RepositoryState[] {
    return [...this.repositories.values()];
  }

  /** The requests for a change that were refused: a file that isn't there yet is asked for, too. */
  public override get refusals(): readonly Call[] {
    return this.writes.filter(({ status = 0 }) => status >= 400);
  }

  protected pathOf({ pathname }: URL): string {
    return decodeURIComponent(pathname).replace(PREFIX, "");
  }

  protected answer(call: Call, asked: Omit<Asked, "params">, authorization: string): Answer {
    const headers = this.scopes === undefined ? {} : { "x-oauth-scopes": this.scopes };
    const deploys = authorization === `Bearer ${this.deployToken}`;
    const isKnown = deploys || authorization === `Bearer ${this.token}`;
    const isReached = deploys || this.deployer === "" || !`${call.path}/`.startsWith(`repos/${this.deployer}/`);
    const reached = isReached ? this.judged(call, asked) : notFound;
    const answer = isKnown ? reached : { status: 401, body: { message: "Bad credentials" } };
    return { ...answer, headers };
  }

  private judged({ method, path }: Call, asked: Omit<Asked, "params">): Answer {
    if (path === "installation/repositories") return this.reachable();
    const [kind, owner = "", name = "", ...below] = path.split("/");
    if (kind === "orgs") return organization(owner, name, below.join("/"));
    const state = this.repositories.get(`${owner}/${name}`.toLowerCase());
    if (kind !== "repos" || state === undefined) return notFound;
    if (below.length === 0) return ok(described(state));
    const found = routeOf(ROUTES, method, below.join("/"));
    return found === undefined ? notFound : found.route({ ...asked, state, params: found.params });
  }

  /** https://docs.github.com/en/rest/apps/installations: of installation tokens alone */
  private reachable(): Answer {
    if (this.scopes !== undefined) return refused(403, "You must authenticate with an installation");
    const reached = this.states.filter(({ owner, name }) => `${owner}/${name}` !== this.deployer);
    const repositories = reached.map(described);
    return ok({ total_count: repositories.length, repositories });
  }
}

const done: Answer = { status: 204 };
const ok = (body: unknown): Answer => ({ status: 200, body });
const found = (body: unknown): Answer => (body === undefined ? notFound : ok(body));
const gone = (isGone: boolean): Answer => (isGone ? done : notFound);
const refused = (status: number, message: string): Answer => ({ status, body: { message } });

/** https://docs.github.com/en/rest/orgs/orgs and https://docs.github.com/en/rest/teams/teams */
function organization(login: string, below: string, slug: string): Answer {
  if (below === "") return ok({ id: 1, login });
  return below === "teams" && slug === "security" ? ok({ id: 4_711, slug, name: "Security" }) : notFound;
}

/** https://docs.github.com/en/rest/repos/repos#get-a-repository */
function described({ id, owner, name, archived, defaultBranch }: RepositoryState): object {
  const common = { id, node_id: `R_${id}`, name, archived, private: true, visibility: "private" };
  return { ...common, full_name: `${owner}/${name}`, default_branch: defaultBranch, owner: { login: owner } };
}

const STAMP = "2026-01-15T10:00:00Z";

interface AskedRepository extends Asked {
  readonly state: RepositoryState;
}

/** The members of a body by the last part of a route. GitHub ignores others; a client that sends one means something else. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  contents: ["message", "content", "sha", "branch", "author", "committer"],
  labels: ["name", "color", "description"],
  rulesets: ["name", "target", "enforcement", "bypass_actors", "conditions", "rules", "id", "source", "source_type"],
  secrets: ["encrypted_value", "key_id"],
};

/** The answer, unless the body has a member that the route doesn't know. */
const knowing =
  (kind: string, answer: (asked: AskedRepository) => Answer) =>
  (asked: AskedRepository): Answer => {
    const strange = Object.keys(asked.body).filter((name) => MEMBERS[kind]?.includes(name) !== true);
    return strange.length === 0 ? answer(asked) : refused(422, `Invalid request: ${kind} has no ${strange.join(", ")}`);
  };

/** What is below `repos/<owner>/<name>/`. */
const ROUTES: Routes<Answer, AskedRepository> = {
  // https://docs.github.com/en/rest/repos/contents and https://docs.github.com/en/rest/commits/commits
  "GET branches/:branch": ({ state, params: { branch } }) =>
    branch === state.defaultBranch ? ok({ name: branch, commit: { sha: "0".repeat(40) } }) : notFound,
  "GET commits/:sha": ({ state, params: { sha = "" } }) => {
    const message = state.messages.get(sha);
    const committer = { name: "GitHub", email: "noreply@github.com" };
    return found(message === undefined ? undefined : { sha, commit: { message, committer } });
  },
  "GET contents": ({ state }) => {
    const roots = new Set([...state.files.keys()].map((path) => path.split("/")[0] ?? ""));
    return ok([...roots].map((path) => ({ path, name: path, type: "file" })));
  },
  "GET contents/:path+": (asked) => found(fileOf(asked)),
  "PUT contents/:path+": knowing("contents", (asked) => {
    const { state, params, body } = asked;
    const { path = "" } = params;
    const refusal = outdated(asked, path);
    if (refusal !== undefined) return refusal;
    const status = state.files.has(path) ? 200 : 201;
    state.files.set(path, Buffer.from(String(body["content"]), "base64"));
    const sha = state.commit(String(body["message"]));
    return { status, body: { content: fileOf(asked), commit: { sha } } };
  }),
  "DELETE contents/:path+": knowing("contents", (asked) => {
    const { path = "" } = asked.params;
    const refusal = outdated(asked, path);
    if (refusal !== undefined) return refusal;
    asked.state.files.delete(path);
    return ok({ commit: { sha: asked.state.commit(String(asked.body["message"])) } });
  }),

  // https://docs.github.com/en/rest/repos/repos
  "GET vulnerability-alerts": ({ state }) => gone(state.alerts),
  "PUT vulnerability-alerts": ({ state }) => {
    state.alerts = true;
    return done;
  },
  "DELETE vulnerability-alerts": ({ state }) => {
    state.alerts = state.securityUpdates = false;
    return done;
  },
  "GET automated-security-fixes": ({ state: { securityUpdates: enabled } }) => ok({ enabled, paused: false }),
  "PUT automated-security-fixes": ({ state }) => {
    if (!state.alerts) return refused(422, "Vulnerability alerts must be enabled");
    state.securityUpdates = true;
    return done;
  },
  "DELETE automated-security-fixes": ({ state }) => {
    state.securityUpdates = false;
    return done;
  },

  // https://docs.github.com/en/rest/issues/labels
  "POST labels": knowing("labels", ({ state, body }) => {
    const name = String(body["name"]);
    if (state.labels.has(name))
      return { status: 422, body: { message: "Validation Failed", errors: [{ code: "already_exists" }] } };
    state.labels.set(name, body);
    return { status: 201, body };
  }),
  "GET labels": ({ state, query }) => ok(pageOf([...state.labels.values()], query)),
  "GET labels/:name": ({ state, params: { name = "" } }) => found(state.labels.get(name)),
  "DELETE labels/:name": ({ state, params: { name = "" } }) => gone(state.labels.delete(name)),

  // https://docs.github.com/en/rest/repos/rules
  "POST rulesets": knowing("rulesets", ({ state, body }) => {
    const name = body["name"];
    if ([...state.rulesets.values()].some((ruleset) => ruleset["name"] === name))
      return { status: 422, body: { message: "Validation Failed", errors: ["Name must be unique"] } };
    const id = state.rulesets.size + 1_001;
    const ruleset = { ...body, id, node_id: `RRS_${id}`, source_type: "Repository" };
    state.rulesets.set(String(id), ruleset);
    return { status: 201, body: ruleset };
  }),
  "GET rulesets": ({ state, query }) => ok(pageOf([...state.rulesets.values()], query)),
  "GET rulesets/:id": ({ state, params: { id = "" } }) => found(state.rulesets.get(id)),
  "PUT rulesets/:id": knowing("rulesets", ({ state, params: { id = "" }, body }) => {
    const before = state.rulesets.get(id);
    if (before === undefined) return notFound;
    state.rulesets.set(id, { ...before, ...body });
    return ok(state.rulesets.get(id));
  }),
  "DELETE rulesets/:id": ({ state, params: { id = "" } }) => gone(state.rulesets.delete(id)),

  // https://docs.github.com/en/rest/actions/secrets and https://docs.github.com/en/rest/dependabot/secrets
  "GET actions/organization-secrets": ({ state, query }) => counted(state.sharedSecrets, query),
  // https://docs.github.com/en/rest/deployments/environments and https://docs.github.com/en/rest/actions/variables
  "GET deployments": ({ state, query }) => {
    const own = state.deployments.filter(({ environment }) => environment === query.get("environment"));
    return ok(
      pageOf(
        own.map(({ id, sha }) => ({ id, sha })),
        query,
      ),
    );
  },
  "GET deployments/:id/statuses": ({ state, params: { id } }) =>
    found(state.deployments.find((deployment) => String(deployment.id) === id)?.statuses),
  "GET environments": ({ state, query }) => {
    const environments = [...state.environments].map(([name, { isReviewed, isRestricted }]) => ({
      name,
      protection_rules: isReviewed ? [{ id: 1, type: "required_reviewers", prevent_self_review: true }] : [],
      deployment_branch_policy: isRestricted ? { protected_branches: true, custom_branch_policies: false } : null,
    }));
    return ok({ total_count: environments.length, environments: pageOf(environments, query) });
  },
  "GET environments/:name/secrets": ({ state, params: { name = "" }, query }) => {
    const environment = state.environments.get(name);
    return environment === undefined ? notFound : counted([...environment.secrets], query);
  },
  "GET environments/:name/variables": ({ state, params: { name = "" }, query }) => {
    const environment = state.environments.get(name);
    return environment === undefined ? notFound : counted([...environment.variables], query, "variables");
  },
  "GET actions/variables": ({ state, query }) => {
    const variables = [...state.variables].map(([name, value]) => ({ name, value }));
    return ok({ total_count: variables.length, variables: pageOf(variables, query) });
  },
  // https://docs.github.com/en/rest/repos/repos#list-repository-teams
  "GET teams": ({ state, query }) => {
    const teams = [...state.teams].map(([slug, permission]) => ({ slug, permission }));
    return ok(pageOf(teams, query));
  },
  ...secretRoutes("actions"),
  ...secretRoutes("dependabot"),
};

function secretRoutes(kind: string): Routes<Answer, AskedRepository> {
  return {
    // Any 32 bytes are a key that a value can be sealed for.
    [`GET ${kind}/secrets/public-key`]: () => ok({ key_id: "1", key: Buffer.alloc(32, 9).toString("base64") }),
    [`GET ${kind}/secrets`]: ({ state, query }) => {
      const names = [...state.secrets.keys()].filter((key) => key.startsWith(`${kind}/`));
      return counted(
        names.map((key) => key.slice(kind.length + 1)),
        query,
      );
    },
    [`GET ${kind}/secrets/:name`]: ({ state, params: { name = "" } }) => {
      const written = state.secrets.get(`${kind}/${name}`);
      return found(written === undefined ? undefined : { name, created_at: written, updated_at: written });
    },
    [`PUT ${kind}/secrets/:name`]: knowing("secrets", ({ state, params: { name = "" } }) => {
      state.secrets.set(`${kind}/${name}`, STAMP);
      return { status: 201, body: {} };
    }),
    [`DELETE ${kind}/secrets/:name`]: ({ state, params: { name = "" } }) =>
      gone(state.secrets.delete(`${kind}/${name}`)),
  };
}

/** GitHub changes a file only for who knows the present one. */
function outdated({ state, body }: AskedRepository, path: string): Answer | undefined {
  const present = state.files.get(path);
  if (body["branch"] !== state.defaultBranch) return refused(404, "Branch not found");
  if (body["sha"] === (present === undefined ? undefined : blobSha(present))) return undefined;
  return body["sha"] === undefined
    ? refused(422, `Invalid request. "sha" wasn't supplied.`)
    : refused(409, `${path} does not match ${String(body["sha"])}`);
}

function fileOf({ state, params: { path = "" }, url }: AskedRepository): object | undefined {
  const content = state.files.get(path);
  if (content === undefined) return undefined;
  const named = { type: "file", name: path.split("/").at(-1), path, sha: blobSha(content), size: content.length };
  const encoded = { encoding: "base64", content: content.toString("base64") };
  return { ...named, ...encoded, url: `${url}?ref=${state.defaultBranch}` };
}

/** The hash by which git names a file's content. */
function blobSha(content: Buffer): string {
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}

function counted(names: readonly string[], query: URLSearchParams, key = "secrets"): Answer {
  const entries = pageOf(names, query).map((name) => ({ name, created_at: STAMP, updated_at: STAMP }));
  return ok({ total_count: names.length, [key]: entries });
}

/** https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api */
function pageOf<T>(all: readonly T[], query: URLSearchParams): readonly T[] {
  const [page, size] = [Number(query.get("page") ?? 1), Number(query.get("per_page") ?? 30)];
  return all.slice((page - 1) * size, page * size);
}
