import { gatewayEnd, matchOf, orderOf } from "../evaluate";
import type { GatewayPolicy } from "../account";
import { BudgetExceeded } from "../../solver/budget";
import type { Connection } from "../connection";
import { type Cell, cellsOf, type Way } from "./cells";
import { type Rule, Rules } from "./rules";
import type { ConnectionScope } from "./scope";

/** What is known about all connections of a scope. */
export type ConnectionProof =
  | {
      readonly kind: "proven";
      readonly classes: number;
      /** The policies that decide some of them. */
      readonly deciding: readonly GatewayPolicy[];
      /** Policies that may do with some of them what isn't expected, where that is enough. */
      readonly possible: readonly GatewayPolicy[];
    }
  | {
      readonly kind: "violated";
      readonly witness: Connection;
      /** What decided it; undefined where no policy matches and it is allowed. */
      readonly policy: GatewayPolicy | undefined;
    }
  | { readonly kind: "undecided"; readonly doubts: readonly PolicyDoubt[] };

/** Why nobody here can say. */
export interface PolicyDoubt {
  readonly reason: string;
  readonly policy?: GatewayPolicy;
}

/** What is expected of connections. */
export interface ConnectionExpectation {
  /** Whether it may depend on what differs from connection to connection, as long as it isn't impossible. */
  readonly isPossibilityEnough: boolean;
  /** Of the policy that decides, or of none. Undefined where nobody here knows. */
  readonly accepts: (policy: GatewayPolicy | undefined) => boolean | undefined;
}

/** No connection is allowed. Without a policy it would be. */
export const BLOCKED: ConnectionExpectation = {
  isPossibilityEnough: false,
  accepts: (policy) => is("block", policy ?? DEFAULT),
};

/** No connection is certainly blocked. */
export const NOT_CERTAINLY_BLOCKED: ConnectionExpectation = {
  isPossibilityEnough: true,
  accepts: (policy) => is("allow", policy ?? DEFAULT),
};

/** No policy matches. */
export const UNTOUCHED: ConnectionExpectation = {
  isPossibilityEnough: false,
  accepts: (policy) => policy === undefined,
};

const DEFAULT: Pick<GatewayPolicy, "action"> = { action: "allow" };

function is(wanted: GatewayPolicy["action"], { action }: Pick<GatewayPolicy, "action">): boolean | undefined {
  return action === undefined ? undefined : action === wanted;
}

/**
 * Decides for all connections of a scope whether the policies do with them what is expected.
 *
 * Connections are split into the finitely many classes that the policies can tell apart; the evaluator has to agree about
 * one of each. Policies whose ends are accepted anyway take part only once some connection needs them, so those of others
 * cost nothing. Nothing is ever sampled: what can't be told apart, or costs too much, is undecided.
 */
export function proveConnections(
  policies: readonly GatewayPolicy[],
  scope: ConnectionScope,
  expectation: ConnectionExpectation,
): ConnectionProof {
  try {
    let active = policies.filter((policy) => expectation.accepts(policy) !== true);
    for (;;) {
      const rules = new Rules(active);
      const { cells, classes } = cellsOf(rules, scope);
      const disagreements = cells.flatMap((cell) => disagreementsOf(active, cell));
      if (disagreements.length > 0) return { kind: "undecided", doubts: disagreements };
      const needed = new Set(cells.flatMap((cell) => neededFor(cell, active, policies, expectation)));
      const next = policies.filter((policy) => active.includes(policy) || needed.has(policy));
      if (next.length === active.length) return conclude(cells, classes, rules, expectation);
      active = next;
    }
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error;
    return { kind: "undecided", doubts: [{ reason: `the policies tell apart too many values of ${error.what}` }] };
  }
}

/**
 * The policies that bear on what isn't accepted of a cell's witness. One that certainly matches is enough, if it is asked
 * in time; only without it count those that may match.
 */
function neededFor(
  { witness, ways }: Cell,
  active: readonly GatewayPolicy[],
  policies: readonly GatewayPolicy[],
  expectation: ConnectionExpectation,
): readonly GatewayPolicy[] {
  return ways
    .filter((way) => accepts(expectation, way) !== true)
    .flatMap(({ answers }) => {
      const involved = (some: readonly GatewayPolicy[]) => {
        const { policy, rivals } = gatewayEnd(some, witness, answers);
        return [policy, ...rivals].flatMap((each) => (each === undefined || active.includes(each) ? [] : [each]));
      };
      const certain = policies.filter((each) => active.includes(each) || matchOf(each, witness, answers).isTrue);
      const enough = involved(certain);
      return enough.length > 0 ? enough : involved(policies);
    });
}

function conclude(
  cells: readonly Cell[],
  classes: number,
  rules: Rules,
  expectation: ConnectionExpectation,
): ConnectionProof {
  const judge = (way: Way) => accepts(expectation, way);
  const refused = cells.find(({ ways }) => ways.every((way) => judge(way) === false));
  if (refused !== undefined) {
    return { kind: "violated", witness: refused.witness, policy: refused.ways[0]?.rule?.policy };
  }
  const ways = cells.flatMap((cell) => cell.ways);
  const isTolerated = (way: Way): boolean => expectation.isPossibilityEnough && !dependsOnHidden(way, rules);
  const open = ways.filter((way) => judge(way) === undefined || (judge(way) === false && !isTolerated(way)));
  if (open.length > 0) return { kind: "undecided", doubts: distinct(open.flatMap((way) => doubtsOf(way, rules))) };
  const policiesOf = (some: readonly Way[]) => {
    const found = new Set(some.map(({ rule }) => rule?.policy));
    return rules.all.map(({ policy }) => policy).filter((policy) => found.has(policy));
  };
  const possible = policiesOf(ways.filter((way) => judge(way) === false));
  return { kind: "proven", classes, deciding: policiesOf(ways.filter(judge)), possible };
}

/** Where nobody knows which policy is asked first, all that may be have to agree. */
function accepts({ accepts: judge }: ConnectionExpectation, { rule, rivals }: Way): boolean | undefined {
  const [first, ...others] = [rule, ...rivals].map((each) => judge(each?.policy));
  return others.every((other) => other === first) ? first : undefined;
}

function dependsOnHidden({ answers }: Way, { hidden }: Rules): boolean {
  return [...answers.keys()].some((text) => hidden.has(text));
}

function doubtsOf({ answers, rule, rivals }: Way, rules: Rules): readonly PolicyDoubt[] {
  const free = [...answers.keys()].map((reason) => ({ reason, ...placeOf(reason, rules) }));
  if (rule === undefined) return free;
  const { policy } = rule;
  const order = rivals.map((rival) => ({ reason: orderOf(policy, rival.policy), policy }));
  return [
    ...free,
    ...order,
    ...(policy.action === undefined ? [{ reason: `what "${policy.name}" does`, policy }] : []),
  ];
}

/** The first policy that asks what nobody can answer. */
function placeOf(text: string, rules: Rules): Pick<PolicyDoubt, "policy"> {
  const asks = ({ formula }: Rule) => [...formula.atoms].some((atom) => rules.at(atom).text === text);
  const rule = rules.all.find(asks);
  return rule === undefined ? {} : { policy: rule.policy };
}

function disagreementsOf(policies: readonly GatewayPolicy[], { witness, ways }: Cell): readonly PolicyDoubt[] {
  return ways.flatMap(({ answers, rule, rivals }) => {
    const { policy, rivals: others } = gatewayEnd(policies, witness, answers);
    const agrees = policy === rule?.policy && others.every((other, index) => other === rivals[index]?.policy);
    const reason = "the classes and the evaluator disagree";
    return agrees && others.length === rivals.length ? [] : [{ reason, ...(policy === undefined ? {} : { policy }) }];
  });
}

function distinct(doubts: readonly PolicyDoubt[]): readonly PolicyDoubt[] {
  return [...new Map(doubts.map((doubt) => [doubt.reason, doubt])).values()];
}
