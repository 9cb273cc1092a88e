import type { IncomingHttpHeaders } from "node:http";
import type { SecureVersion } from "node:tls";
import { Port } from "../../network/ports";

/** A question to somebody over one connection. */
export type Question = { readonly at: Endpoint } & (HttpQuestion | HandshakeQuestion | DatastoreQuestion);

/** Whom a connection goes to. */
export interface Endpoint {
  /** The name whose address is dialled. */
  readonly host: string;
  readonly port: number;
  /**
   * Whether an address of each family is dialled: who is admitted is told to some platforms for each family by itself.
   *
   * @default false - the first address alone, IPv4 before IPv6
   */
  readonly everyFamily?: boolean;
}

/** One request, without following a redirect. */
export interface HttpQuestion {
  readonly kind: "http";
  readonly method: "GET" | "POST";
  /** The request target as it is sent, escapes and all. */
  readonly target: string;
  /** The Host header. */
  readonly hostHeader: string;
  /**
   * The name that the client asks for in its TLS handshake, and that the certificate has to be valid for.
   *
   * @default - no TLS
   */
  readonly serverName?: string;
  /**
   * Whether the body is read too.
   *
   * @default false
   */
  readonly wantsBody?: boolean;
}

/**
 * One request over HTTPS for a host.
 *
 * @default at - the host's own address
 */
export function secureRequest(host: string, target: string, given: Partial<HttpQuestion> & { at?: string } = {}) {
  const { at = host, ...other } = given;
  const asked: HttpQuestion = { kind: "http", method: "GET", target, hostHeader: host, serverName: host, ...other };
  return { at: { host: at, port: Port.HTTPS }, ...asked };
}

/** A TLS handshake of exactly one version, and nothing after it. */
export interface HandshakeQuestion {
  readonly kind: "handshake";
  readonly serverName: string;
  readonly version: SecureVersion;
}

/**
 * The first thing that a datastore, or what stands before it, says to a user: Postgres before any password, Redis to one whose password
 * is certainly wrong.
 */
export interface DatastoreQuestion {
  readonly kind: "postgres" | "redis";
  readonly user: string;
}

/** An answer, and between which addresses it came. */
export type Answer = Reply & {
  /**
   * The address that was dialled.
   *
   * @default - none: the name led to no address that may be dialled
   */
  readonly from?: string;
  /**
   * This machine's own address of that connection, which may be private.
   *
   * @default - there was no connection
   */
  readonly local?: string | undefined;
};

/** An answer for each address that was dialled. */
export type Answers = readonly [Answer, ...Answer[]];

/** A response, whoever made it; over TLS, somebody with a valid certificate for the name. */
export interface HttpResponse {
  readonly kind: "response";
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Reply =
  /** Nothing accepts a connection there. */
  | { readonly kind: "closed" }
  /** No answer came whether a connection is accepted. */
  | { readonly kind: "silent" }
  | HttpResponse
  /** The handshake is complete. */
  | { readonly kind: "secured"; readonly version: string; readonly distrust: string | undefined }
  /** The other side ended the handshake by an alert, or went on in a version that was not offered. */
  | { readonly kind: "declined"; readonly alert: string }
  /** A datastore's first words. */
  | { readonly kind: "said"; readonly text: string }
  /** Anything that tells nothing. */
  | { readonly kind: "unclear"; readonly reason: string };
