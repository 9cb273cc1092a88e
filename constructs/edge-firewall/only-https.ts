import { EdgePart } from "../../policy/edge-part";
import { EdgePhase } from "../../policy/edge-phase";
import type { EdgePartRules } from "./edge-part-rules";

/**
 * PORTS-1: nothing but HTTPS on 443 passes.
 *
 * The proxy accepts 13 ports. The redirect has answered on 80 before this rule runs; what it left there is blocked with
 * the rest.
 *
 * @see https://developers.cloudflare.com/fundamentals/reference/network-ports/
 */
export const onlyHttps: EdgePartRules = {
  part: EdgePart.PORTS,
  settings: () => [],
  rules: () => [
    {
      phase: EdgePhase.CUSTOM,
      ref: "edge_ports_1_only_https",
      description: "PORTS-1: only 443 is served, and 80 only redirects",
      expression: "not ssl or cf.edge.server_port ne 443",
      action: "block",
    },
  ],
};
