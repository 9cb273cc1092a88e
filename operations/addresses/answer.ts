import { printable } from "../printable";

/** How much of an answer is waited for. */
export interface Limits {
  /** The time until the answer is whole, in milliseconds. */
  readonly milliseconds: number;
  /** The length of the answer, unpacked, in bytes. */
  readonly bytes: number;
}

/**
 * Several times what the sources need: the route query answers about 1,300 objects of some 400 bytes each, the others a few
 * kilobytes.
 */
export const DEFAULT_LIMITS: Limits = { milliseconds: 30_000, bytes: 4 * 1024 * 1024 };

/** A source gave no answer that can be judged: out of reach, too slow, too long, cut off, or not of the form that it has. */
export class NoAnswer extends Error {
  public override readonly name = "NoAnswer";

  /**
   * @param source who was asked
   * @param reason why nothing is known now; may hold text of the source's
   */
  public constructor(source: string, reason: string) {
    super(`${source}: ${printable(reason)}`);
  }
}

/**
 * Reads an answer to its end.
 *
 * @param source who answers, for errors
 * @param open begins the exchange; the signal ends it when the time is over
 * @throws NoAnswer when the answer fails, takes too long or is too long
 */
export async function readAnswer(
  source: string,
  { milliseconds, bytes }: Limits,
  open: (signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>,
): Promise<Buffer> {
  const signal = AbortSignal.timeout(milliseconds);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    // Leaving the loop early closes the connection.
    for await (const chunk of await open(signal)) {
      length += chunk.length;
      if (length > bytes) throw new NoAnswer(source, `the answer is longer than ${bytes} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof NoAnswer) throw error;
    throw new NoAnswer(source, signal.aborted ? `no whole answer within ${milliseconds} ms` : reasonOf(error));
  }
  return Buffer.concat(chunks);
}

/** The innermost reason: what wraps it says "fetch failed" whatever happened. */
function reasonOf(error: unknown): string {
  const { cause, code, message } = Object(error) as { cause?: unknown; code?: string; message?: string };
  return cause === undefined ? (code ?? message ?? String(error)) : reasonOf(cause);
}

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
