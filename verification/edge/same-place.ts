import type { Place } from "../terraform/stack";

/**
 * Whether something, such as a rule, stands where another does. A rule stays there when answers take the place of what is
 * free in its condition, and nothing that the JSON holds can stand in the same place.
 */
export function isSamePlace(one: Place | undefined, other: Place | undefined): boolean {
  return one?.pointer === other?.pointer && one?.stack === other?.stack;
}
