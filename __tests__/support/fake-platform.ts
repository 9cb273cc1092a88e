import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";

import { status, type Fault } from "./platform/fault";
import { Render } from "./platform/render";
import { notFound, type Answer } from "./platform/route";
import { Supabase } from "./platform/supabase";

/** One request that arrived, whether it was answered or not. */
export interface Arrival {
  readonly method: string;
  /** The path with the query. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** When it came, by `performance.now()`. */
  readonly at: number;
}

/** Which requests a fault strikes. */
export type Struck = "reads" | "writes" | "both";

/** How late a slowed answer is. */
export const SLOW_MS = 400;

interface Plan {
  readonly fault: Fault;
  readonly struck: Struck;
  readonly at: RegExp;
  left: number;
}

/**
 * A stateful stand-in for the parts of Supabase's and Render's APIs that the appliers use, on a free port of 127.0.0.1,
 * in which things can be made to go wrong. It shows what a client sends, and what it makes of the answers.
 */
export class FakePlatform {
  public readonly supabase = new Supabase();
  public readonly render = new Render();
  public readonly arrivals: Arrival[] = [];
  public readonly token = "sbp_0123456789abcdef0123456789abcdef01234567";
  public readonly key = "rnd_0123456789ABCDEFGHIJKLMNOPQR";
  /** Called once a write has changed the state, before it is answered. */
  public afterWrite: () => void = () => undefined;
  private readonly plans: Plan[] = [];
  private slow: RegExp | undefined;
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));

  /** Runs `use` with a platform that lives as long. */
  public static async during<T>(use: (platform: FakePlatform) => Promise<T>): Promise<T> {
    const platform = new FakePlatform();
    await new Promise<void>((resolve) => platform.server.listen(0, "127.0.0.1", resolve));
    try {
      return await use(platform);
    } finally {
      await platform.stop();
    }
  }

  /** What a client's process needs to talk to this platform and to nothing else. */
  public get environment(): Readonly<Record<string, string>> {
    const { port } = this.server.address() as AddressInfo;
    const base = `http://127.0.0.1:${String(port)}`;
    return {
      SUPABASE_API_ENDPOINT: base,
      SUPABASE_ACCESS_TOKEN: this.token,
      RENDER_HOST: `${base}/v1`,
      RENDER_API_KEY: this.key,
    };
  }

  /** The requests that asked for a change of state. */
  public get writes(): readonly Arrival[] {
    return this.arrivals.filter(({ method, path }) => method !== "GET" && !path.endsWith("/verify"));
  }

  /** Everything that the platform keeps, as text. */
  public get state(): string {
    return JSON.stringify(this.objects.map((map) => [...map]));
  }

  /** Keeps everything that the platform holds now; what it returns puts it back. */
  public remember(): () => void {
    const kept = this.objects.map((map) => [...map]);
    return () => {
      this.objects.forEach((map, index) => {
        map.clear();
        kept[index]?.forEach(([id, object]) => map.set(id, object));
      });
    };
  }

  /** Answers the next `times` requests to these paths by `fault`. */
  public strike(
    fault: Fault,
    {
      on = "both",
      times = Infinity,
      at = /^/,
    }: { readonly on?: Struck; readonly times?: number; readonly at?: RegExp } = {},
  ): void {
    this.plans.push({ fault, struck: on, at, left: times });
  }

  /** Answers by the state again, whatever was to strike. */
  public calm(): void {
    this.plans.length = 0;
  }

  /** Makes every answer at these paths come later, so that whatever doesn't wait for it overtakes it. */
  public slowDown(paths: RegExp | undefined): void {
    this.slow = paths;
  }

  private get objects(): readonly Map<string, unknown>[] {
    const { services, customDomains, keyValues, dedicatedIps } = this.render;
    return [this.supabase.projects, services, customDomains, keyValues, dedicatedIps];
  }

  private async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = performance.now();
    const [method, path] = [request.method ?? "GET", request.url ?? "/"];
    const body = JSON.parse((await textOf(request)) || "{}") as Arrival["body"];
    this.arrivals.push({ method, path, body, at });
    if (this.slow?.test(path) === true) await setTimeout(SLOW_MS);
    const plan = this.plans.find((one) => one.left > 0 && strikes(one.struck, method) && one.at.test(path));
    if (plan !== undefined) {
      plan.left -= 1;
      plan.fault(request, response);
      return;
    }
    if (!this.isKnown(request)) {
      status(401, "Unauthorized")(request, response);
      return;
    }
    const answer = this.answer(method, path, body);
    if (method !== "GET") this.afterWrite();
    response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(answer.body));
  }

  private isKnown({ url = "", headers: { authorization } }: IncomingMessage): boolean {
    return authorization === `Bearer ${url.startsWith("/v1/projects") ? this.token : this.key}`;
  }

  private answer(method: string, path: string, body: Arrival["body"]): Answer {
    const { pathname, searchParams: query } = new URL(path, "http://127.0.0.1");
    for (const route of [...this.supabase.routes, ...this.render.routes]) {
      const [, ...params] = (route.method === method && route.path.exec(pathname)) || [];
      if (params.length > 0) return route.answer({ params, query, body });
    }
    return notFound;
  }
}

function strikes(struck: Struck, method: string): boolean {
  return struck === "both" || (struck === "reads") === (method === "GET");
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
