import { Verdict } from "../edge/evaluate/verdict";
import { areOrdered, type GatewayPolicy } from "./account";
import type { Connection } from "./connection";
import type { Condition } from "./language/condition";
import { selects } from "./language/selection";
import { conditionOfPolicy } from "./policy-condition";

/** What Gateway does with a connection. */
export interface GatewayEnd {
  readonly answer: "allow" | "block" | "undecided";
  /** The policy that decides it, or leaves it undecided; undefined where none matches. */
  readonly policy: GatewayPolicy | undefined;
  /** Others that match or may match, and may be asked before it. */
  readonly rivals: readonly GatewayPolicy[];
  /** Why it is undecided. */
  readonly reasons: readonly string[];
}

/** Answers to what nobody here can answer, by its text. */
export type Assumed = ReadonlyMap<string, boolean>;

/** Gateway's default. */
const ALLOWED: GatewayEnd = { answer: "allow", policy: undefined, rivals: [], reasons: [] };

/**
 * What Gateway's network policies do with a connection: the first that matches, by precedence; without one it is allowed.
 *
 * @param policies in their order
 * @param assumed answers to take for known
 * @see https://developers.cloudflare.com/cloudflare-one/traffic-policies/order-of-enforcement/#order-of-precedence
 */
export function gatewayEnd(
  policies: readonly GatewayPolicy[],
  connection: Connection,
  assumed: Assumed = new Map(),
): GatewayEnd {
  const at = policies.findIndex((each) => !matchOf(each, connection, assumed).isFalse);
  const policy = policies[at];
  if (policy === undefined) return ALLOWED;
  const verdict = matchOf(policy, connection, assumed);
  const rivals = policies
    .slice(at + 1)
    .filter((other) => !areOrdered(policy, other) && !matchOf(other, connection, assumed).isFalse);
  const isSame = rivals.every(({ action }) => action === policy.action);
  const reasons = [
    ...verdict.reasons,
    ...(isSame ? [] : rivals.map((rival) => orderOf(policy, rival))),
    ...(policy.action === undefined ? [`what "${policy.name}" does`] : []),
  ];
  const answer = reasons.length > 0 ? undefined : policy.action;
  return { answer: answer ?? "undecided", policy, rivals, reasons };
}

/** Whether a policy matches a connection. */
export function matchOf(policy: GatewayPolicy, connection: Connection, assumed: Assumed): Verdict {
  return verdictOf(conditionOfPolicy(policy), connection, assumed);
}

/** Two orders may lead to two ends. */
export function orderOf(one: GatewayPolicy, other: GatewayPolicy): string {
  return `nobody here knows which is asked first, "${one.name}" or "${other.name}"`;
}

function verdictOf(condition: Condition, connection: Connection, assumed: Assumed): Verdict {
  switch (condition.kind) {
    case "all":
      return Verdict.and(condition.parts.map((part) => verdictOf(part, connection, assumed)));
    case "any":
      return Verdict.or(condition.parts.map((part) => verdictOf(part, connection, assumed)));
    case "not":
      return verdictOf(condition.part, connection, assumed).not();
    case "selection":
      return known(selects(condition.selection, connection), condition.text, assumed);
    case "unknown":
      return known(undefined, condition.text, assumed);
  }
}

function known(answer: boolean | undefined, text: string, assumed: Assumed): Verdict {
  const value = answer ?? assumed.get(text);
  return value === undefined ? Verdict.undecided(text) : Verdict.of(value);
}
