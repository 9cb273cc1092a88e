/** A phase of the platform. */
export interface PlatformPhase {
  readonly name: string;
  readonly title: string;
}

/**
 * The phases of a request, in the platform's order; behind them those of its response, which decide nothing here.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/reference/phases-list/
 */
const PLATFORM_PHASES: readonly PlatformPhase[] = [
  { name: "ddos_l4", title: "DDoS protection, L4" },
  { name: "http_request_dynamic_redirect", title: "redirects" },
  { name: "http_request_transform", title: "URL rewrites" },
  { name: "http_config_settings", title: "configuration" },
  { name: "http_request_origin", title: "origin rules" },
  { name: "ddos_l7", title: "DDoS protection" },
  { name: "http_request_firewall_custom", title: "custom rules" },
  { name: "http_ratelimit", title: "rate limits" },
  { name: "http_request_firewall_managed", title: "managed rules" },
  { name: "http_request_sbfm", title: "bot fight mode" },
  { name: "http_request_redirect", title: "bulk redirects" },
  { name: "http_request_late_transform", title: "request headers" },
  { name: "http_request_cache_settings", title: "cache" },
  { name: "http_custom_errors", title: "custom errors" },
  { name: "http_response_headers_transform", title: "response headers" },
  { name: "http_response_firewall_managed", title: "managed rules, response" },
  { name: "http_response_cache_settings", title: "cache, response" },
  { name: "http_response_compression", title: "compression" },
  { name: "http_log_custom_fields", title: "logs" },
];

/** Phases by their names, in the platform's order; those that nobody here knows come last. */
export function inOrder(names: Iterable<string>): readonly PlatformPhase[] {
  const all = [...names];
  const known = PLATFORM_PHASES.filter(({ name }) => all.includes(name));
  const others = all.filter((name) => !known.some((phase) => phase.name === name));
  return [...known, ...others.map((name) => ({ name, title: "unknown phase" }))];
}
