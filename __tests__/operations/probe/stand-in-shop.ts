import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
import { Datastore } from "../../../policy/datastore";
import { EgressAddresses } from "../../../policy/egress-addresses";
import type { Environment } from "../../../policy/environment";
import { Webhook } from "../../../policy/webhook";
import { anEnvironment } from "../../support/environments";
import { http, https, type Manner, StandInInternet, tcp } from "../../../rehearsal/internet";

export const HOST = "app.shop.dev";
export const ONRENDER = "shop.onrender.com";
const PROJECT = "abcdefghijklmnopqrst";
const INSTANCE = "red-c0ffee0c0ffee0c0ffee";
export const DATABASE = `db.${PROJECT}.supabase.co`;
const POOLER = "aws-0-eu-central-1.pooler.supabase.com";
const KEY_VALUE = "frankfurt-keyvalue.render.com";
const HOOK = "/webhooks/meta";

/** Where each of them is. */
export const EDGE = "104.16.1.1";
export const RENDER = "216.24.57.1";
export const DATABASE_AT = "3.64.1.1";
export const POOLER_AT = "3.64.1.2";
export const KEY_VALUE_AT = "3.64.1.3";
/** From where the edge sees this machine come. */
const VISITOR = "9.9.9.9";
export const EGRESS = ["9.0.113.10", "9.0.113.11", "9.0.113.12"];

export const PROXIES = { [PROJECT]: POOLER, [INSTANCE]: KEY_VALUE };

const HTTP_PORTS = [80, 2052, 2082, 2086, 2095, 8080, 8880];
const HTTPS_PORTS = [443, 2053, 2083, 2087, 2096, 8443];
export const PROXIED_PORTS = [...HTTP_PORTS, ...HTTPS_PORTS];

export function shop(overrides: Partial<Environment> = {}): Environment {
  return anEnvironment({
    webhooks: [Webhook.meta(HOOK)],
    egress: EgressAddresses.dedicated("egs-c0ffee0c0ffee0c0ffee", EGRESS),
    datastores: [Datastore.supabase(PROJECT), Datastore.renderKeyValue(INSTANCE)],
    ...overrides,
  });
}

/** What the platforms do, as one of them or all would do otherwise. */
export interface Platforms {
  /** Answers instead of the edge's rules, where it answers. */
  readonly edge: (request: IncomingMessage, response: ServerResponse, port: number) => boolean;
  readonly hsts: string;
  readonly visitor: string;
  /** What Render's edge does with what it is asked directly. */
  readonly render: RequestListener;
}

/** An Internet on which the shop is as it promises to be. */
export function shopOnline(changes: Partial<Platforms> = {}): StandInInternet {
  const platforms: Platforms = {
    edge: () => false,
    hsts: "max-age=31536000",
    visitor: VISITOR,
    render: rendersEdge,
    ...changes,
  };
  const internet = StandInInternet.of(HOST, ONRENDER, DATABASE, POOLER, KEY_VALUE)
    .name(HOST, EDGE)
    .name(ONRENDER, RENDER)
    .name(DATABASE, DATABASE_AT)
    .name(POOLER, POOLER_AT)
    .name(KEY_VALUE, KEY_VALUE_AT);
  for (const port of HTTP_PORTS) internet.at(EDGE, port, http(edge(port, platforms)));
  for (const port of HTTPS_PORTS) internet.at(EDGE, port, https(edge(port, platforms)));
  return internet
    .at(RENDER, 443, https(platforms.render))
    .at(POOLER_AT, 5432, postgres(notAdmitted))
    .at(POOLER_AT, 6543, postgres(notAdmitted))
    .at(KEY_VALUE_AT, 6379, redis("-ERR Client IP address is not in the allowlist."));
}

/** The marks that every response of a network of Cloudflare has. */
const cloudflare = { server: "cloudflare", "cf-ray": "8f0c0ffee0c0ffee-FRA", date: "Thu, 01 Jan 1970 00:00:00 GMT" };

/** A block by a custom rule. */
export function block(response: ServerResponse): void {
  response
    .writeHead(403, { ...cloudflare, "content-type": "text/html" })
    .end("<title>Sorry, you have been blocked</title>");
}

/** An answer of the application behind the edge, or behind Render's. */
export function applicationAnswers(response: ServerResponse, status: number, headers: object = {}): void {
  response
    .writeHead(status, {
      ...cloudflare,
      "cf-cache-status": "DYNAMIC",
      "rndr-id": "0c0ffee0-c0ff-4c0f",
      "x-render-origin-server": "uvicorn",
      ...headers,
    })
    .end("{}");
}

/** A response that bears Cloudflare's marks, and none of Render's. */
export function edgeAnswers(response: ServerResponse, status: number, headers: object = {}): void {
  response.writeHead(status, { ...cloudflare, ...headers }).end();
}

function edge(port: number, { edge: first, hsts, visitor }: Platforms): RequestListener {
  return (request, response) => {
    const { url: target = "/", headers } = request;
    if (port === 443) response.setHeader("strict-transport-security", hsts);
    if (first(request, response, port)) return;
    if (target === "/cdn-cgi/trace") {
      response
        .writeHead(200, cloudflare)
        .end(`fl=1f1\nh=${HOST}\nip=${visitor}\nts=1.0\nvisit_scheme=https\ncolo=FRA\n`);
    } else if (port === 80 && headers.host === HOST) {
      edgeAnswers(response, 301, { location: `https://${HOST}${target}` });
    } else if (port !== 443 || reachesWebhook(target)) {
      block(response);
    } else {
      applicationAnswers(response, 200);
    }
  };
}

/** The guard: the path is normalised, decoded until nothing is left to decode, and searched. */
function reachesWebhook(target: string): boolean {
  const [path = ""] = target.split("?");
  let decoded = path.replace(/[\\/]+/g, "/").replace(/\/\.(?=\/)/g, "");
  decoded = decoded.replace(/\/[^/]+\/\.\.(?=\/)/g, "");
  for (let before = ""; before !== decoded;) {
    before = decoded;
    decoded = decoded.replace(/%[0-9a-f]{2}/gi, (escape) => String.fromCharCode(parseInt(escape.slice(1), 16)));
  }
  return decoded.toLowerCase().includes(HOOK);
}

/** Render's edge: the subdomain is off, and the application refuses what lacks the secret. */
function rendersEdge({ headers }: IncomingMessage, response: ServerResponse): void {
  if (headers.host === HOST) applicationAnswers(response, 403);
  else edgeAnswers(response, 404, { "rndr-id": "0c0ffee0-c0ff-4c0f", "x-render-routing": "no-server" });
}

/** An error message of Postgres. */
export function postgresError(message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0CXX000\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write("E");
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

const notAdmitted = (): Buffer => postgresError("Address not in tenant allow_list: {9, 9, 9, 9}");

/** Postgres asks for a password. */
export const asksForPassword = (): Buffer => Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 10]);

/** Speaks Postgres: accepts TLS, hears the user, and says one thing. */
export const postgres = (says: (startup: string) => Buffer): Manner =>
  tcp((socket, certificate) => {
    socket.once("data", (request) => {
      if (!request.equals(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]))) throw new Error("no SSLRequest");
      socket.write("S");
      const secured = new TLSSocket(socket, { isServer: true, ...certificate });
      secured
        .on("error", () => undefined)
        .once("data", (startup: Buffer) => {
          secured.write(says(startup.toString("latin1")));
        });
    });
  });

/** Speaks Redis over TLS: answers AUTH with one line. */
export const redis = (line: string): Manner =>
  tcp((socket, certificate) => {
    const secured = new TLSSocket(socket, { isServer: true, ...certificate });
    secured
      .on("error", () => undefined)
      .once("data", (command: Buffer) => {
        secured.write(
          command.toString("latin1").includes(`\r\n${INSTANCE}\r\n`) ? `${line}\r\n` : "-ERR no such user\r\n",
        );
      });
  });
