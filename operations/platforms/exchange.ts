import { type IncomingHttpHeaders, request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import type { Timing } from "./timing";

/** A whole answer. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** An exchange that brought no whole answer. Its message is a code: those of the system may quote what was sent. */
export class NoAnswer extends Error {
  public override readonly name = "NoAnswer";
}

/**
 * One GET and its whole answer. A redirect isn't followed: it would carry the credential to an address that nobody checked.
 *
 * @throws {NoAnswer} when the platform can't be reached, breaks off, takes too long or answers too much
 */
export function exchange(
  url: string,
  headers: Readonly<Record<string, string>>,
  { request: timeout, longestBody }: Pick<Timing, "request" | "longestBody">,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith("https:") ? overHttps : overHttp;
    const request = send(url, { method: "GET", headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length > longestBody) fail(`longer than ${String(longestBody)} bytes`);
      });
      response.on("error", (error) => {
        fail(codeOf(error));
      });
      response.on("end", () => {
        clearTimeout(timer);
        const { statusCode = 0, headers: answered } = response;
        resolve({ status: statusCode, headers: answered, text: Buffer.concat(chunks).toString("utf8") });
      });
    });
    const fail = (code: string): void => {
      clearTimeout(timer);
      reject(new NoAnswer(code));
      request.destroy();
    };
    const timer = setTimeout(() => {
      fail("timed out");
    }, timeout);
    request.on("error", (error) => {
      fail(codeOf(error));
    });
    request.end();
  });
}

function codeOf({ code, name }: Error & { readonly code?: string }): string {
  return code ?? name;
}
