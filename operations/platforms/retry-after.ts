import type { IncomingHttpHeaders } from "node:http";

/**
 * How long a platform asks to wait, in milliseconds: `Retry-After` (RFC 9110 section 10.2.3), or the seconds until the window of
 * a rate limit begins anew, which Supabase sends as `x-ratelimit-reset` and Render as `ratelimit-reset`.
 *
 * GitHub sends a moment in seconds since 1970 under the first of these names: no other platform asks for a year.
 *
 * @param now the present, in milliseconds since 1970
 */
export function retryAfter(status: number, headers: IncomingHttpHeaders, now: number): number | undefined {
  const asked = headers["retry-after"];
  if (asked !== undefined) return seconds(asked) ?? untilDate(asked, now);
  const reset = headers["x-ratelimit-reset"] ?? headers["ratelimit-reset"];
  const wait = (status === 429 || status === 403) && reset !== undefined ? seconds(String(reset)) : undefined;
  return wait === undefined || wait < YEAR ? wait : Math.max(0, wait - now);
}

const YEAR = 365 * 86_400_000;

function seconds(text: string): number | undefined {
  return /^\d{1,10}$/.test(text.trim()) ? Number(text) * 1_000 : undefined;
}

function untilDate(text: string, now: number): number | undefined {
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
