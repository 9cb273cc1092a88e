import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a response says that it comes from a network of Cloudflare: our zone's, or Render's, which is behind
 * Cloudflare too.
 *
 * @see https://developers.cloudflare.com/fundamentals/reference/http-headers/
 */
export function isCloudflares(headers: IncomingHttpHeaders): boolean {
  return headers["server"] === "cloudflare" && headers["cf-ray"] !== undefined;
}

/**
 * Whether it is a challenge: a visitor with a browser would pass.
 *
 * @see https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/
 */
export function isChallenge(headers: IncomingHttpHeaders): boolean {
  return headers["cf-mitigated"] === "challenge";
}

/**
 * Whether the request got past the rules of the zone: Render marks what went through its edge, and what reached
 * Cloudflare's cache has a status there. A response that a rule makes never reached it.
 *
 * @see https://developers.cloudflare.com/cache/concepts/cache-responses/
 */
export function isPassedOn(headers: IncomingHttpHeaders): boolean {
  const cache = headers["cf-cache-status"];
  return "rndr-id" in headers || isApplications(headers) || (cache !== undefined && cache !== "NONE/UNKNOWN");
}

/** Whether an application on Render made it: Render keeps the application's Server header under this name. */
export function isApplications(headers: IncomingHttpHeaders): boolean {
  return "x-render-origin-server" in headers;
}

/** Whether Render made it without asking any application. */
export function isRendersOwn(headers: IncomingHttpHeaders): boolean {
  return "x-render-routing" in headers && !isApplications(headers);
}
