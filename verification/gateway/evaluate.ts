import { atomsOf, type Decision, type Outcome } from "../solver/decision-diagram";
import type { Formulas } from "../solver/formula";
import { areOrdered, type GatewayPolicy } from "./account";
import { anyConnection, axesOf, type Connection, type ConnectionPoint, pointOf } from "./connection";
import { type Assumed, type PolicyAtom, type PolicyRule, Rules } from "./rules";

/** The end of a connection at Gateway. */
export interface GatewayEnd {
  readonly answer: "allow" | "block" | "undecided";
  /** The policy that decides it, or leaves it undecided; undefined where none matches. */
  readonly policy: GatewayPolicy | undefined;
  /** Others that match or may match, and may be asked before it. */
  readonly rivals: readonly GatewayPolicy[];
  /** Why it is undecided. */
  readonly reasons: readonly string[];
}

/**
 * The end of a connection by Gateway's network policies.
 *
 * @param policies in their order
 * @param assumed answers to take for known
 */
export function gatewayEnd(
  policies: readonly GatewayPolicy[],
  connection: Connection,
  assumed: Assumed = new Map(),
): GatewayEnd {
  return endAt(new Rules(axesOf(anyConnection())), policies, pointOf(connection), assumed);
}

export function endAt(
  rules: Rules,
  policies: readonly GatewayPolicy[],
  point: ConnectionPoint,
  assumed: Assumed,
): GatewayEnd {
  const applied = policies.map((policy) => ({ policy, formula: rules.appliesAt(policy, point, assumed) }));
  return endOf(
    rules,
    applied.filter(({ formula }) => formula !== rules.formulas.no),
  );
}

/**
 * The end by the policies that match, or may: the first decides, by precedence; without one a connection is allowed.
 *
 * @param candidates in their order, each with the open part of its condition
 * @see https://developers.cloudflare.com/cloudflare-one/traffic-policies/order-of-enforcement/#order-of-precedence
 */
function endOf({ atomAt }: Rules, [first, ...others]: readonly PolicyRule[]): GatewayEnd {
  if (first === undefined) return { answer: "allow", policy: undefined, rivals: [], reasons: [] };
  const { policy } = first;
  const rivals = others.flatMap((other) => (areOrdered(policy, other.policy) ? [] : other.policy));
  const isSame = rivals.every(({ action }) => action === policy.action);
  const reasons = [
    ...Array.from(first.formula.atoms, (atom) => atomAt(atom).text),
    ...(isSame ? [] : rivals.map((rival) => orderOf(policy, rival))),
    ...(policy.action === undefined ? [`what "${policy.name}" does`] : []),
  ];
  const answer = reasons.length > 0 ? undefined : policy.action;
  return { answer: answer ?? "undecided", policy, rivals, reasons };
}

/** Two orders may lead to two ends. */
function orderOf(one: GatewayPolicy, other: GatewayPolicy): string {
  return `it is unknown which is asked first, "${one.name}" or "${other.name}"`;
}

/** An end of rules. Equal keys, equal ends. */
export type RulesEnd = GatewayEnd & Outcome;

/**
 * The decision of rules about connections: the first that matches decides, by precedence.
 *
 * @param given the rules in their order
 * @param isAsked the atoms whose answers are asked for; others are reasons why an end is undecided
 */
export function decisionOf(
  rules: Rules,
  given: readonly PolicyRule[],
  isAsked: (atom: PolicyAtom) => boolean,
): Decision<RulesEnd> {
  const { formulas, atomAt } = rules;
  const decide = (open: readonly PolicyRule[]): Decision<RulesEnd> => {
    const pending = pendingOf(open, formulas);
    const [first] = pending;
    const next = pending.filter(
      (rule) => rule === first || (first !== undefined && !areOrdered(first.policy, rule.policy)),
    );
    const askedBy = (some: readonly PolicyRule[]): readonly number[] =>
      [...atomsOf(some.map(({ formula }) => formula))].filter((atom) => isAsked(atomAt(atom)));
    return {
      key: keyOf(pending),
      asked: new Set(askedBy(pending)),
      outcome: askedBy(next).length > 0 ? undefined : { key: keyOf(next), ...endOf(rules, next) },
      restricted: (restrict) => decide(pending.map(({ policy, formula }) => ({ policy, formula: restrict(formula) }))),
    };
  };
  return decide(given);
}

function keyOf(rules: readonly PolicyRule[]): string {
  return rules.map(({ policy: { stack, pointer }, formula }) => `${stack}${pointer}:${formula.id}`).join();
}

/** Without policies that can't match, and without those behind one that certainly does. */
function pendingOf(rules: readonly PolicyRule[], { yes, no }: Formulas): readonly PolicyRule[] {
  const open = rules.filter(({ formula }) => formula !== no);
  const last = open.findIndex(({ formula }) => formula === yes);
  const certain = open[last];
  if (certain === undefined) return open;
  return open.filter(({ policy }, index) => index <= last || !areOrdered(certain.policy, policy));
}
