// @ts-check

/**
 * How long the platform asks to wait, in milliseconds.
 *
 * `Retry-After` (RFC 9110 section 10.2.3) says it in seconds or as a date. Without it, after a 429, the answer is the
 * seconds until the window of the rate limit begins anew. Supabase sends them as `x-ratelimit-reset`, Render as
 * `ratelimit-reset`.
 *
 * @param {number} status
 * @param {import("node:http").IncomingHttpHeaders} headers
 * @returns {number | undefined}
 */
export function retryAfter(status, headers) {
  const asked = headers["retry-after"];
  if (asked !== undefined) return seconds(asked) ?? untilDate(asked);
  const reset = headers["x-ratelimit-reset"] ?? headers["ratelimit-reset"];
  return status === 429 && reset !== undefined ? seconds(String(reset)) : undefined;
}

/** @param {string} text */
const seconds = (text) => (/^\d{1,9}$/.test(text.trim()) ? Number(text) * 1_000 : undefined);

/** @param {string} text */
function untilDate(text) {
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
