import { type Answer, type Asked, type Call, notFound, routeOf, StandIn } from "../server";
import { ok, refused } from "./api";
import { CONTENTS } from "./contents";
import { DEPLOYS } from "./deploys";
import { RepositoryState } from "./repository";
import { SETTINGS } from "./settings";

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
    const found = routeOf(OF_A_REPOSITORY, method, below.join("/"));
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

const OF_A_REPOSITORY = { ...CONTENTS, ...SETTINGS, ...DEPLOYS };

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
