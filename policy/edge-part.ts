import type { StatementId } from "./statements";

/** A part of the edge that can be left to whoever manages it today. */
export enum EdgePart {
  /** The redirect of 80 to 443. */
  REDIRECT = "redirect",
  /** The block of every port but 443 behind the redirect. */
  PORTS = "ports",
  /** The guard of the webhooks. */
  WEBHOOK_GUARD = "webhook-guard",
  /** The secret header that tells the origin that a request came through this edge. */
  ORIGIN_SECRET = "origin-secret",
  /** TLS versions, strict SSL to the origin and HSTS. */
  TLS = "tls",
  /** URL normalisation. */
  NORMALISATION = "normalisation",
  /** The proxied DNS records. */
  DNS = "dns",
}

/** The statements that are only declared once a part is left to its present owner. */
export const STATEMENTS_OF_PART: Readonly<Record<EdgePart, readonly StatementId[]>> = {
  [EdgePart.REDIRECT]: ["PORTS-2"],
  [EdgePart.PORTS]: ["PORTS-1", "PORTS-2"],
  [EdgePart.WEBHOOK_GUARD]: ["HOOK-1"],
  [EdgePart.ORIGIN_SECRET]: ["WEB-1"],
  [EdgePart.TLS]: ["PORTS-1"],
  [EdgePart.NORMALISATION]: ["HOOK-1"],
  // An unproxied record leads past every rule.
  [EdgePart.DNS]: ["PORTS-1", "PORTS-2", "HOOK-1", "WEB-1"],
};
