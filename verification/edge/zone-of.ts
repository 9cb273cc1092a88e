import type { Resource } from "../terraform/stack";
import { nameOfValue } from "../terraform/value";

/** The zone that a resource belongs to, by its id or by the reference to it; empty where it names none. */
export function zoneOf({ attributes }: Resource): string {
  const id = attributes["zone_id"];
  return id === undefined || id === null ? "" : nameOfValue(id);
}
