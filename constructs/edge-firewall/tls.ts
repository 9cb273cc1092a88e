import { EdgePart } from "../../policy/edge-part";
import type { EdgePartRules } from "./edge-part-rules";

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
