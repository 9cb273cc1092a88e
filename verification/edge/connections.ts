import { CLOUDFLARE_HTTP_PORTS, CLOUDFLARE_HTTPS_PORTS } from "../../network/ports";
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
