import { EdgePhase } from "../../policy/edge-phase";

/** How a rule bears on where a request ends. */
export enum Treatment {
  /** It ends a request that it matches, or has an unknown effect on it. */
  ENDS = "ends",
  /** It may stop a request and may not: safety can't count on it, and availability doesn't blame it. */
  MAY_BLOCK = "may block",
  /** It leaves out the later rules of its phase. */
  SKIPS = "skips",
  /** It changes nothing about where a request ends. */
  NEUTRAL = "neutral",
}

/** The platform's phases by the names that this project uses for them. */
export const PHASE = {
  DDOS_L4: "ddos_l4",
  REDIRECT: EdgePhase.REDIRECT,
  URL_REWRITE: "http_request_transform",
  CONFIGURATION: "http_config_settings",
  ORIGIN: "http_request_origin",
  DDOS_L7: "ddos_l7",
  CUSTOM: EdgePhase.CUSTOM,
  RATE_LIMIT: "http_ratelimit",
  MANAGED: "http_request_firewall_managed",
  BOT_FIGHT_MODE: "http_request_sbfm",
  BULK_REDIRECT: "http_request_redirect",
  LATE_TRANSFORM: EdgePhase.LATE_TRANSFORM,
  CACHE: "http_request_cache_settings",
  CUSTOM_ERRORS: "http_custom_errors",
  RESPONSE_HEADERS: "http_response_headers_transform",
  RESPONSE_MANAGED: "http_response_firewall_managed",
  RESPONSE_CACHE: "http_response_cache_settings",
  COMPRESSION: "http_response_compression",
  LOG_FIELDS: "http_log_custom_fields",
} as const;

/** A phase of the platform. */
export interface Phase {
  readonly name: string;
  readonly title: string;
  /**
   * How each of its rules bears on a request.
   *
   * @default - the action of a rule says
   */
  readonly treatment?: Treatment;
  /**
   * Whether a skip rule may leave its rules out by its name.
   *
   * @default false
   */
  readonly isSkippable?: boolean;
  /**
   * The member of a rule that the phase's rules are made of, beside condition and action.
   *
   * @default - none
   */
  readonly member?: string;
  /**
   * The actions that its rules may have. The effect of another one there is unknown.
   *
   * @default - any
   */
  readonly actions?: readonly string[];
}

const { MAY_BLOCK, NEUTRAL } = Treatment;

/**
 * The phases of a request in the platform's order, and behind them those of its response.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/reference/phases-list/
 * @see https://developers.cloudflare.com/waf/custom-rules/skip/options/
 */
export const PHASES: readonly Phase[] = [
  { name: PHASE.DDOS_L4, title: "DDoS protection, L4", treatment: MAY_BLOCK },
  { name: PHASE.REDIRECT, title: "redirects" },
  { name: PHASE.URL_REWRITE, title: "URL rewrites", treatment: NEUTRAL, actions: ["rewrite"] },
  { name: PHASE.CONFIGURATION, title: "configuration", treatment: NEUTRAL, actions: ["set_config"] },
  { name: PHASE.ORIGIN, title: "origin rules", treatment: NEUTRAL, actions: ["route"] },
  { name: PHASE.DDOS_L7, title: "DDoS protection", treatment: MAY_BLOCK },
  { name: PHASE.CUSTOM, title: "custom rules" },
  { name: PHASE.RATE_LIMIT, title: "rate limits", treatment: MAY_BLOCK, isSkippable: true, member: "ratelimit" },
  { name: PHASE.MANAGED, title: "managed rules", treatment: MAY_BLOCK, isSkippable: true },
  { name: PHASE.BOT_FIGHT_MODE, title: "bot fight mode", treatment: MAY_BLOCK, isSkippable: true },
  { name: PHASE.BULK_REDIRECT, title: "bulk redirects", treatment: MAY_BLOCK },
  { name: PHASE.LATE_TRANSFORM, title: "request headers" },
  { name: PHASE.CACHE, title: "cache", treatment: NEUTRAL, actions: ["set_cache_settings"] },
  { name: PHASE.CUSTOM_ERRORS, title: "custom errors", treatment: NEUTRAL, actions: ["serve_error"] },
  { name: PHASE.RESPONSE_HEADERS, title: "response headers", treatment: NEUTRAL, actions: ["rewrite"] },
  { name: PHASE.RESPONSE_MANAGED, title: "managed rules, response", treatment: NEUTRAL },
  { name: PHASE.RESPONSE_CACHE, title: "cache, response", treatment: NEUTRAL },
  { name: PHASE.COMPRESSION, title: "compression", treatment: NEUTRAL, actions: ["compress_response"] },
  { name: PHASE.LOG_FIELDS, title: "logs", treatment: NEUTRAL, actions: ["log_custom_field"] },
];

const BY_NAME: ReadonlyMap<string, Phase> = new Map(PHASES.map((phase) => [phase.name, phase]));

/** The row of a phase; undefined where the effects of its rules are unknown. */
export function phaseNamed(name: string): Phase | undefined {
  return BY_NAME.get(name);
}

/** Whether the possible effects of a phase's rules are known. */
export function isKnownPhase(name: string): boolean {
  return BY_NAME.has(name);
}

/** The phases whose rules are followed one by one, in order. */
export const FOLLOWED_PHASES: readonly string[] = PHASES.filter(({ treatment }) => treatment === undefined).map(
  ({ name }) => name,
);

/** Some phases in the platform's order, and those that the table doesn't know. */
export function inOrder(names: Iterable<string>): {
  readonly known: readonly Phase[];
  readonly unknown: readonly string[];
} {
  const all = new Set(names);
  return {
    known: PHASES.filter(({ name }) => all.has(name)),
    unknown: [...all].filter((name) => !isKnownPhase(name)),
  };
}

/** Whether the rules of a phase see the URL that a client sends, and those behind it one that may have been rewritten. */
export function seesSentUrl(phase: string): boolean {
  return phase === PHASE.REDIRECT;
}
