import { FIELDS, FUNCTIONS, type PlanRequirement, REGEX_MATCH_PLAN, usageOf } from "../../../network/rules-language";
import { type CloudflarePlan, cheapestPlanWith, PLAN_LIMITS, planHas } from "../../../policy/cloudflare-plan";
import { PHASE } from "../../edge/phases";
import { understood } from "../../edge/conditions";
import { groupedBy } from "../../collections";
import { inZone } from "../../edge/zone";
import { placeAt } from "../../result";
import type { Place, Resource } from "../../terraform/stack";
import { isList, nameOfValue } from "../../terraform/value";
import { type FindingDraft, type LintCheck, type Linted, type LintedZone, within } from "./finding";

/** @see https://developers.cloudflare.com/ruleset-engine/rules-language/expressions/#maximum-expression-length */
const LONGEST_EXPRESSION = 4_096;
/** From which share of a limit on something is near it. */
const NEAR = 0.9;

/** Counts that are near a limit of the platform or the zone's plan, or over it. */
export const limits: LintCheck = (linted) => [
  ...linted.zones.flatMap((zone) => [...expressions(zone), ...ruleCounts(zone, linted)]),
  ...lists(linted),
];

interface Measured {
  readonly place: Place;
  readonly what: string;
  readonly got: number;
  readonly most: number;
  /** Whose limit it is. */
  readonly of: string;
  readonly change: string;
  /** The subject, where it is no one place. @default - the place */
  readonly about?: readonly string[];
}

function judged({ what, got, most, of, ...others }: Measured): readonly FindingDraft[] {
  if (got < NEAR * most) return [];
  const severity = got > most ? "error" : "note";
  const state = got > most ? "over" : got === most ? "at" : "near";
  return [{ rule: "limit", severity, what: `${what}: ${got}, ${state} the ${most} ${of}`, ...others }];
}

function expressions({ rules }: LintedZone): readonly FindingDraft[] {
  return rules.flatMap((rule) =>
    judged({
      place: within(rule, "expression"),
      what: `characters in the condition of ${rule.ref}`,
      got: rule.expression.length,
      most: LONGEST_EXPRESSION,
      of: "that an expression may have",
      change: "keep addresses in a list: edge.addresses = AddressPlacement.LIST",
    }),
  );
}

/** Something that a plan limits, counted. */
interface Counted extends Pick<Measured, "place" | "what" | "got" | "about"> {
  readonly plan: CloudflarePlan;
  readonly limit: "customRules" | "redirectRules" | "transformRules" | "lists" | "listItems";
  /** The change that needs no other plan. */
  readonly instead: string;
}

function judgedByPlan({ plan: own, limit, instead, ...counted }: Counted): readonly FindingDraft[] {
  const enough = cheapestPlanWith((limits) => limits[limit] > counted.got);
  return judged({
    ...counted,
    most: PLAN_LIMITS[own][limit],
    of: `that the ${own} plan has`,
    change: enough === undefined ? instead : `${instead}, or move to the ${enough} plan`,
  });
}

/** The limit that counts the rules of each phase. */
const LIMIT_OF_PHASE = [
  [PHASE.REDIRECT, "redirectRules"],
  [PHASE.CUSTOM, "customRules"],
  [PHASE.LATE_TRANSFORM, "transformRules"],
] as const;

/** Disabled rules count too. */
function ruleCounts({ zone: { id }, policy }: LintedZone, { model }: Linted): readonly FindingDraft[] {
  const rulesets = inZone(model, id, "cloudflare_ruleset");
  return LIMIT_OF_PHASE.flatMap(([phase, limit]) => {
    const own = rulesets.filter(({ attributes }) => attributes["phase"] === phase);
    const [first] = own;
    if (first === undefined) return [];
    return judgedByPlan({
      ...{ place: placeAt(first), about: [policy.name, phase], what: `rules of ${phase} in ${policy.name}` },
      ...{ got: countIn(own, "rules"), limit, plan: policy.plan, instead: "drop rules" },
    });
  });
}

/** Lists are counted for an account, by the best plan of its zones. */
function lists({ model, zones }: Linted): readonly FindingDraft[] {
  return [...groupedBy(model.ofType("cloudflare_list"), accountOf)].flatMap(([account, own]) => {
    const plans = zones.filter(({ policy }) => policy.account === account).map(({ policy }) => policy.plan);
    const counts = [
      { limit: "lists", what: "custom lists", got: own.length },
      { limit: "listItems", what: "list items", got: countIn(own, "items") },
    ] as const;
    return counts.flatMap(({ limit, what, got }) => {
      const [best] = [...plans].sort((one, other) => PLAN_LIMITS[other][limit] - PLAN_LIMITS[one][limit]);
      const [first] = own;
      if (best === undefined || first === undefined) return [];
      return judgedByPlan({
        ...{ place: placeAt(first), about: [account, limit], what: `${what} of account ${account}` },
        ...{ got, limit, plan: best, instead: "write addresses inline (AddressPlacement.INLINE)" },
      });
    });
  });
}

const accountOf = ({ attributes }: Resource): string => nameOfValue(attributes["account_id"]);

/** How many elements a list has in all of some resources together. */
function countIn(resources: readonly Resource[], member: string): number {
  const values = resources.map(({ attributes }) => attributes[member]);
  return values.reduce<number>((sum, value) => sum + (isList(value) ? value.length : 0), 0);
}

/** Conditions that ask for what the zone's plan doesn't have: the deploy would fail. */
export const plan: LintCheck = ({ zones }) =>
  zones.flatMap(({ rules, policy }) =>
    rules.flatMap((rule) =>
      needsOf(rule.expression)
        .filter(([, requirement]) => !planHas(policy.plan, requirement))
        .map(([what, requirement]) => ({
          rule: "plan",
          severity: "error",
          place: within(rule, "expression"),
          key: [what],
          what: `the condition of ${rule.ref} uses ${what}, which the ${policy.plan} plan doesn't have`,
          change: `write it without, or move the zone to the ${requirement} plan`,
        })),
    ),
  );

type Need = readonly [what: string, requirement: PlanRequirement];

function needsOf(expression: string): readonly Need[] {
  const condition = understood(expression);
  if (condition === undefined) return [];
  const usage = usageOf(condition);
  const needs: readonly (readonly [string, PlanRequirement | undefined])[] = [
    ["regular expressions", usage.regex ? REGEX_MATCH_PLAN : undefined],
    ...[...usage.fields].map((name) => [`the field ${name}`, FIELDS.get(name)?.plan] as const),
    ...[...usage.functions].map((name) => [`the function ${name}`, FUNCTIONS.get(name)?.plan] as const),
  ];
  return needs.filter((need): need is Need => need[1] !== undefined);
}
