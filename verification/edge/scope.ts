import type { AddressSet } from "../../network/address-set";
import { CLOUDFLARE_HTTP_PORTS, CLOUDFLARE_HTTPS_PORTS } from "../../network/ports";
import type { Dfa } from "../solver/language/dfa";
import type { EdgeRequest } from "./evaluate/edge-request";

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

/** The requests that a statement speaks of. An aspect that it doesn't restrict may have any value. */
export interface Scope {
  /** @default - every connection that the proxy accepts */
  readonly connections?: readonly Connection[];
  /** @default - every address */
  readonly sources?: AddressSet;
  /**
   * Hosts, or those for which the DFA says YES.
   *
   * @default - every host that a client may write
   */
  readonly hosts?: readonly string[] | Dfa;
  /** @default - every method */
  readonly methods?: readonly string[];
  /** @default - every query */
  readonly queries?: readonly string[];
  /**
   * Paths as a client writes them, or those for which the DFA says YES, as the rules see them.
   *
   * @default - every path
   */
  readonly paths?: readonly string[] | Dfa;
  /**
   * Values that people expect to see in an example.
   *
   * @default - none
   */
  readonly likely?: { readonly hosts: readonly string[]; readonly paths: readonly string[] };
}
