import { type Family, parseAddress } from "../../network/address";
import { Port } from "../../network/ports";
import { isOutside } from "./outside";
import type { Answer, Question } from "./question";

/** From where the probe looks: the public address of this machine, as far as it is known. */
export type Vantage = Readonly<Partial<Record<Family, string>>>;

/**
 * Asks the environment's own edge from which address it is asked.
 *
 * @see https://developers.cloudflare.com/fundamentals/reference/cdn-cgi-endpoint/
 */
export function trace(host: string): Question {
  return {
    at: { host, port: Port.HTTPS },
    kind: "http",
    method: "GET",
    target: "/cdn-cgi/trace",
    hostHeader: host,
    serverName: host,
    wantsBody: true,
  };
}

/** What the edge answered, as lines of `key=value`. */
export function vantageOf(answer: Answer): Vantage {
  const [, text = ""] = (answer.kind === "response" && /^ip=(\S+)$/m.exec(answer.body)) || [];
  const address = parseAddress(text);
  return address === undefined ? {} : { [address.family]: text };
}

/** The public address that a connection came from, if it is known. */
export function sourceOf({ from, local }: Answer, vantage: Vantage): string | undefined {
  const family = from === undefined ? undefined : parseAddress(from)?.family;
  if (family === undefined) return undefined;
  return vantage[family] ?? (local !== undefined && isOutside(local) ? local : undefined);
}
