import { createHash } from "node:crypto";

/**
 * The hash of a list of prefixes, which shows at one glance whether two lists are the same: SHA-256, in hexadecimal, over the
 * prefixes, each followed by a line feed. `jq -r '.ipv4[], .ipv6[]' <feed> | sha256sum` prints the same.
 */
export function fingerprintOf(prefixes: readonly string[]): string {
  return createHash("sha256")
    .update(prefixes.map((prefix) => `${prefix}\n`).join(""))
    .digest("hex");
}
