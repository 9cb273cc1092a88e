import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { CONTENT_ROUTES } from "./github/contents";
import { type GithubRequest, RepositoryState } from "./github/repository-state";
import { SETTING_ROUTES } from "./github/settings";
import type { Fault } from "./platform/fault";
import { type Answer, notFound } from "./platform/route";

const PREFIX = "/api/v3/";
const ROUTES = [...SETTING_ROUTES, ...CONTENT_ROUTES];

/**
 * A stateful stand-in for the parts of GitHub's REST API that the stacks use, on a free port of 127.0.0.1. Every owner is an
 * organization that has the team `security`.
 */
export class GithubStandIn {
  public readonly token = "ghs_standin0123456789standin0123456789";
  /** The token of who deploys. It alone reaches the repository that deploys. */
  public readonly deployToken = "ghp_standin9876543210standin9876543210";
  private readonly repositories: ReadonlyMap<string, RepositoryState>;
  /** The scopes of the token, where it is a personal one. */
  public scopes: string | undefined;
  private readonly faults: { readonly fault: Fault; readonly at: RegExp; left: number }[] = [];
  private readonly recorded: GithubRequest[] = [];
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));

  private constructor(
    names: readonly string[],
    private readonly deployer = "",
  ) {
    const states = [...names, ...(deployer === "" ? [] : [deployer])].map((name, index) => {
      const [owner = "", repository = ""] = name.split("/");
      return [name.toLowerCase(), new RepositoryState(owner, repository, index + 1)] as const;
    });
    this.repositories = new Map(states);
  }

  /** Starts one that has these repositories, each as `owner/name`, and the one that deploys. */
  public static async start(repositories: readonly string[], deployer?: string): Promise<GithubStandIn> {
    const standIn = new GithubStandIn(repositories, deployer);
    await new Promise<void>((resolve) => standIn.server.listen(0, "127.0.0.1", resolve));
    return standIn;
  }

  /** What the provider's process needs to talk to this stand-in and to nothing else. */
  public get environment(): Readonly<Record<string, string>> {
    return { GITHUB_BASE_URL: `${this.address}/`, GITHUB_TOKEN: this.token };
  }

  public repository(name: string): RepositoryState {
    const state = this.repositories.get(name.toLowerCase());
    if (state === undefined) throw new Error(`the stand-in has no repository ${name}`);
    return state;
  }

  /** Every request so far, in the order of their answers. */
  public get requests(): readonly GithubRequest[] {
    return this.recorded;
  }

  /** The requests that asked for a change, in the order of their answers. */
  public get writes(): readonly GithubRequest[] {
    return this.recorded.filter(({ method }) => method !== "GET");
  }

  /** The requests for a change that were refused. */
  public get refusals(): readonly GithubRequest[] {
    return this.writes.filter(({ status }) => status >= 400);
  }

  /** Forgets the requests so far, not the state. */
  public forgetRequests(): void {
    this.recorded.length = 0;
  }

  /** Answers the next `times` requests to these paths by `fault`. */
  public strike(fault: Fault, at = /^/, times = Infinity): void {
    this.faults.push({ fault, at, left: times });
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private get address(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? "/", this.address);
    const path = decodeURIComponent(pathname).replace(PREFIX, "");
    const method = request.method ?? "GET";
    const body = JSON.parse((await textOf(request)) || "{}") as GithubRequest["body"];
    const struck = this.faults.find(({ at, left }) => left > 0 && at.test(path));
    if (struck !== undefined) {
      struck.left -= 1;
      struck.fault(request, response);
      return;
    }
    const { authorization } = request.headers;
    const deploys = authorization === `Bearer ${this.deployToken}`;
    const mayReach = deploys || !path.startsWith(`repos/${this.deployer || "-"}/`);
    const answer =
      deploys || authorization === `Bearer ${this.token}`
        ? mayReach
          ? this.answer(method, path, body, query)
          : notFound
        : { status: 401, body: { message: "Bad credentials" } };
    this.recorded.push({ method, path, body, status: answer.status });
    const scopes = this.scopes === undefined ? {} : { "x-oauth-scopes": this.scopes };
    response.writeHead(answer.status, { "content-type": "application/json", ...scopes });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  }

  /** https://docs.github.com/en/rest/apps/installations: of installation tokens alone */
  private reachable(): Answer {
    if (this.scopes !== undefined)
      return { status: 403, body: { message: "You must authenticate with an installation" } };
    const reached = [...this.repositories.values()].filter(({ owner, name }) => `${owner}/${name}` !== this.deployer);
    const repositories = reached.map(described);
    return { status: 200, body: { total_count: repositories.length, repositories } };
  }

  private answer(method: string, path: string, body: GithubRequest["body"], query: URLSearchParams): Answer {
    const [kind, owner = "", name = "", ...below] = path.split("/");
    if (path === "installation/repositories") return this.reachable();
    if (kind === "orgs") return organization(owner, name, below.join("/"));
    const state = this.repositories.get(`${owner}/${name}`.toLowerCase());
    if (kind !== "repos" || state === undefined) return notFound;
    if (below.length === 0) return { status: 200, body: described(state) };
    for (const route of ROUTES) {
      const match = route.method === method ? route.path.exec(below.join("/")) : null;
      if (match !== null)
        return route.answer({ state, params: match.slice(1), body, query, url: `${this.address}${PREFIX}${path}` });
    }
    return notFound;
  }
}

/** https://docs.github.com/en/rest/orgs/orgs and https://docs.github.com/en/rest/teams/teams */
function organization(login: string, below: string, slug: string): Answer {
  if (below === "") return { status: 200, body: { id: 1, login } };
  return below === "teams" && slug === "security"
    ? { status: 200, body: { id: 4_711, slug, name: "Security" } }
    : notFound;
}

/** https://docs.github.com/en/rest/repos/repos#get-a-repository */
function described({ id, owner, name, archived, defaultBranch }: RepositoryState): object {
  const common = { id, node_id: `R_${String(id)}`, name, archived, private: true, visibility: "private" };
  return { ...common, full_name: `${owner}/${name}`, default_branch: defaultBranch, owner: { login: owner } };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
