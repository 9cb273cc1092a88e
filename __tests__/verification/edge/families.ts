import { EdgePhase } from "../../../policy/edge-phase";
import type { EdgeZone } from "../../../verification/edge/zone";
import { type JsonRule, SHIPPED, zoneOf } from "./edge";

type Condition = (index: number) => string;

const SINGLE = {
  path: (index) =>
    index % 2 === 0
      ? `starts_with(http.request.uri.path, "/team-${index}/")`
      : `http.request.uri.path eq "/team-${index}/x"`,
  "part of a path": (index) => `http.request.uri.path contains "/t${index}/"`,
  host: (index) => `http.host eq "team-${index}.shop.dev"`,
  address: (index) =>
    `ip.src in {198.${18 + (index >> 16)}.${(index >> 8) & 255}.${index & 255} 2001:db8:${index.toString(16)}::/48}`,
  query: (index) => `http.request.uri.query contains "k${index}="`,
} satisfies Record<string, Condition>;

const ALL: readonly Condition[] = Object.values(SINGLE);
const of = (index: number, field: number): string => ALL[field % ALL.length]?.(index) ?? "true";

/** The conditions of others' rules, by the number of the rule. */
export const CONDITIONS: Readonly<Record<string, Condition>> = {
  ...SINGLE,
  mixed: (index) => {
    if (index % 3 === 0) return `${of(index, index)} and ${of(index, index + 2)}`;
    return index % 3 === 1 ? of(index, index) : `${of(index, index)} and not ${of(index, index + 1)}`;
  },
};

/** The actions of others' rules. */
export const ACTIONS: Readonly<Record<string, object>> = {
  block: { action: "block" },
  challenge: { action: "managed_challenge" },
  "product skip": { action: "skip", action_parameters: { products: ["waf"] } },
  "ruleset skip": { action: "skip", action_parameters: { ruleset: "current" } },
};

export enum PlaceOfOthers {
  BEFORE = "before the project's own",
  BEHIND = "behind the project's own",
}

/**
 * A zone with many rules of others beside the shipped ones.
 *
 * @param changed the place of a rule that asks for something else
 * @default - none
 */
export function zoneOfFamily(
  action: string,
  condition: string,
  count: number,
  place: PlaceOfOthers,
  changed = -1,
): EdgeZone {
  const own = SHIPPED[EdgePhase.CUSTOM] ?? [];
  const others = Array.from({ length: count }, (_, index): JsonRule => ({
    ...{
      ref: `r${index}`,
      action: "block",
      expression: CONDITIONS[condition]?.(index === changed ? count + index : index) ?? "true",
    },
    ...ACTIONS[action],
  }));
  return zoneOf({
    ...SHIPPED,
    [EdgePhase.CUSTOM]: place === PlaceOfOthers.BEFORE ? [...others, ...own] : [...own, ...others],
  });
}
