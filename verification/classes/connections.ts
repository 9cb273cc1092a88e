import { CLOUDFLARE_HTTP_PORTS, CLOUDFLARE_HTTPS_PORTS } from "../../network/ports";
import type { EdgeRequest } from "../edge/evaluate/edge-request";
import { type Answer, answerOf } from "../solver/answer";

/** Where a request meets the edge. The scheme and the port come together: each port speaks one scheme. */
export type Connection = Pick<EdgeRequest, "scheme" | "port">;

/**
 * Every connection that the proxy accepts, the usual ones first.
 *
 * @see https://developers.cloudflare.com/fundamentals/reference/network-ports/
 */
export const CONNECTIONS: readonly Connection[] = [
  ...CLOUDFLARE_HTTPS_PORTS.map((port): Connection => ({ scheme: "https", port })),
  ...CLOUDFLARE_HTTP_PORTS.map((port): Connection => ({ scheme: "http", port })),
];

/** The connections that have the same answers, and the first of them. */
export interface ConnectionClass {
  readonly answers: readonly Answer[];
  readonly witness: Connection;
}

/** The classes of connections that some questions tell apart. */
export function connectionClasses(
  within: readonly Connection[],
  asked: readonly ((connection: Connection) => boolean)[],
): readonly ConnectionClass[] {
  const classes = new Map<string, ConnectionClass>();
  for (const witness of within) {
    const answers = asked.map((holds) => answerOf(holds(witness)));
    if (!classes.has(answers.join())) classes.set(answers.join(), { answers, witness });
  }
  return [...classes.values()];
}
