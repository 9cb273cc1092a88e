import { skippedBy } from "../evaluate/skip";
import { mayRewriteUrl, REWRITE_PHASE } from "../evaluate/url-rewrite";
import { FOLLOWED_PHASES } from "../evaluate/trace";
import type { ZoneRule } from "../model/edge-zone";

/** How a rule bears on where a request ends. */
export enum Treatment {
  /** It ends a request that it matches, or nobody here knows what it does with it. */
  ENDS = "ends",
  /** It may stop a request and may not: safety can't count on it, and availability doesn't blame it. */
  MAY_BLOCK = "may block",
  /** It leaves out the later rules of its phase. */
  SKIPS = "skips",
  /** It changes nothing about where a request ends. */
  NEUTRAL = "neutral",
}

/**
 * Phases whose rules may stop a request, depending on what only the platform knows, and do nothing else to it.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/reference/phases-list/
 */
const MAY_BLOCK_PHASES: ReadonlySet<string> = new Set([
  "ddos_l4",
  "ddos_l7",
  "http_ratelimit",
  "http_request_firewall_managed",
  "http_request_redirect",
  "http_request_sbfm",
]);

/** Phases whose rules don't change whether a request is passed on to an origin. */
const NEUTRAL_PHASES: ReadonlySet<string> = new Set([
  "http_config_settings",
  "http_custom_errors",
  "http_log_custom_fields",
  "http_request_cache_settings",
  "http_request_origin",
  "http_response_cache_settings",
  "http_response_compression",
  "http_response_firewall_managed",
  "http_response_headers_transform",
]);

/** Actions of the custom rules that a client may pass. */
const MAY_BLOCK_ACTIONS: ReadonlySet<string> = new Set(["challenge", "js_challenge", "managed_challenge"]);

/** Whether it is known what rules of a phase may do. */
export function isKnownPhase(phase: string): boolean {
  return (
    phase === REWRITE_PHASE ||
    FOLLOWED_PHASES.includes(phase) ||
    MAY_BLOCK_PHASES.has(phase) ||
    NEUTRAL_PHASES.has(phase)
  );
}

export function treatmentOf(phase: string, rule: ZoneRule): Treatment {
  if (phase === REWRITE_PHASE || NEUTRAL_PHASES.has(phase)) return Treatment.NEUTRAL;
  if (MAY_BLOCK_PHASES.has(phase) || MAY_BLOCK_ACTIONS.has(rule.action)) return Treatment.MAY_BLOCK;
  return TREATMENTS.get(rule.action)?.(rule) ?? Treatment.ENDS;
}

const TREATMENTS = new Map<string, (rule: ZoneRule) => Treatment>([
  ["log", () => Treatment.NEUTRAL],
  ["rewrite", (rule) => (mayRewriteUrl(rule) ? Treatment.ENDS : Treatment.NEUTRAL)],
  [
    "skip",
    ({ parameters, areParametersKnown }) =>
      areParametersKnown ? SKIPS[skippedBy(parameters) ?? "unknown"] : Treatment.ENDS,
  ],
]);

const SKIPS = { ruleset: Treatment.SKIPS, nothing: Treatment.NEUTRAL, unknown: Treatment.ENDS } as const;
