import { withinBudget } from "../solver/budget";
import { diagramOf } from "../solver/decision-diagram";
import { canonicalJson } from "../terraform/json";
import type { BehaviourOptions } from "./behaviour";
import { Conditions, edgeSpace, tooManyValues } from "./conditions";
import { courseOf, type Difference, differenceDecision, type Different, STOPPED } from "./course";
import { decidingRule, isConfirmed, takenAt } from "./deciding-rule";
import { type DescribedBox, describedBoxes, type RequestSet, widthOf } from "./describe";
import type { End } from "./ends";
import { asRulesSee, type EdgeRequest } from "./evaluate/edge-request";
import { matches } from "./evaluate/trace";
import { PHASE } from "./phases";
import { type EffectiveRule, effectiveRules, rewritesUrls } from "./rules";
import { withoutShared } from "./shared-rules";
import type { EdgeZone, ZoneRule } from "./zone";

export enum ChangeKind {
  /** Requests that were blocked or redirected now reach an origin. */
  OPENED = "opened",
  /** Requests that reached an origin are now blocked or redirected. */
  CLOSED = "closed",
  /** It ends in the same place in another way: another redirect, other headers, another challenge. */
  CHANGED = "changed",
  /** It is unknown where it ends, or ended. */
  UNDECIDED = "undecided",
}

/** Requests that end otherwise than before. */
export interface Change {
  readonly kind: ChangeKind;
  /**
   * Where both zones pass requests on and differ in what the origin gets, it may reach over requests that neither passes
   * on. With `given`, there may be no such requests.
   */
  readonly requests: RequestSet;
  readonly before: Side;
  readonly after: Side;
  /** One that ends otherwise, from an address of each family that there is. None where it can't be written as text, or isn't found. */
  readonly examples: readonly EdgeRequest[];
  /** Why it is undecided; empty unless it is. */
  readonly reasons: readonly string[];
  /** Rules of both zones that may end some of these requests alike. */
  readonly except: readonly ZoneRule[];
}

/** The end of requests in one of two zones. */
export interface Side {
  /** The end, without the effects that both zones have alike before it. */
  readonly end: End;
  /** The rule that decided it for the example; undefined where none did. */
  readonly rule: ZoneRule | undefined;
}

/** How the behaviour of a zone differs from that of another. There is no difference where both lists are empty. */
export interface Diff {
  /** Those that open come first, then those that close, those that change, and the undecided ones. */
  readonly changes: readonly Change[];
  /** Why more is unknown. Nothing is known to be the same while there is a reason. */
  readonly undecided: readonly string[];
}

/** Compares where all requests end in two zones. Nothing is sampled: a question that costs too much is undecided. */
export function diffOf(first: EdgeZone, second: EdgeZone, { names = [], scope = {} }: BehaviourOptions = {}): Diff {
  const conditions = new Conditions();
  const isRewritten = rewritesUrls(first) || rewritesUrls(second);
  const { before, after, leftOut } = isRewritten
    ? { before: first, after: second, leftOut: [] }
    : withoutShared(first, second);
  const sideOf = (zone: EdgeZone, side: string): ZoneSide => ({
    zone,
    rules: effectiveRules(zone, conditions, isRewritten, side),
  });
  const sides = [sideOf(before, "before"), sideOf(after, "after")] as const;
  if (rewritesIn(sides[0]) !== rewritesIn(sides[1]))
    return { changes: [], undecided: ["rules rewrite URLs in different ways"] };
  const space = edgeSpace(conditions, scope, !isRewritten && (before.normalised || after.normalised));
  const decision = differenceDecision(conditions.formulas, courseOf(sides[0].rules), courseOf(sides[1].rules));
  const isAlike = before.normalised === after.normalised || isRewritten;
  const compare = (): Diff => {
    const diagram = diagramOf(space, decision);
    const rules = sides.flatMap((side) => side.rules);
    const boxes = describedBoxes(diagram, { space, rules, names }, { isWanted: isDifferent, mayCover });
    const comparison = { conditions, sides, isRewritten, leftOut };
    return {
      changes: inOrder(Array.from(boxes, (box) => changeOf(comparison, box))),
      undecided: isAlike ? [] : ["only one side normalises URLs: paths that this changes are not compared"],
    };
  };
  return withinBudget(compare, (what) => ({ changes: [], undecided: [tooManyValues(what)] }));
}

interface ZoneSide {
  readonly zone: EdgeZone;
  readonly rules: readonly EffectiveRule[];
}

interface Comparison {
  readonly conditions: Conditions;
  readonly sides: readonly [before: ZoneSide, after: ZoneSide];
  /** Whether the rules behind the redirects see another URL than the client sends. */
  readonly isRewritten: boolean;
  /** Rules of both zones that aren't looked at. */
  readonly leftOut: readonly ZoneRule[];
}

/** The URL rewrites of a zone: equal texts, equal rewrites. */
function rewritesIn({ rules }: ZoneSide): string {
  return rules
    .filter(({ phase }) => phase === PHASE.URL_REWRITE)
    .flatMap(({ formula, effects }) => effects.map(({ key }) => `${formula.id} ${key}`))
    .join("\n");
}

const isDifferent = (outcome: Difference): outcome is Different => outcome.kind === "different";

/** A difference in what origins get may also cover requests that both zones stop alike. */
const mayCover = ({ before, after }: Different, other: Difference): boolean =>
  other === STOPPED && before.kind === "origin" && after.kind === "origin";

function changeOf(comparison: Comparison, { outcome, requests, example }: DescribedBox<Different>): Change {
  const { conditions, sides, isRewritten, leftOut } = comparison;
  const [before, after] = sides;
  const [own, others] = [takenAt(conditions, before.rules, example), takenAt(conditions, after.rules, example)];
  const isDisputed = sides.some(({ zone, rules }) => !isConfirmed(conditions, zone, rules, example));
  const reasons = [
    ...[outcome.before, outcome.after].flatMap((end) => (end.kind === "undecided" ? end.reasons : [])),
    ...(isRewritten ? ["rules rewrite URLs, so these are the requests behind them"] : []),
    ...(isDisputed && !isRewritten ? ["the classes and the evaluator disagree"] : []),
  ];
  return {
    kind: reasons.length > 0 ? ChangeKind.UNDECIDED : kindOf(outcome),
    requests,
    before: { end: outcome.before, rule: decidingRule(own, others) },
    after: { end: outcome.after, rule: decidingRule(others, own) },
    examples: isRewritten ? [] : example.requests.filter((request) => !mayMeet(leftOut, request, before.zone)),
    reasons: [...new Set(reasons)],
    except: leftOut,
  };
}

function mayMeet(rules: readonly ZoneRule[], request: EdgeRequest, zone: EdgeZone): boolean {
  const seen = asRulesSee(request, zone.normalised);
  return rules.some((rule) => !matches(rule, seen, zone).isFalse);
}

function kindOf({ before, after }: Different): ChangeKind {
  if (before.kind === after.kind) return ChangeKind.CHANGED;
  if (after.kind === "origin") return ChangeKind.OPENED;
  return before.kind === "origin" ? ChangeKind.CLOSED : ChangeKind.CHANGED;
}

/** The order is by their weight for safety, then from the widest on, then by the requests in words. */
function inOrder(changes: readonly Change[]): readonly Change[] {
  const ranked = changes.map((change) => ({
    change,
    text: `${ORDER.indexOf(change.kind)} ${widthOf(change.requests)} ${textOf(change)}`,
  }));
  return ranked
    .sort(({ text: one }, { text: other }) => Number(one > other) - Number(one < other))
    .map(({ change }) => change);
}

const ORDER = Object.values(ChangeKind);

function textOf({ requests: { addresses: _, ...requests } }: Change): string {
  const inWords = Object.entries(requests).map(([field, value]) => [
    field,
    "exact" in value ? { ...value, exact: "" } : value,
  ]);
  return canonicalJson(Object.fromEntries(inWords));
}
