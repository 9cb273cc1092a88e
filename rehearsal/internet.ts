import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, createServer, type Server, Socket } from "node:net";
import type { SecureVersion } from "node:tls";
import type { Dialler } from "../operations/probe/ask";
import { type Certificate, certificateFor } from "./certificate";
import { VirtualClock } from "./virtual-clock";

/** How somebody takes a connection. */
export type Manner = (certificate: Certificate) => Server | "closed" | "silent" | "unreachable";

/** Where nobody listens. */
export const CLOSED: Manner = () => "closed";
/** Where packets are dropped. */
export const SILENT: Manner = () => "silent";
/** Where no route leads. */
export const UNREACHABLE: Manner = () => "unreachable";

export const http =
  (serve: RequestListener): Manner =>
  () =>
    createHttpServer({ keepAlive: false }, serve);

export const https =
  (
    serve: RequestListener,
    options: {
      readonly minVersion?: SecureVersion;
      readonly maxVersion?: SecureVersion;
      readonly other?: Certificate;
    } = {},
  ): Manner =>
  (certificate) => {
    const { minVersion = "TLSv1.2", maxVersion = "TLSv1.3", other = certificate } = options;
    return createHttpsServer({ ...other, minVersion, maxVersion, ciphers: "DEFAULT@SECLEVEL=0" }, serve);
  };

export const tcp =
  (serve: (socket: Socket, certificate: Certificate) => void): Manner =>
  (certificate) =>
    createServer((socket) => {
      socket.on("error", () => undefined);
      serve(socket, certificate);
    });

/** Where connections are taken, and nothing is ever said. */
export const MUTE: Manner = tcp((socket) => {
  socket.once("data", () => {
    stall(socket);
  });
});

/** Nothing more comes over a connection, which stays open. */
export function stall(socket: Socket): void {
  socket.emit("stalled");
}

/** The names and the addresses of an Internet on loopback, and everybody on it. */
export class StandInInternet {
  /** Every connection that was opened, as `address:port`. */
  public readonly dialled: string[] = [];
  /** Every name that was looked up. */
  public readonly resolved: string[] = [];
  /** It stands still, until there is nothing to wait for but connections over which nothing more comes. */
  public readonly clock = new VirtualClock();
  private readonly busy = new Set<Socket>();
  private readonly stalled = new Set<Socket>();
  private readonly names = new Map<string, readonly string[] | Error>();
  private readonly manners = new Map<string, Manner>();
  private readonly ports = new Map<string, Promise<number | "closed" | "silent" | "unreachable">>();
  private readonly servers: Server[] = [];

  public constructor(private readonly certificate: Certificate) {}

  /** An Internet on which everybody has the same certificate, for all of these names. */
  public static of(...hosts: readonly string[]): StandInInternet {
    return new StandInInternet(certificateFor(hosts));
  }

  public name(host: string, ...addresses: readonly string[]): this {
    this.names.set(host, addresses);
    return this;
  }

  public noName(host: string, code: string): this {
    this.names.set(host, Object.assign(new Error(code), { code }));
    return this;
  }

  /** Says how connections to an address and a port are taken from now on; elsewhere nobody listens. */
  public at(address: string, port: number, manner: Manner): this {
    this.manners.set(`${address}:${port}`, manner);
    this.ports.delete(`${address}:${port}`);
    return this;
  }

  public get dialler(): Dialler {
    return {
      authorities: this.certificate.cert,
      clock: this.clock,
      resolve: (host) => {
        this.resolved.push(host);
        const found = this.names.get(host) ?? Object.assign(new Error(host), { code: "ENOTFOUND" });
        return found instanceof Error ? Promise.reject(found) : Promise.resolve(found);
      },
      connect: (address, port) => this.dial(`${address}:${port}`),
    };
  }

  public async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }

  private dial(endpoint: string): Socket {
    this.dialled.push(endpoint);
    const socket = new Socket();
    const port = this.ports.get(endpoint) ?? this.open(this.manners.get(endpoint) ?? CLOSED);
    this.ports.set(endpoint, port);
    (socket as { connecting: boolean }).connecting = true;
    this.busy.add(socket);
    socket.once("close", () => {
      this.busy.delete(socket);
      this.stalled.delete(socket);
      this.passIfIdle();
    });
    void port.then((where) => {
      if (socket.destroyed) return;
      if (where === "silent") {
        this.leave(socket);
        return;
      }
      if (typeof where === "number") socket.connect(where, "127.0.0.1");
      else socket.destroy(failure(where === "closed" ? "ECONNREFUSED" : "ENETUNREACH"));
    });
    return socket;
  }

  private leave(socket: Socket | undefined): void {
    if (socket === undefined || !this.busy.delete(socket)) return;
    this.stalled.add(socket);
    this.passIfIdle();
  }

  private passIfIdle(): void {
    setImmediate(() => {
      if (this.busy.size === 0 && this.stalled.size > 0) this.clock.passToNext();
    });
  }

  private open(manner: Manner): Promise<number | "closed" | "silent" | "unreachable"> {
    const server = manner(this.certificate);
    if (typeof server === "string") return Promise.resolve(server);
    const open = new Set<Socket>();
    server.on("connection", (socket: Socket) => {
      open.add(socket);
      socket.once("stalled", () => {
        this.leave([...this.busy].find(({ localPort }) => localPort === socket.remotePort));
      });
    });
    server.on("tlsClientError", () => undefined);
    const close = server.close.bind(server);
    server.close = (done) => {
      for (const socket of open) socket.destroy();
      return close(done);
    };
    this.servers.push(server);
    return new Promise((resolve) => {
      server.listen(0, "127.0.0.1", () => {
        resolve((server.address() as AddressInfo).port);
      });
    });
  }
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}
