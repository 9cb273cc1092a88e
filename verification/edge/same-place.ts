import type { ZoneRule } from "./zone";

/**
 * Whether a rule stands where another does. It stays there when answers take the place of what is free in its condition,
 * and nothing that the JSON holds can stand in the same place.
 */
export function isSamePlace(one: ZoneRule | undefined, other: ZoneRule | undefined): boolean {
  return one?.pointer === other?.pointer && one?.stack === other?.stack;
}
