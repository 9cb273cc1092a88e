import { idOf } from "../../statements/id";
import type { Item } from "./item";
import { createHash } from "node:crypto";

/**
 * The id of a difference: its environments, what it is a difference of, its kind, its subject, and a digest of what differs
 * and how. What else differs doesn't change it.
 */
export function idOfDifference({
  environments,
  area,
  kind,
  subject: { of, parts },
  what,
  before,
  after,
}: Item): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([what, before, after]))
    .digest("hex")
    .slice(0, DIGITS);
  return idOf("difference", environments.join(","), area, kind, of, ...parts, digest);
}

/** Enough to tell apart what differs of one subject. */
const DIGITS = 12;
