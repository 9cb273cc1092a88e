import { type IncomingMessage, type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An issue as GitHub's REST API lists it: https://docs.github.com/en/rest/issues/issues#list-repository-issues. */
export interface Issue {
  readonly number: number;
  title: string;
  body: string | null;
  state: "open" | "closed";
  readonly user: { readonly login: string };
  readonly comments: string[];
}

/** Stands in for the issues of one repository at GitHub's REST API, on loopback. */
export class GithubIssues {
  public readonly issues: Issue[] = [];
  /** The requests that changed something. */
  public readonly changes: string[] = [];
  /** The status to answer every request with, if not with its own. */
  public failure: number | undefined;
  private readonly server: Server = createServer((request, response) => {
    void this.answer(request).then(({ status, body }) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });

  public async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  public async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  public reset(): void {
    this.issues.length = 0;
    this.changes.length = 0;
    this.failure = undefined;
  }

  public add(title: string, body: string | null, login = "github-actions[bot]"): Issue {
    const issue: Issue = { number: this.issues.length + 1, title, body, state: "open", user: { login }, comments: [] };
    this.issues.push(issue);
    return issue;
  }

  private async answer(request: IncomingMessage): Promise<{ readonly status: number; readonly body: unknown }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = JSON.parse(Buffer.concat(chunks).toString("utf8") || "{}") as Partial<Issue>;
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    if (request.headers.authorization !== "Bearer fake-token") return { status: 401, body: {} };
    if (this.failure !== undefined) return { status: this.failure, body: {} };
    const path = pathname.replace(/^\/repos\/example\/api\//, "");
    if (request.method === "GET") return { status: 200, body: this.page(searchParams) };
    this.changes.push(`${String(request.method)} ${path}`);
    return this.change(path, sent);
  }

  private page(query: URLSearchParams): readonly Issue[] {
    const [size, page] = [Number(query.get("per_page")), Number(query.get("page"))];
    return this.issues.filter(({ state }) => state === query.get("state")).slice((page - 1) * size, page * size);
  }

  private change(path: string, sent: Partial<Issue>): { readonly status: number; readonly body: unknown } {
    const [, number, comments] = path.split("/");
    if (number === undefined) return { status: 201, body: this.add(sent.title ?? "", sent.body ?? null) };
    const issue = this.issues[Number(number) - 1];
    if (issue === undefined) return { status: 404, body: {} };
    if (comments === undefined) Object.assign(issue, sent);
    else issue.comments.push(sent.body ?? "");
    return { status: 200, body: issue };
  }
}
