import { type Problem, shown } from "../../errors/invalid-input";
import {
  FIELDS,
  FUNCTIONS,
  parse,
  type PlanRequirement,
  REGEX_MATCH_PLAN,
  parseValue,
  RulesLanguageError,
  type Usage,
  usageOf,
} from "../../network/rules-language";
import { planHas } from "../../policy/cloudflare-plan";
import type { OwnedZone } from "../../policy/zone";
import type { EdgeRule } from "./edge-rule";

/** @see https://developers.cloudflare.com/ruleset-engine/rules-language/expressions/#maximum-expression-length */
const LONGEST_EXPRESSION = 4_096;

/** Where the rules, other teams' included, hold expressions that the platform or the zone's plan refuses. */
export function expressionProblems(zone: OwnedZone, rules: readonly EdgeRule[]): readonly Problem[] {
  return rules.flatMap((rule) =>
    [
      ...tooLong(rule.expression),
      ...read(rule.expression, () => usageOf(parse(rule.expression)), rule, zone),
      ...valueExpressions(rule.actionParameters).flatMap((value) =>
        read(value, () => usageOf(parseValue(value)), rule, zone),
      ),
    ].map((problem) => ({ at: `rule ${rule.ref} of ${zone.name}`, ...problem })),
  );
}

type Found = Omit<Problem, "at">;

function tooLong(expression: string): readonly Found[] {
  if (expression.length <= LONGEST_EXPRESSION) return [];
  return [
    {
      got: `an expression of ${expression.length} characters: ${shown(expression)}`,
      allowed: `at most ${LONGEST_EXPRESSION} characters`,
      change: "keep addresses in a list: edge.addresses = AddressPlacement.LIST",
    },
  ];
}

function read(expression: string, usage: () => Usage, { phase }: EdgeRule, zone: OwnedZone): readonly Found[] {
  try {
    const { fields, functions, regex } = usage();
    return [
      ...(regex ? planned("regular expressions", REGEX_MATCH_PLAN, zone) : []),
      ...[...fields].flatMap((name) => planned(`the field ${name}`, FIELDS.get(name)?.plan, zone)),
      ...[...functions].flatMap((name) => {
        const { plan, phases } = FUNCTIONS.get(name) ?? {};
        return [...planned(`the function ${name}`, plan, zone), ...phased(name, phase, phases)];
      }),
    ];
  } catch (error) {
    if (!(error instanceof RulesLanguageError)) throw error;
    return [{ got: shown(expression), allowed: `an expression of the Rules language; ${error.message}` }];
  }
}

function planned(what: string, requirement: PlanRequirement | undefined, { plan }: OwnedZone): readonly Found[] {
  return requirement === undefined || planHas(plan, requirement)
    ? []
    : [
        {
          got: `${what} on the ${plan} plan`,
          allowed: `${what} on the ${requirement} plan`,
          change: `rewrite the rule without it, or move the zone to the ${requirement} plan`,
        },
      ];
}

function phased(name: string, phase: string, phases: readonly string[] | undefined): readonly Found[] {
  return phases === undefined || phases.includes(phase)
    ? []
    : [{ got: `the function ${name} in ${phase}`, allowed: `it in ${phases.join(", ")}` }];
}

/** The expressions among an action's parameters, such as a redirect's target. */
function valueExpressions(parameters: unknown): readonly string[] {
  if (typeof parameters !== "object" || parameters === null) return [];
  return Object.entries(parameters).flatMap(([key, value]) =>
    key === "expression" && typeof value === "string" ? [value] : valueExpressions(value),
  );
}
