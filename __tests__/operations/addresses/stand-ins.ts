import { createServer as createHttpServer, type ServerResponse } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { Endpoints } from "../../../operations/addresses/feed-questions";

/** The behaviour of stand-ins of the sources, on loopback. */
export interface Behaviour {
  /** How the whois server answers a question. */
  readonly whois: (socket: Socket, query: string) => void;
  /** How the feed of announced prefixes answers. */
  readonly announced: (response: ServerResponse) => void;
  /** How Cloudflare's API answers. */
  readonly cloudflare: (response: ServerResponse) => void;
}

const ASN = 32934;

/** Route objects as RADB answers them, two empty lines at the end. */
export function routeObjects(prefixes: readonly string[], asn = ASN): string {
  return `${prefixes.map((prefix) => routeObject(prefix, asn)).join("\n")}\n\n`;
}

/** One route object. */
export function routeObject(prefix: string, asn = ASN): string {
  const name = prefix.includes(":") ? "route6:" : "route:";
  return [
    `${name.padEnd(16)}${prefix}`,
    "descr:          Example",
    "+               of two lines",
    `origin:         AS${asn} # the system`,
    "mnt-by:         MAINT-EXAMPLE",
    "source:         RADB",
    "rpki-ov-state:  not_found # No ROAs found",
    "",
  ].join("\n");
}

/** A document of the feed of announced prefixes. */
export function announcement(ipv4: readonly string[], ipv6: readonly string[], asn = ASN): string {
  return JSON.stringify({ asn, metadata: { handle: "EXAMPLE" }, prefixes: { ipv4, ipv6 } });
}

/** An answer of Cloudflare's API. */
export function published(ipv4: readonly string[], ipv6: readonly string[]): string {
  const result = { ipv4_cidrs: ipv4, ipv6_cidrs: ipv6, etag: "38f79d050aa027e3be3865e495dcc9bc" };
  return JSON.stringify({ result, success: true, errors: [], messages: [] });
}

/** Answers by one text, and closes. */
export const says =
  (text: string) =>
  (stream: Socket | ServerResponse): void => {
    stream.end(text);
  };

/** Answers without an end. */
export function saysTooMuch(stream: Socket | ServerResponse): void {
  const more = (): void => {
    if (!stream.destroyed && stream.write("x".repeat(65_536))) setImmediate(more);
  };
  stream.on("drain", more);
  more();
}

/** Runs `use` with stand-ins that live as long. */
export async function withSources<T>(behaviour: Behaviour, use: (endpoints: Endpoints) => Promise<T>): Promise<T> {
  const sockets = new Set<Socket>();
  const whois = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", (query) => {
      behaviour.whois(socket, query.toString());
    });
  });
  const http = createHttpServer((request, response) => {
    response.on("error", () => undefined);
    if (request.url === `/as/${ASN}.json`) behaviour.announced(response);
    else behaviour.cloudflare(response);
  });
  for (const server of [whois, http]) server.on("connection", (socket: Socket) => sockets.add(socket));
  const [whoisPort, httpPort] = [await listen(whois), await listen(http)];
  try {
    return await use({
      whois: { host: "127.0.0.1", port: whoisPort },
      announced: `http://127.0.0.1:${httpPort}/as/{asn}.json`,
      cloudflare: `http://127.0.0.1:${httpPort}/ips`,
    });
  } finally {
    for (const socket of sockets) socket.destroy();
    await Promise.all([whois, http].map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}
