// @ts-check
import { request as overHttp } from "node:http";
import { request as overHttps } from "node:https";

/** More than any answer that is asked for here has. */
const LONGEST_BODY = 4 * 1024 * 1024;

/**
 * @typedef {{ readonly status: number, readonly headers: import("node:http").IncomingHttpHeaders, readonly text: string }} Answer
 */

/**
 * An exchange that brought no whole answer. Its message is a code, since messages of the system may quote the request.
 */
export class NoAnswer extends Error {}

/**
 * One request and its whole answer. Redirects aren't followed: they would carry the request to an address that nobody checked.
 *
 * @param {string} url
 * @param {{ readonly method: string, readonly headers: Readonly<Record<string, string>>, readonly body: string | undefined, readonly timeout: number }} options
 * `timeout` covers everything, from the look-up of the name to the last byte
 * @returns {Promise<Answer>}
 * @throws {NoAnswer}
 */
export function exchange(url, { method, headers, body, timeout }) {
  return new Promise((resolve, reject) => {
    const send = url.startsWith("https:") ? overHttps : overHttp;
    const request = send(url, { method, headers, agent: false }, (response) => {
      /** @type {Buffer[]} */
      const chunks = [];
      let length = 0;
      response.on("data", (chunk) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length > LONGEST_BODY) fail("longer than 4 MiB");
      });
      response.on("error", (error) => fail(codeOf(error)));
      response.on("end", () => {
        clearTimeout(timer);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString("utf8"),
        });
      });
    });
    const fail = (/** @type {string} */ code) => {
      clearTimeout(timer);
      reject(new NoAnswer(code));
      request.destroy();
    };
    const timer = setTimeout(() => fail("timed out"), timeout);
    request.on("error", (error) => fail(codeOf(error)));
    request.end(body);
  });
}

/** @param {Error & { code?: string }} error */
const codeOf = ({ code, name }) => code ?? name;
