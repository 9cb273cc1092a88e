import { type IncomingMessage, request as send } from "node:http";
import type { Socket } from "node:net";
import { declined, distrustOf, secure } from "./ask-tls";
import type { Limits } from "./limits";
import type { HttpQuestion, Reply } from "./question";

/** Cloudflare's browser integrity check blocks requests that don't say who they are. */
const USER_AGENT = "environment-probe/1.0";

/** Sends one request. The body is read where it is wanted, up to the limit. */
export async function askHttp(
  socket: Socket,
  question: HttpQuestion,
  limits: Limits,
  ca: string | undefined,
): Promise<Reply> {
  const { serverName } = question;
  if (serverName === undefined) return exchange(socket, question, limits);
  try {
    const secured = await secure(socket, serverName, {
      ALPNProtocols: ["http/1.1"],
      ...(ca === undefined ? {} : { ca }),
    });
    const distrust = distrustOf(secured);
    if (distrust !== undefined)
      return { kind: "unclear", reason: `no valid certificate for ${serverName}: ${distrust}` };
    return await exchange(secured, question, limits);
  } catch (error) {
    const answer = declined(error);
    if (answer === undefined) throw error;
    return answer;
  }
}

function exchange(
  socket: Socket,
  { method, target, hostHeader, wantsBody = false }: HttpQuestion,
  { headerBytes, bodyBytes }: Limits,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
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
      maxHeaderSize: headerBytes,
    });
    const closed = () => {
      reject(Object.assign(new Error("closed"), { code: "EPIPE" }));
    };
    request.once("close", closed);
    request.once("error", reject);
    request.once("response", (response) => {
      request.off("close", closed);
      const { statusCode: status = 0, headers } = response;
      bodyOf(response, wantsBody ? bodyBytes : 0).then((body) => {
        resolve({ kind: "response", status, headers, body });
      }, reject);
    });
    request.end();
  });
}

/** As much of a body as is wanted. */
async function bodyOf(response: IncomingMessage, bytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  if (bytes === 0) return "";
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= bytes) break;
  }
  return Buffer.concat(chunks).subarray(0, bytes).toString("latin1");
}
