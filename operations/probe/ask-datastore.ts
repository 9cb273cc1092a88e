import type { Socket } from "node:net";
import { secure } from "./ask-tls";
import type { PostgresQuestion, RedisQuestion, Reply } from "./question";

/** More than any first answer has. */
const LONGEST = 8_192;

/** https://www.postgresql.org/docs/current/protocol-message-formats.html */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const PROTOCOL_3 = 196_608;
const MESSAGE_HEADER = 5;

/** No credential, and no guess at one: it is there because the command takes one. */
const NO_PASSWORD = "probe-without-password";

/** Greets a datastore as its protocol wants it, and hears the first thing that it says. Nobody is logged in. */
export async function askDatastore(
  socket: Socket,
  { kind, user }: PostgresQuestion | RedisQuestion,
  serverName: string,
): Promise<Reply> {
  return kind === "postgres" ? askPostgres(socket, user, serverName) : askRedis(socket, user, serverName);
}

async function askPostgres(socket: Socket, user: string, serverName: string): Promise<Reply> {
  socket.write(SSL_REQUEST);
  const offer = (await read(socket, ({ length }) => length >= 1)).toString("latin1", 0, 1);
  // After an N the same connection goes on in clear.
  const stream = offer === "S" ? await secure(socket, serverName) : socket;
  if (offer !== "S" && offer !== "N") return { kind: "unclear", reason: "what answers doesn't speak Postgres" };
  stream.write(startupOf(user));
  return { kind: "said", text: firstMessage(await read(stream, isWholeMessage)) };
}

/** https://redis.io/docs/latest/commands/auth/ */
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
