import type { HandshakeQuestion, HttpQuestion, Question, Reply } from "./question";
import { type IncomingMessage, request as send } from "node:http";
import { type EventEmitter, once } from "node:events";
import type { Socket } from "node:net";
import { connect, type ConnectionOptions, type TLSSocket } from "node:tls";

/**
 * OpenSSL 3 offers TLS 1.0 and 1.1 at security level 0 only.
 *
 * @see https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/
 */
const OLD = "DEFAULT@SECLEVEL=0";

/**
 * An alert of the other side, against what OpenSSL finds by itself: ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION and its like.
 *
 * @see https://github.com/openssl/openssl/blob/openssl-3.0/include/openssl/sslerr.h
 */
const ALERT = /^ERR_SSL_(?:SSLV3|TLSV1|TLSV13)_(?:ALERT_)?/;

/** The other side chose a version that wasn't offered. */
const ANOTHER_VERSION = "ERR_SSL_UNSUPPORTED_PROTOCOL";

/** OpenSSL was told to offer what it can't: nothing was sent. */
const NOTHING_TO_OFFER: ReadonlySet<string | undefined> = new Set([
  "ERR_SSL_NO_PROTOCOLS_AVAILABLE",
  "ERR_SSL_NO_CIPHERS_AVAILABLE",
]);

/**
 * Puts a question over a connection, and hears what comes back.
 *
 * @param ca the certificates that vouch for others, in PEM; undefined for those that Node comes with
 * @throws Error with a code of the system's or of OpenSSL's where nothing comes back that is an answer
 */
export function converse(socket: Socket, question: Question, ca: string | undefined): Promise<Reply> {
  switch (question.kind) {
    case "http":
      return askHttp(socket, question, ca);
    case "handshake":
      return askHandshake(socket, question, ca);
    case "postgres":
      return askPostgres(socket, question.user, question.at.host);
    case "redis":
      return askRedis(socket, question.user, question.at.host);
  }
}

/** Errors are heard where they are waited for; those that come later are of no account. */
const ignored = (): void => undefined;

/**
 * Waits for an event.
 *
 * @param end the code of the error that it is when there is an end before the event, and nothing says why
 * @throws Error of the system's, or of OpenSSL's, that comes before the event
 */
async function heard(from: EventEmitter, event: string, end: string): Promise<unknown[]> {
  const closed = once(from, "close").then(() => {
    throw Object.assign(new Error("closed"), { code: end });
  });
  return Promise.race([once(from, event), closed]);
}

/** Secures a connection. Whether the certificate vouches for the name is in what it returns. */
async function secure(
  socket: Socket,
  servername: string,
  options: Pick<ConnectionOptions, "minVersion" | "maxVersion" | "ciphers" | "ca" | "ALPNProtocols"> = {},
): Promise<TLSSocket> {
  const secured = connect({ socket, servername, rejectUnauthorized: false, ...options }).on("error", ignored);
  await heard(secured, "secureConnect", "ECONNRESET");
  return secured;
}

/** Why the certificate doesn't vouch for the name, if it doesn't. */
function distrustOf({ authorized, authorizationError }: TLSSocket): string | undefined {
  if (authorized) return undefined;
  const error: unknown = authorizationError;
  return error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
}

/** Offers one version of TLS and sees what becomes of it. */
async function askHandshake(
  socket: Socket,
  { serverName, version }: HandshakeQuestion,
  ca: string | undefined,
): Promise<Reply> {
  try {
    const secured = await secure(socket, serverName, { minVersion: version, maxVersion: version, ciphers: OLD, ca });
    return { kind: "secured", version: secured.getProtocol() ?? "unknown", distrust: distrustOf(secured) };
  } catch (error) {
    return declined(error) ?? incapable(error, version);
  }
}

/** The answer where the other side ended the handshake by an alert. */
function declined(error: unknown): Reply | undefined {
  const { code = "" } = error as NodeJS.ErrnoException;
  if (code === ANOTHER_VERSION) return { kind: "declined", alert: "protocol version" };
  return ALERT.test(code)
    ? { kind: "declined", alert: code.replace(ALERT, "").toLowerCase().replaceAll("_", " ") }
    : undefined;
}

function incapable(error: unknown, version: string): Reply {
  if (!NOTHING_TO_OFFER.has((error as NodeJS.ErrnoException).code)) throw error;
  return { kind: "unclear", reason: `the OpenSSL of this Node can't offer ${version}` };
}

/** Cloudflare's browser integrity check blocks requests that don't say who they are. */
const USER_AGENT = "environment-probe/1.0";

/** How many bytes of a body are read, where it is wanted. */
const LONGEST_BODY = 4_096;

/** Sends one request. */
async function askHttp(socket: Socket, question: HttpQuestion, ca: string | undefined): Promise<Reply> {
  const { serverName } = question;
  if (serverName === undefined) return sendOver(socket, question);
  try {
    const secured = await secure(socket, serverName, { ALPNProtocols: ["http/1.1"], ca });
    const distrust = distrustOf(secured);
    if (distrust !== undefined)
      return { kind: "unclear", reason: `no valid certificate for ${serverName}: ${distrust}` };
    return await sendOver(secured, question);
  } catch (error) {
    const answer = declined(error);
    if (answer === undefined) throw error;
    return answer;
  }
}

async function sendOver(
  socket: Socket,
  { method, target, hostHeader, wantsBody = false }: HttpQuestion,
): Promise<Reply> {
  const request = send({
    createConnection: () => socket,
    method,
    path: target,
    setHost: false,
    headers: {
      host: hostHeader,
      "user-agent": USER_AGENT,
      accept: "*/*",
      connection: "close",
      ...(method === "POST" ? { "content-length": "0" } : {}),
    },
  }).on("error", ignored);
  // A server that goes on in another protocol gives no response.
  const [response] = (await heard(request.end(), "response", "EPIPE")) as [IncomingMessage];
  const { statusCode: status = 0, headers } = response;
  return { kind: "response", status, headers, body: wantsBody ? await startOf(response) : "" };
}

/** The start of a body, one character per byte. */
async function startOf(response: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of response.setEncoding("latin1") as AsyncIterable<string>) {
    body += chunk;
    if (body.length >= LONGEST_BODY) break;
  }
  return body.slice(0, LONGEST_BODY);
}

/** More than any first answer has. */
const LONGEST = 8_192;

/** https://www.postgresql.org/docs/current/protocol-message-formats.html */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const PROTOCOL_3 = 196_608;
const MESSAGE_HEADER = 5;

/** No credential, and no guess at one: it is there because the command takes one. */
const NO_PASSWORD = "probe-without-password";

/** Greets Postgres as its protocol wants it, and hears the first thing that it says. It logs in as nobody. */
async function askPostgres(socket: Socket, user: string, serverName: string): Promise<Reply> {
  socket.write(SSL_REQUEST);
  const offer = (await read(socket, ({ length }) => length >= 1)).toString("latin1", 0, 1);
  // After an N the same connection goes on in clear.
  const stream = offer === "S" ? await secure(socket, serverName) : socket;
  if (offer !== "S" && offer !== "N") return { kind: "unclear", reason: "what answers doesn't speak Postgres" };
  stream.write(startupOf(user));
  return { kind: "said", text: firstMessage(await read(stream, isWholeMessage)) };
}

/** The same of Redis: https://redis.io/docs/latest/commands/auth/ */
async function askRedis(socket: Socket, user: string, serverName: string): Promise<Reply> {
  const stream = await secure(socket, serverName);
  stream.write(`*3\r\n$4\r\nAUTH\r\n$${user.length}\r\n${user}\r\n$${NO_PASSWORD.length}\r\n${NO_PASSWORD}\r\n`);
  const line = await read(stream, (bytes) => bytes.includes("\r\n"));
  return { kind: "said", text: line.toString("latin1").split("\r\n")[0] ?? "" };
}

function startupOf(user: string): Buffer {
  const parameters = Buffer.from(`user\0${user}\0database\0postgres\0\0`, "latin1");
  const head = Buffer.alloc(8);
  head.writeInt32BE(head.length + parameters.length, 0);
  head.writeInt32BE(PROTOCOL_3, 4);
  return Buffer.concat([head, parameters]);
}

function isWholeMessage(bytes: Buffer): boolean {
  return bytes.length >= MESSAGE_HEADER && bytes.length >= 1 + bytes.readInt32BE(1);
}

/** The type of the first message, and an error's text behind it. */
function firstMessage(bytes: Buffer): string {
  const type = bytes.toString("latin1", 0, 1);
  const fields = bytes.toString("latin1", MESSAGE_HEADER).split("\0");
  const message = fields.find((field) => field.startsWith("M"))?.slice(1) ?? "";
  return type === "E" ? `E ${message}` : type;
}

function read(stream: Socket, isComplete: (bytes: Buffer) => boolean): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let bytes: Buffer = Buffer.alloc(0);
    const stop = () => {
      stream.off("data", hear).off("error", reject).off("close", closed).pause();
    };
    const hear = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (!isComplete(bytes) && bytes.length < LONGEST) return;
      stop();
      resolve(bytes);
    };
    const closed = () => {
      stop();
      reject(Object.assign(new Error("closed"), { code: "EPIPE" }));
    };
    stream.on("data", hear).on("error", reject).on("close", closed).resume();
  });
}
