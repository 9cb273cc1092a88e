import { EdgePart } from "../../policy/edge-options";
import { EdgePhase } from "../../policy/edge-phase";
import type { EdgePartRules } from "./part";

/**
 * PORTS-1: nothing but HTTPS on 443 passes.
 *
 * The proxy accepts 13 ports. The redirect has answered on 80 before this rule runs. The rule blocks the requests that
 * it left there, too.
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

const YEAR = 31_536_000;

/**
 * PORTS-1: 443 speaks HTTPS. TLS 1.2 at least, TLS 1.3 offered, the origin's certificate verified, and browsers told to
 * stay with HTTPS.
 *
 * @see https://developers.cloudflare.com/ssl/origin-configuration/ssl-modes/full-strict/
 * @see https://github.com/cloudflare/terraform-provider-cloudflare/blob/v5.22.0/internal/services/zone_setting/testdata/hsts.tf
 */
export const tls: EdgePartRules = {
  part: EdgePart.TLS,
  rules: () => [],
  settings: ({ hsts: { maxAge = YEAR, includeSubDomains = false, preload = false } = {} }) => [
    { id: "ssl", value: "strict" },
    { id: "min_tls_version", value: "1.2" },
    { id: "tls_1_3", value: "on" },
    {
      id: "security_header",
      value: {
        strict_transport_security: {
          enabled: true,
          max_age: maxAge,
          include_subdomains: includeSubDomains,
          preload,
          nosniff: false,
        },
      },
    },
  ],
};
