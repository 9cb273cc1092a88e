import type { IConstruct } from "constructs";
import { type Problem, shown } from "../../errors/invalid-input";
import {
  FIELDS,
  FUNCTIONS,
  parse,
  parseValue,
  type PlanRequirement,
  REGEX_MATCH_PLAN,
  RulesLanguageError,
  type Usage,
  usageOf,
} from "../../network/rules-language";
import { cheapestPlanWith, PLAN_LIMITS, planHas } from "../../policy/cloudflare-plan";
import { EdgePhase, OWN_RULE } from "../../policy/edge-phase";
import type { OwnedZone } from "../../policy/zone";
import type { PlannedList } from "./edge-plan";
import type { EdgeRule } from "./part";

/** @see https://developers.cloudflare.com/ruleset-engine/rules-language/expressions/#maximum-expression-length */
const LONGEST_EXPRESSION = 4_096;

/** A problem for each expression of a rule that the platform or the zone's plan refuses, other teams' rules included. */
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

type PlacelessProblem = Omit<Problem, "at">;

function tooLong(expression: string): readonly PlacelessProblem[] {
  if (expression.length <= LONGEST_EXPRESSION) return [];
  return [
    {
      got: `an expression of ${expression.length} characters: ${shown(expression)}`,
      allowed: `at most ${LONGEST_EXPRESSION} characters`,
      change: "keep addresses in a list: edge.addresses = AddressPlacement.LIST",
    },
  ];
}

function read(
  expression: string,
  usage: () => Usage,
  { phase }: EdgeRule,
  zone: OwnedZone,
): readonly PlacelessProblem[] {
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

function planned(
  what: string,
  requirement: PlanRequirement | undefined,
  { plan }: OwnedZone,
): readonly PlacelessProblem[] {
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

function phased(name: string, phase: string, phases: readonly string[] | undefined): readonly PlacelessProblem[] {
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

/** The limit that counts the rules of each phase. */
const LIMIT_OF_PHASE = {
  [EdgePhase.REDIRECT]: "redirectRules",
  [EdgePhase.CUSTOM]: "customRules",
  [EdgePhase.LATE_TRANSFORM]: "transformRules",
} as const;

/** A problem for each phase of a zone that has more rules than its plan allows, other teams' rules included. */
export function ruleCountProblems(zone: OwnedZone, rules: readonly EdgeRule[]): readonly Problem[] {
  return Object.values(EdgePhase).flatMap((phase) => {
    const limit = LIMIT_OF_PHASE[phase];
    const refs = rules.filter((rule) => rule.phase === phase).map(({ ref }) => ref);
    const allowed = PLAN_LIMITS[zone.plan][limit];
    if (refs.length <= allowed) return [];
    const others = refs.filter((ref) => !ref.startsWith(OWN_RULE));
    const plan = cheapestPlanWith((limits) => limits[limit] >= refs.length);
    const ways = [
      ...(others.length > 0
        ? [`drop ${refs.length - allowed} of ${others.join(", ")}`]
        : ["let fewer senders or environments share the zone"]),
      ...(plan === undefined ? [] : [`move the zone to the ${plan} plan`]),
    ];
    return [
      {
        at: `the ${phase} rules of ${zone.name}`,
        got: `${refs.length}: ${refs.join(", ")}`,
        allowed: `${allowed} on the ${zone.plan} plan`,
        change: ways.join(", or "),
      },
    ];
  });
}

/** A list that a zone's edge puts into its account. */
interface AccountList {
  readonly zone: OwnedZone;
  readonly items: number;
}

const LISTS = new WeakMap<IConstruct, AccountList[]>();

const COUNTS = [
  { limit: "lists", what: "custom lists", count: (lists: readonly AccountList[]) => lists.length },
  { limit: "listItems", what: "list items", count: (lists: readonly AccountList[]) => sum(lists) },
] as const;

/**
 * The widest blocks that a list takes, by family. The documentation has two bounds for IPv6; this is the narrower.
 *
 * @see https://developers.cloudflare.com/waf/tools/lists/custom-lists/#lists-with-ip-addresses-ip-lists
 */
const WIDEST = { 4: 8, 6: 12 } as const;

/**
 * Counts lists into their account. The problems are a list that can't be there, and more or larger lists of the app
 * than the account's best plan allows.
 *
 * @see https://developers.cloudflare.com/waf/tools/lists/custom-lists/#availability
 */
export function listProblems(scope: IConstruct, zone: OwnedZone, lists: readonly PlannedList[]): readonly Problem[] {
  const all = LISTS.get(scope.node.root) ?? [];
  all.push(...lists.map(({ addresses }) => ({ zone, items: addresses.cidrs().length })));
  LISTS.set(scope.node.root, all);
  const ofAccount = all.filter((list) => list.zone.account === zone.account);
  return [...lists.flatMap(tooWide), ...(lists.length === 0 ? [] : tooMany(zone.account, ofAccount))];
}

function tooWide({ name, addresses }: PlannedList): readonly Problem[] {
  const wide = addresses.blocks.filter(({ family, prefixLength }) => prefixLength < WIDEST[family]);
  if (wide.length === 0) return [];
  const got = `${wide.length} blocks wider than a list takes`;
  return [
    {
      at: `the list ${name}`,
      got,
      allowed: `/${WIDEST[4]} (IPv4) and /${WIDEST[6]} (IPv6) or narrower`,
      change: INLINE,
    },
  ];
}

const INLINE = "write addresses inline (AddressPlacement.INLINE)";

function tooMany(account: string, lists: readonly AccountList[]): readonly Problem[] {
  return COUNTS.flatMap(({ limit, what, count }) => {
    const got = count(lists);
    const plans = lists.map(({ zone }) => zone.plan);
    const [best] = plans.sort((one, other) => PLAN_LIMITS[other][limit] - PLAN_LIMITS[one][limit]);
    if (best === undefined || got <= PLAN_LIMITS[best][limit]) return [];
    const plan = cheapestPlanWith((limits) => limits[limit] >= got);
    return [
      {
        at: `the ${what} of account ${account}`,
        got: String(got),
        allowed: `${PLAN_LIMITS[best][limit]} on the ${best} plan`,
        change: `${INLINE}${plan === undefined ? "" : `, or move to the ${plan} plan`}`,
      },
    ];
  });
}

function sum(lists: readonly AccountList[]): number {
  return lists.reduce((total, { items }) => total + items, 0);
}
