import type { DeadRule } from "../../edge/overview";
import type { ZoneRule } from "../../edge/zone";
import { placeAt } from "../../result";
import { type Check, LintRule, LintSeverity, type Found } from "./finding";

/** Rules that never take effect: no request meets their condition, or others have their requests, alone or together. */
export const dead: Check = ({ zones }) => zones.flatMap(({ overview }) => overview().dead.map(findingOf));

function findingOf({ rule, coveredBy }: DeadRule): Found {
  const common = { severity: LintSeverity.WARNING, place: placeAt(rule) };
  if (coveredBy.length === 0) {
    return {
      ...common,
      rule: LintRule.NEVER_MATCHES,
      what: `rule ${rule.ref} never takes effect: no request meets its condition`,
      change: "remove the rule, or mend its condition",
    };
  }
  const movable = coveredBy.filter((other) => other.action !== rule.action && areTogether(rule, other));
  const place = movable.length === 0 ? "" : `; or put it before ${movable.map(({ ref }) => ref).join(", ")}`;
  return {
    ...common,
    rule: LintRule.COVERED,
    what: `rule ${inWords(rule)} never takes effect: its requests go to ${coveredBy.map(inWords).join(", ")}`,
    change: `remove the rule: nothing changes${place}`,
  };
}

const inWords = ({ ref, action }: ZoneRule): string => `${ref} (${action})`;

/** Whether two rules stand in one ruleset, so that they could change places. */
function areTogether(one: ZoneRule, other: ZoneRule): boolean {
  const [ruleset, same] = [one, other].map(({ stack, pointer }) => `${stack} ${pointer.replace(/\/\d+$/, "")}`);
  return ruleset === same;
}
