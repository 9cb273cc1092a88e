import type { Limits } from "./limits";
import { NoAnswer } from "./no-answer";
import { readAnswer } from "./read-answer";

/**
 * Fetches a JSON document. A redirect is not followed: it could leave https, or the host that was meant.
 *
 * @throws NoAnswer when the server can't be reached, takes too long, answers too much, breaks off, or answers anything but JSON with
 *   status 200
 */
export async function fetchJson(url: string, limits: Limits): Promise<unknown> {
  const answer = await readAnswer(url, limits, async (signal) => {
    const { status, body } = await fetch(url, {
      signal,
      redirect: "error",
      headers: { accept: "application/json" },
    });
    if (status !== 200 || body === null) throw new NoAnswer(url, `status ${status} in place of 200 with a body`);
    return body as AsyncIterable<Uint8Array>;
  });
  try {
    return JSON.parse(answer.toString("utf8"));
  } catch {
    throw new NoAnswer(url, `not JSON: ${answer.toString("latin1")}`);
  }
}
