/**
 * The ruleset phases that the edge owns. A zone has one entry point ruleset per phase, so other rules of a phase come with it.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/reference/phases-list/
 */
export enum EdgePhase {
  /** Single Redirects. Runs before the custom rules. */
  REDIRECT = "http_request_dynamic_redirect",
  /** WAF custom rules. */
  CUSTOM = "http_request_firewall_custom",
  /** Request header transforms, after every rule that could see the result. */
  LATE_TRANSFORM = "http_request_late_transform",
}

/** The beginning of the ref of every rule that an edge writes itself. No rule of another team has such a ref. */
export const OWN_RULE = "edge_";
