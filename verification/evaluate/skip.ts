/**
 * Phases whose rules a skip rule may leave out, beside its own ruleset's. None of them is followed.
 *
 * @see https://developers.cloudflare.com/waf/custom-rules/skip/options/
 */
const SKIPPABLE_PHASES: ReadonlySet<unknown> = new Set([
  "http_ratelimit",
  "http_request_firewall_managed",
  "http_request_sbfm",
]);

/** What a skip rule leaves out of what is followed: the later rules of its ruleset, or nothing. */
export type Skipped = "ruleset" | "nothing";

/** What a skip rule with these parameters leaves out; undefined where that isn't understood. */
export function skippedBy(parameters: Readonly<Record<string, unknown>>): Skipped | undefined {
  const { ruleset, phases = [], products = [], ...others } = parameters;
  const isUnderstood =
    Object.keys(others).length === 0 &&
    (ruleset === undefined || ruleset === "current") &&
    Array.isArray(products) &&
    Array.isArray(phases) &&
    phases.every((phase) => SKIPPABLE_PHASES.has(phase));
  if (!isUnderstood) return undefined;
  if (ruleset === "current") return "ruleset";
  return phases.length + products.length > 0 ? "nothing" : undefined;
}
