import { connect } from "node:net";
import type { WhoisServer } from "./endpoints";
import type { Limits } from "./limits";
import { readAnswer } from "./read-answer";

/**
 * Asks a whois server one question (RFC 3912: a line over TCP, answered until the server closes; neither secret nor authentic).
 *
 * @returns the answer as it came, one character per byte, since whois has no character set
 * @throws NoAnswer when the server can't be reached, takes too long, answers too much or breaks off
 * @see https://www.rfc-editor.org/rfc/rfc3912
 */
export async function askWhois({ host, port }: WhoisServer, query: string, limits: Limits): Promise<string> {
  const answer = await readAnswer(`whois://${host}:${port}`, limits, (signal) => {
    const socket = connect({ host, port, signal });
    socket.write(`${query}\r\n`);
    return Promise.resolve(socket as AsyncIterable<Uint8Array>);
  });
  return answer.toString("latin1");
}
