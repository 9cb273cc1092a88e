import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import type { Fault } from "./fault";

/** Any JSON object that travels to or from an API. */
export type Json = Readonly<Record<string, unknown>>;

/** One request that arrived. */
export interface Call {
  readonly method: string;
  /** The path, as the stand-in names it. */
  readonly path: string;
  readonly body: Json;
  /** When it came, by `performance.now()`. */
  readonly at: number;
  /** How it was answered by the state; undefined where a fault struck it. */
  status?: number;
  /** The answer of the state, also where its client never got that; undefined where the request took no effect. */
  answer?: Answer;
  /** When it was answered, by `performance.now()`. */
  answered?: number;
}

/** The question that a route answers. */
export interface Asked {
  /** The named segments of its path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Json;
  /** The address of the request, without its query. */
  readonly url: string;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers by a method and a path: `:name` stands for one segment, `:name+` for one or more. */
export type Routes<A = Answer, Q = Asked> = Readonly<Record<string, (asked: Q) => A>>;

export const notFound: Answer = { status: 404, body: { message: "not found" } };

/** The route of a request, with the named segments of its path. */
export function routeOf<R>(routes: Readonly<Record<string, R>>, method: string, path: string) {
  for (const [name, route] of Object.entries(routes)) {
    const match = formOf(name).exec(`${method} ${path}`);
    if (match === null) continue;
    const params = Object.entries(match.groups ?? {}).map(([key, text]) => [key, decodeURIComponent(text)]);
    return { route, params: Object.fromEntries(params) as Asked["params"] };
  }
  return undefined;
}

const formOf = (name: string): RegExp =>
  new RegExp(
    `^${name.replace(/:(\w+)(\+?)/g, (_, key: string, more) => `(?<${key}>${more === "" ? "[^/]+" : ".+"})`)}$`,
  );

/** The requests that a fault strikes. */
export interface Struck {
  /** @default "both" */
  readonly on?: "reads" | "writes" | "both";
  /** How many of them. @default - all */
  readonly times?: number;
  /** Those to these paths. @default - any */
  readonly at?: RegExp;
  /** Those for which this holds, too. @default - any */
  readonly when?: (call: Call) => boolean;
  /** Whether the request takes effect before its answer fails. @default false */
  readonly isDone?: boolean;
}

interface Plan extends Required<Struck> {
  readonly fault: Fault;
  left: number;
}

/** How late a slowed answer is. */
export const SLOW_MS = 400;

/**
 * A stateful stand-in of a platform's API, on a free port of 127.0.0.1. It keeps what it is told, refuses what the platform
 * refuses, records every request, and can be made to fail. It shows what a client sends, and what it makes of the answers; it
 * can't show what the platform itself accepts.
 */
export abstract class StandIn {
  /** Every request so far, in the order of their arrival. */
  public readonly arrivals: Call[] = [];
  /** Told of a request for a change once it has been judged, before it is answered. */
  public afterWrite: (call: Call) => void = () => undefined;
  private readonly answers: Call[] = [];
  private readonly plans: Plan[] = [];
  private slow: RegExp | undefined;
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));

  /** The variables by which a client's process talks to this stand-in and to nothing else. */
  public abstract readonly environment: Readonly<Record<string, string>>;

  /** The name that a request has in the records. */
  protected abstract pathOf(url: URL): string;
  protected abstract answer(call: Call, asked: Omit<Asked, "params">, authorization: string): Answer;

  public async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Every request that the state answered, in the order of the answers. */
  public get requests(): readonly Call[] {
    return this.answers;
  }

  /** Those that asked for a change. */
  public get writes(): readonly Call[] {
    return this.answers.filter(({ method }) => method !== "GET");
  }

  /** Those that were refused. */
  public get refusals(): readonly Call[] {
    return this.answers.filter(({ status = 0 }) => status >= 400);
  }

  /** Forgets the requests so far, not the state. */
  public forgetRequests(): void {
    this.arrivals.length = this.answers.length = 0;
  }

  /** Answers requests by `fault`. */
  public strike(fault: Fault, struck: Struck = {}): void {
    const { on = "both", times = Infinity, at = /^/, when = () => true, isDone = false } = struck;
    this.plans.push({ fault, on, times, at, when, isDone, left: times });
  }

  /** Answers by the state again, whatever was to strike. */
  public calm(): void {
    this.plans.length = 0;
  }

  /** Makes every answer at these paths come later, so that whatever doesn't wait for it overtakes it. */
  public slowDown(paths: RegExp | undefined): void {
    this.slow = paths;
  }

  protected get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = performance.now();
    const { method = "GET", url: target = "/", headers } = request;
    const url = new URL(target, this.address);
    const body = parsed(await textOf(request));
    const call: Call = { method, path: this.pathOf(url), body, at };
    this.arrivals.push(call);
    if (this.slow?.test(target) === true) await setTimeout(SLOW_MS);
    const judged = (): Answer => {
      const asked = { query: url.searchParams, body, url: `${this.address}${url.pathname}` };
      const answer = this.answer(call, asked, headers.authorization ?? "");
      call.answer = answer;
      if (method !== "GET") this.afterWrite(call);
      return answer;
    };
    const plan = this.plans.find((one) => one.left > 0 && strikes(one, call, target));
    if (plan !== undefined) {
      plan.left -= 1;
      if (plan.isDone) judged();
      plan.fault(request, response, call.answer);
      return;
    }
    const answer = judged();
    Object.assign(call, { status: answer.status, answered: performance.now() });
    this.answers.push(call);
    response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  }
}

function strikes({ on, at, when }: Plan, call: Call, target: string): boolean {
  return (on === "both" || (on === "reads") === (call.method === "GET")) && at.test(target) && when(call);
}

/** A body that isn't JSON stays text, which every route refuses. */
function parsed(text: string): Json {
  try {
    return (text === "" ? {} : JSON.parse(text)) as Json;
  } catch {
    return text as unknown as Json;
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
