import { Verdict } from "../solver/verdict";
import { areOrdered, type GatewayPolicy } from "./account";
import type { Connection } from "./connection";
import { type TrafficCondition, conditionOf } from "./language/condition";

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

/** Answers to the questions that no connection answers, by their texts. */
export type Assumed = ReadonlyMap<string, boolean>;

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
  return endOf(
    policies.flatMap((policy) => {
      const match = matchOf(policy, connection, assumed);
      return match.isFalse ? [] : { policy, reasons: match.reasons };
    }),
  );
}

/** A policy that matches, and why it may not. */
export interface Candidate {
  readonly policy: GatewayPolicy;
  readonly reasons: readonly string[];
}

/**
 * The end by the policies that match, or may: the first decides, by precedence; without one a connection is allowed.
 *
 * @param candidates in their order
 * @see https://developers.cloudflare.com/cloudflare-one/traffic-policies/order-of-enforcement/#order-of-precedence
 */
export function endOf([first, ...others]: readonly Candidate[]): GatewayEnd {
  if (first === undefined) return { answer: "allow", policy: undefined, rivals: [], reasons: [] };
  const { policy } = first;
  const rivals = others.flatMap((other) => (areOrdered(policy, other.policy) ? [] : other.policy));
  const isSame = rivals.every(({ action }) => action === policy.action);
  const reasons = [
    ...first.reasons,
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

/** Whether a policy matches a connection. */
export function matchOf(policy: GatewayPolicy, connection: Connection, assumed: Assumed): Verdict {
  return verdictOf(conditionOfPolicy(policy), connection, assumed);
}

/** When a policy applies: its traffic, as far as nothing else restricts it. */
export function conditionOfPolicy({ resource, stack, traffic, restrictions }: GatewayPolicy): TrafficCondition {
  const policy = `${resource.address} in ${stack}`;
  const matched: TrafficCondition =
    traffic === undefined
      ? { kind: "unknown", text: `the traffic of ${policy}`, isHidden: true }
      : conditionOf(traffic);
  const others = restrictions.map(({ text, isHidden }): TrafficCondition => ({
    kind: "unknown",
    text: isHidden ? `whether ${policy} applies: ${text}` : `what ${policy} asks for: ${text}`,
    isHidden,
  }));
  return others.length === 0 ? matched : { kind: "all", parts: [matched, ...others] };
}

function verdictOf(condition: TrafficCondition, connection: Connection, assumed: Assumed): Verdict {
  switch (condition.kind) {
    case "all":
      return Verdict.and(condition.parts.map((part) => verdictOf(part, connection, assumed)));
    case "any":
      return Verdict.or(condition.parts.map((part) => verdictOf(part, connection, assumed)));
    case "not":
      return verdictOf(condition.part, connection, assumed).not();
    case "selection": {
      const { accepts, acceptsEmpty } = condition.selection;
      if (acceptsEmpty && connection.serverName === "") return assumedOf(condition.text, assumed);
      return Verdict.of(accepts(connection));
    }
    case "unknown":
      return assumedOf(condition.text, assumed);
  }
}

function assumedOf(text: string, assumed: Assumed): Verdict {
  const value = assumed.get(text);
  return value === undefined ? Verdict.undecided(text) : Verdict.of(value);
}
