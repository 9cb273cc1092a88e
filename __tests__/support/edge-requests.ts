import type { EdgeRequest } from "../../verification/edge/evaluate/edge-request";

/** Addresses of both families that no published range of a sender holds. */
export const ANYONE = ["8.8.8.8", "2001:4860:4860::8888"] as const;
/** Addresses of both families that Meta announces: the first and the last of a block among them. */
export const META = [
  "31.13.24.0",
  "157.240.255.255",
  "2a03:2880::",
  "2a03:2880:ffff:ffff:ffff:ffff:ffff:ffff",
] as const;
/** The neighbours of those blocks. */
export const BESIDE_META = [
  "31.13.23.255",
  "157.241.0.0",
  "2a03:287f:ffff:ffff:ffff:ffff:ffff:ffff",
  "2a03:2881::",
] as const;

/**
 * Other spellings of /webhooks/meta that reach its handler, seen with FastAPI behind uvicorn, hypercorn and granian.
 * The origin decodes once, and some servers cut a path at a raw `#`.
 */
export const SPELLINGS_OF_THE_WEBHOOK = [
  "/webhooks/meta",
  "/webhooks/meta/",
  "/webhooks/meta?hub.mode=subscribe",
  "/webhooks%2Fmeta",
  "/webhooks%2fmeta",
  "/%77ebhooks/meta",
  "/webhooks/%6D%65ta",
  "/%77%65%62%68%6F%6F%6B%73%2F%6D%65%74%61",
  "//webhooks/meta",
  "/webhooks//meta",
  "/webhooks/./meta",
  "/x/../webhooks/meta",
  "/webhooks\\meta",
  "/webhooks/meta#x",
  "/webhooks/meta#%2541",
] as const;

/** Spellings that don't reach the handler today and are blocked all the same: another server might decode further. */
export const NEAR_THE_WEBHOOK = [
  "/Webhooks/META",
  "/webhooks%252Fmeta",
  "/webhooks%25252Fmeta",
  "/webhooks/metadata",
  "/docs/webhooks/meta",
  "/webhooks/meta%00",
] as const;

/** Ordinary paths. */
export const ELSEWHERE = [
  "/",
  "/api/health",
  "/webhooks",
  "/webhooks/billing",
  "/webhooks/met",
  "/api?next=/webhooks/meta",
] as const;

/** Hosts that a client may write for one application. */
export const spellingsOfHost = (host: string): readonly string[] => [
  host,
  host.toUpperCase(),
  `${host}.`,
  `${host}:443`,
  "something-else.invalid",
];

/** The ports that Cloudflare's proxy accepts beside 80 and 443. https://developers.cloudflare.com/fundamentals/reference/network-ports/ */
export const OTHER_PORTS = [
  ...[8080, 8880, 2052, 2082, 2086, 2095].map((port) => ({ scheme: "http", port }) as const),
  ...[2053, 2083, 2087, 2096, 8443].map((port) => ({ scheme: "https", port }) as const),
];

export function https(host: string, target: string, from: string): EdgeRequest {
  return { scheme: "https", port: 443, host, target, from };
}

export function http(host: string, target: string, from: string): EdgeRequest {
  return { scheme: "http", port: 80, host, target, from };
}

/** Every combination of a host, a path and an address. */
export function everyRequest(
  hosts: readonly string[],
  targets: readonly string[],
  addresses: readonly string[],
): readonly EdgeRequest[] {
  return hosts.flatMap((host) => targets.flatMap((target) => addresses.map((from) => https(host, target, from))));
}
