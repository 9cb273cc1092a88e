import type { DeadRule } from "../diagram/dead-rules";
import type { ZoneRule } from "../model/edge-zone";
import { placeAt } from "../statements/conclusion";
import { type AppCheck, type AppFinding, LintRule, LintSeverity } from "./finding";

/** Rules that never take effect: no request meets their condition, or others have their requests, alone or together. */
export const dead: AppCheck = ({ zones }) => zones.flatMap(({ overview }) => overview.dead.map(findingOf));

function findingOf({ rule, coveredBy }: DeadRule): AppFinding {
  const common = { severity: LintSeverity.WARNING, place: placeAt(rule) };
  const [first, ...others] = coveredBy;
  if (first === undefined) {
    return {
      ...common,
      rule: LintRule.NEVER_MATCHES,
      what: `rule ${rule.ref} never takes effect: no request meets its condition`,
      change: "remove the rule, or mend its condition",
    };
  }
  const by = `${coveredBy.map(inWords).join(", ")} ${others.length === 0 ? "has" : "together have"} all its requests`;
  const isSame = coveredBy.every(({ action }) => action === rule.action);
  return {
    ...common,
    rule: LintRule.COVERED,
    what: `rule ${rule.ref} (${rule.action}) never takes effect: ${by}`,
    change: isSame
      ? "remove the rule: nothing changes"
      : `remove the rule, or put it before ${others.length === 0 ? first.ref : "those whose requests it should have"}`,
  };
}

const inWords = ({ ref, action }: ZoneRule): string => `${ref} (${action})`;
