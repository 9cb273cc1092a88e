import { CLOUDFLARE_HTTPS_PORTS, CLOUDFLARE_PROXIED_PORTS, Port } from "../../../network/ports";
import type { Check } from "../check";
import { judgeBlock } from "./block";

const OPEN: readonly number[] = [Port.HTTP, Port.HTTPS];

/** PORTS-1: the other ports on which the proxy accepts connections serve nothing. */
export function otherPortChecks(host: string): readonly Check[] {
  return CLOUDFLARE_PROXIED_PORTS.filter((port) => !OPEN.includes(port)).map((port) => {
    const isSecure = CLOUDFLARE_HTTPS_PORTS.includes(port);
    return {
      statements: ["PORTS-1"],
      expects: `${isSecure ? "https" : "http"}://${host}:${port} is blocked`,
      question: {
        at: { host, port },
        kind: "http",
        method: "GET",
        target: "/",
        hostHeader: `${host}:${port}`,
        ...(isSecure ? { serverName: host } : {}),
      },
      judge: judgeBlock,
      blockedBy: host,
    };
  });
}
