import { connect } from "node:net";
import { SYSTEM_CLOCK } from "../clock";
import { exchange, gathered, hearOut, type Patience, Unheard } from "../platforms/exchange";
import { printable } from "../printable";

/** A whois server. */
export interface WhoisServer {
  /** A host name or an IPv4 address. */
  readonly host: string;
  /** From 1 to 65535. */
  readonly port: number;
}

/**
 * Several times what the sources need: the route query answers about 1,300 objects of some 400 bytes each, the others a few
 * kilobytes.
 */
export const DEFAULT_PATIENCE: Patience = { request: 30_000, longestBody: 4 * 1024 * 1024, clock: SYSTEM_CLOCK };

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
 * Fetches a JSON document. A redirect is not followed: it could leave https, or the host that was meant.
 *
 * @throws NoAnswer when the server can't be reached, takes too long, answers too much, breaks off, or answers anything but JSON with
 *   status 200
 */
export async function fetchJson(url: string, patience: Patience): Promise<unknown> {
  const { status, text } = await heard(url, exchange(url, { accept: "application/json" }, patience));
  if (status !== 200) throw new NoAnswer(url, `status ${status} in place of 200`);
  try {
    return JSON.parse(text);
  } catch {
    throw new NoAnswer(url, `not JSON: ${text}`);
  }
}

/**
 * Asks a whois server one question (RFC 3912: a line over TCP, answered until the server closes; neither secret nor authentic).
 *
 * @returns the answer as it came, one character per byte, since whois has no character set
 * @throws NoAnswer when the server can't be reached, takes too long, answers too much or breaks off
 * @see https://www.rfc-editor.org/rfc/rfc3912
 */
export async function askWhois({ host, port }: WhoisServer, query: string, patience: Patience): Promise<string> {
  const socket = connect({ host, port });
  socket.write(`${query}\r\n`);
  const answer = hearOut(socket, patience, () => gathered(socket, patience));
  return (await heard(`whois://${host}:${port}`, answer)).toString("latin1");
}

async function heard<T>(source: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Unheard) throw new NoAnswer(source, error.message);
    throw error;
  }
}
