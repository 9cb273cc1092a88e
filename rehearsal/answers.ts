import type { ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
import { type Manner, tcp } from "./internet";

/** The marks that every response of a network of Cloudflare has. */
const MARKS = { server: "cloudflare", "cf-ray": "8f0c0ffee0c0ffee-FRA", date: "Thu, 01 Jan 1970 00:00:00 GMT" };

/** A block by a custom rule. */
export function block(response: ServerResponse): void {
  response.writeHead(403, { ...MARKS, "content-type": "text/html" }).end("<title>Sorry, you have been blocked</title>");
}

/** An answer of the application behind the edge, or behind Render's. */
export function applicationAnswers(response: ServerResponse, status: number, headers: object = {}): void {
  const rendered = {
    "cf-cache-status": "DYNAMIC",
    "rndr-id": "0c0ffee0-c0ff-4c0f",
    "x-render-origin-server": "uvicorn",
  };
  response.writeHead(status, { ...MARKS, ...rendered, ...headers }).end("{}");
}

/** A response that bears Cloudflare's marks, and none of Render's. */
export function edgeAnswers(response: ServerResponse, status: number, headers: object = {}, body = ""): void {
  response.writeHead(status, { ...MARKS, ...headers }).end(body);
}

/** The edge says from which address it is asked. */
export function traceAnswers(response: ServerResponse, host: string, visitor: string): void {
  edgeAnswers(response, 200, {}, `fl=1f1\nh=${host}\nip=${visitor}\nts=1.0\nvisit_scheme=https\ncolo=FRA\n`);
}

/** An error message of Postgres. */
export function postgresError(message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0CXX000\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write("E");
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

export const notAdmitted = (): Buffer => postgresError("Address not in tenant allow_list: {9, 9, 9, 9}");

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

/** The line by which Render's proxy refuses an address. */
export const REFUSED = "-ERR Client IP address is not in the allowlist.";

/** Speaks Redis over TLS: answers AUTH of a user, who is an instance behind the proxy, with one line. */
export const redis = (says: (instance: string) => string): Manner =>
  tcp((socket, certificate) => {
    const secured = new TLSSocket(socket, { isServer: true, ...certificate });
    secured
      .on("error", () => undefined)
      .once("data", (command: Buffer) => {
        const [instance = ""] = /red-[a-z0-9]+/.exec(command.toString("latin1")) ?? [];
        secured.write(`${says(instance)}\r\n`);
      });
  });
