import { EdgePart } from "../../policy/edge-part";
import { EdgePhase } from "../../policy/edge-phase";
import type { EdgePartRules } from "./edge-part-rules";

/**
 * PORTS-2: requests on port 80 are sent to the same host, path and query on 443.
 *
 * This phase runs before the custom rules, so the rule names port 80: `not ssl` alone would answer on 8080 too. A host
 * with a port is left to the block behind it: `https://` before `app.example.com:80` would lead back to port 80.
 *
 * "Always Use HTTPS" is held off: it would answer "all requests for URLs that use http", also on other ports and before
 * the custom rules.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/reference/phases-list/
 * @see https://developers.cloudflare.com/ssl/edge-certificates/additional-options/always-use-https/
 */
export const redirectToHttps: EdgePartRules = {
  part: EdgePart.REDIRECT,
  settings: () => [{ id: "always_use_https", value: "off" }],
  rules: () => [
    {
      phase: EdgePhase.REDIRECT,
      ref: "edge_ports_2_redirect_to_https",
      description: "PORTS-2: 80 only redirects to 443",
      expression: 'not ssl and cf.edge.server_port eq 80 and not http.host contains ":"',
      action: "redirect",
      actionParameters: {
        from_value: {
          status_code: 301,
          preserve_query_string: true,
          target_url: { expression: 'concat("https://", http.host, http.request.uri.path)' },
        },
      },
    },
  ],
};
