import type { Limits } from "./limits";
import { NoAnswer } from "./no-answer";

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
