import type { Part as BehaviourPart } from "../../edge/behaviour";
import type { End } from "../../edge/ends";
import type { RequestSet } from "../../edge/describe";
import type { Values } from "../../edge/values";
import { isChallenge, treatmentOf } from "../../edge/actions";
import { asRulesSee } from "../../edge/evaluate/edge-request";
import { matches } from "../../edge/evaluate/trace";
import { PHASE } from "../../edge/phases";
import { Treatment } from "../../edge/phases";
import { understood } from "../../edge/conditions";
import type { EdgeZone, ZoneRule } from "../../edge/zone";
import { brief } from "../explain/conditions";
import { PLAIN } from "./cells";
import type { Decider, Limit, Part, PartKind } from "./matrix";

/** A rule as what decides. */
export type ShowDecider = (rule: ZoneRule) => Decider;

/** What the edge does with some requests, as a part of a cell. Its addresses are left to the cell. */
export function partOf({ requests, end, rule, examples }: BehaviourPart, zone: EdgeZone, show: ShowDecider): Part {
  const barriers = barriersOf(zone, examples);
  const challenges = barriers.filter(({ phase, action }) => phase === PHASE.CUSTOM && isChallenge(action));
  const kind = kindOf(end);
  const isChallenged = kind === "challenge" && challenges.length > 0;
  const deciding = isChallenged
    ? challenges.map((each) => each.rule)
    : rule === undefined || kind === "allow"
      ? []
      : [rule];
  const others = isChallenged ? barriers.filter((each) => !challenges.includes(each)) : barriers;
  return {
    ...PLAIN,
    kind,
    where: limitsOf(requests),
    by: deciding.map(show),
    ...(end.kind === "redirect" ? { to: end.target } : {}),
    unless:
      kind === "allow" || kind === "challenge"
        ? others.map(({ phase, rule: { ref }, action }) => `${ref}: ${action} (${phase})`)
        : [],
    reasons: end.kind === "undecided" ? end.reasons : [],
  };
}

function kindOf(end: End): PartKind {
  switch (end.kind) {
    case "block":
    case "redirect":
    case "undecided":
      return end.kind;
    case "origin":
      return end.barriers.some(isChallenge) ? "challenge" : "allow";
  }
}

interface Barrier {
  readonly phase: string;
  readonly rule: ZoneRule;
  readonly action: string;
}

/** The rules that may stop a request: each is told apart, so one request of a part stands for all. */
function barriersOf(zone: EdgeZone, [example]: BehaviourPart["examples"]): readonly Barrier[] {
  if (example === undefined) return [];
  const seen = asRulesSee(example, zone.normalised);
  return [...zone.phases].flatMap(([phase, rules]) =>
    rules
      .filter((rule) => treatmentOf(phase, rule) === Treatment.MAY_BLOCK && !matches(rule, seen, zone).isFalse)
      .map((rule) => ({ phase, rule, action: rule.action })),
  );
}

function limitsOf({ ports, methods, hosts, paths, queries, given }: RequestSet): readonly Limit[] {
  return [
    ...limit("port", ports),
    ...limit("method", methods),
    ...limit("host", hosts),
    ...limit("path", paths),
    ...limit("query", queries),
    ...given.map(({ condition, holds }): Limit => ({
      field: "condition",
      kind: holds ? "only" : "except",
      values: [readable(condition)],
    })),
  ];
}

function limit(field: Limit["field"], { kind, names }: Values): readonly Limit[] {
  return kind === "all" ? [] : [{ field, kind, values: names }];
}

/** A condition without the literals that may be secrets: where it can't be parsed, they can't be found. */
function readable(condition: string): string {
  const expression = understood(condition);
  return expression === undefined ? "a condition that can't be parsed" : brief(expression);
}
