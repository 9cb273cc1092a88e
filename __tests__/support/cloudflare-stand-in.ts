import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { ApiRefusal, failure, match, success, type ApiResult, type Json, type Route } from "./cloudflare/api";
import { aroundRoutes } from "./cloudflare/around-routes";
import { dnsRecordRoutes } from "./cloudflare/dns-records";
import { Estate, type ZoneFacts } from "./cloudflare/estate";
import { gatewayRoutes } from "./cloudflare/gateway";
import { listRoutes } from "./cloudflare/lists";
import { rulesetRoutes } from "./cloudflare/rulesets";
import { urlNormalizationRoutes } from "./cloudflare/url-normalization";
import { zoneSettingRoutes } from "./cloudflare/zone-settings";
import type { Fault } from "./platform/fault";

/** One request and how it was answered. */
export interface RecordedRequest {
  readonly method: string;
  /** The path after `/client/v4/`, without the query. */
  readonly path: string;
  readonly body: unknown;
  readonly status: number;
  /** When it came and when it was answered, by `performance.now()`. */
  readonly arrived: number;
  readonly answered: number;
}

const PREFIX = "/client/v4/";
const SLOW_MS = 400;

/**
 * A stateful stand-in for the parts of Cloudflare's API v4 that the stacks use, on a free port of 127.0.0.1.
 *
 * It keeps what it is told, refuses what the platform refuses, and records every request in order. It shows what a
 * provider sends and reads back; it can't show what the platform itself accepts.
 */
export class CloudflareStandIn {
  /** A token of the form that the provider demands; every other one is refused. */
  public readonly token = "stand-in-token-0123456789-0123456789-012";
  private readonly recorded: RecordedRequest[] = [];
  private slow: RegExp | undefined;
  private readonly faults: { readonly fault: Fault; readonly at: RegExp; left: number }[] = [];
  private readonly routes: readonly Route[];
  private readonly server: Server;

  private constructor(
    /** Everything that the token reaches, for tests to fill. */
    public readonly estate: Estate,
  ) {
    this.routes = [
      ...rulesetRoutes(estate),
      ...zoneSettingRoutes(estate),
      ...urlNormalizationRoutes(estate),
      ...dnsRecordRoutes(estate),
      ...listRoutes(estate),
      ...gatewayRoutes(estate),
      ...aroundRoutes(estate),
    ];
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  /** Starts one that knows these zones and the accounts that own them. */
  public static async start(zones: readonly ZoneFacts[]): Promise<CloudflareStandIn> {
    const standIn = new CloudflareStandIn(new Estate(zones));
    await new Promise<void>((resolve) => standIn.server.listen(0, "127.0.0.1", resolve));
    return standIn;
  }

  /** What the provider's process needs to talk to this stand-in and to nothing else. */
  public get environment(): Readonly<Record<string, string>> {
    const { port } = this.server.address() as AddressInfo;
    return { CLOUDFLARE_BASE_URL: `http://127.0.0.1:${String(port)}/client/v4`, CLOUDFLARE_API_TOKEN: this.token };
  }

  /** Every request so far, in the order of their answers. */
  public get requests(): readonly RecordedRequest[] {
    return this.recorded;
  }

  /** The requests that asked for a change. */
  public get writes(): readonly RecordedRequest[] {
    return this.recorded.filter(({ method }) => method !== "GET");
  }

  /** The requests that were refused. */
  public get refusals(): readonly RecordedRequest[] {
    return this.recorded.filter(({ status }) => status >= 400);
  }

  /** Forgets the requests so far, not the state. */
  public forgetRequests(): void {
    this.recorded.length = 0;
  }

  /** Makes every write to these paths take longer, so that whatever doesn't wait for it overtakes it. */
  public slowDown(paths: RegExp | undefined): void {
    this.slow = paths;
  }

  /** Answers the next `times` requests to these paths by `fault`. */
  public strike(fault: Fault, at = /^/, times = Infinity): void {
    this.faults.push({ fault, at, left: times });
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrived = performance.now();
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
    const method = request.method ?? "GET";
    const body = parsed(await read(request));
    if (method !== "GET" && this.slow?.test(pathname) === true) await setTimeout(SLOW_MS);
    const struck = this.faults.find(({ at, left }) => left > 0 && at.test(pathname));
    if (struck !== undefined) {
      struck.left -= 1;
      struck.fault(request, response);
      return;
    }
    const { status, envelope } = this.answer(method, pathname, searchParams, body, request.headers.authorization);
    const answered = performance.now();
    this.recorded.push({ method, path: pathname.replace(PREFIX, ""), body, status, arrived, answered });
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(envelope));
  }

  private answer(
    method: string,
    pathname: string,
    query: URLSearchParams,
    body: unknown,
    authorization: string | undefined,
  ): { readonly status: number; readonly envelope: Json } {
    try {
      if (authorization !== `Bearer ${this.token}`) throw new ApiRefusal(403, 10000, "Authentication error");
      return { status: 200, envelope: success(this.dispatch(method, pathname, query, body)) };
    } catch (error) {
      const refusal = error instanceof ApiRefusal ? error : new ApiRefusal(400, 1000, `the stand-in: ${String(error)}`);
      return { status: refusal.status, envelope: failure(refusal) };
    }
  }

  private dispatch(method: string, pathname: string, query: URLSearchParams, body: unknown): ApiResult {
    const path = pathname.replace(PREFIX, "");
    for (const route of this.routes) {
      const params = route.method === method ? match(route.path, path) : undefined;
      if (params !== undefined) return route.answer({ params, query, body });
    }
    throw new ApiRefusal(400, 7000, `No route for that URI: ${method} ${path}`);
  }
}

/** A body that isn't JSON stays text, which every handler refuses. */
function parsed(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
