import {
  FIELDS,
  FUNCTIONS,
  parse,
  type PlanRequirement,
  REGEX_MATCH_PLAN,
  RulesLanguageError,
  type Usage,
  usageOf,
} from "../../../network/rules-language";
import { planHas } from "../../../policy/cloudflare-plan";
import { type AppCheck, LintRule, LintSeverity } from "./finding";
import { rulesIn, within } from "./zones";

/** Conditions that ask for what the zone's plan doesn't have: the deploy would fail. */
export const plan: AppCheck = ({ zones }) =>
  zones.flatMap((zone) =>
    rulesIn(zone).flatMap(([, rule]) =>
      needsOf(rule.expression)
        .filter(([, requirement]) => !planHas(zone.policy.plan, requirement))
        .map(([what, requirement]) => ({
          rule: LintRule.PLAN,
          severity: LintSeverity.ERROR,
          place: within(rule, "expression"),
          key: [what],
          what: `the condition of ${rule.ref} uses ${what}, which the ${zone.policy.plan} plan doesn't have`,
          change: `write it without, or move the zone to the ${requirement} plan`,
        })),
    ),
  );

type Need = readonly [what: string, requirement: PlanRequirement];

function needsOf(expression: string): readonly Need[] {
  const usage = usageIn(expression);
  if (usage === undefined) return [];
  const needs: readonly (readonly [string, PlanRequirement | undefined])[] = [
    ["regular expressions", usage.regex ? REGEX_MATCH_PLAN : undefined],
    ...[...usage.fields].map((name) => [`the field ${name}`, FIELDS.get(name)?.plan] as const),
    ...[...usage.functions].map((name) => [`the function ${name}`, FUNCTIONS.get(name)?.plan] as const),
  ];
  return needs.filter((need): need is Need => need[1] !== undefined);
}

function usageIn(expression: string): Usage | undefined {
  try {
    return usageOf(parse(expression));
  } catch (error) {
    if (!(error instanceof RulesLanguageError)) throw error;
    return undefined;
  }
}
