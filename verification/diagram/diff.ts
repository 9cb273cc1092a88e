import { PHASE } from "../edge/phases";
import type { Scope } from "../edge/scope";
import { asRulesSee, type EdgeRequest } from "../edge/evaluate/edge-request";
import { matches } from "../edge/evaluate/trace";
import type { EdgeZone, ZoneRule } from "../edge/zone";
import { courseOf, type PlacedRule, rewritesUrls, rulesOf } from "./course";
import { decidingRule, isConfirmed, rulesAt } from "./deciding-rule";
import { diagramOf } from "../solver/decision-diagram";
import { type Difference, differenceDecision, type Different, STOPPED } from "./difference";
import { canonicalJson } from "./effect";
import type { End } from "./end";
import { exampleOf, soughtIn } from "./example";
import { type Language, newLanguage, overBudget, spaceOf } from "./language";
import { type Box, boxesOf } from "../solver/regions";
import { Namer, type RequestSet, WIDENED } from "./request-set";
import { withoutShared } from "./shared-rules";
import type { Sought } from "./sought";
import type { NamedAddresses } from "./values";
import { widthOf } from "./width";

export enum ChangeKind {
  /** What was blocked or redirected now reaches an origin. */
  OPENED = "opened",
  /** What reached an origin is now blocked or redirected. */
  CLOSED = "closed",
  /** It ends in the same place in another way: another redirect, other headers, another challenge. */
  CHANGED = "changed",
  /** It isn't known where it ends, or ended. */
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
  readonly witnesses: readonly EdgeRequest[];
  /** Why it is undecided; empty unless it is. */
  readonly reasons: readonly string[];
  /** Rules of both zones that may end some of these requests alike. */
  readonly except: readonly ZoneRule[];
}

/** What becomes of requests in one of two zones. */
export interface Side {
  /** Without what both zones do alike before they pass a request on or stop it. */
  readonly end: End;
  /** The rule that decided it for the witness; undefined where none did. */
  readonly rule: ZoneRule | undefined;
}

/** How the behaviour of a zone differs from that of another. There is no difference where both lists are empty. */
export interface Diff {
  /** What was opened first, then what was closed, changed, and is undecided. */
  readonly changes: readonly Change[];
  /** Why nobody here can say more. Nothing is known to be the same while there is a reason. */
  readonly undecided: readonly string[];
}

export interface DiffOptions {
  /**
   * Names of addresses.
   *
   * @default - addresses are written out
   */
  readonly names?: readonly NamedAddresses[];
  /** The requests that are compared, and values that people expect to see in a witness. @default - all requests */
  readonly scope?: Scope;
}

/** Compares where the requests of two zones end, for all requests. Nothing is sampled: what costs too much is undecided. */
export function diffOf(first: EdgeZone, second: EdgeZone, { names = [], scope = {} }: DiffOptions = {}): Diff {
  const language = newLanguage();
  const rewritten = rewritesUrls(first) || rewritesUrls(second);
  const { before, after, leftOut } = rewritten
    ? { before: first, after: second, leftOut: [] }
    : withoutShared(first, second);
  const [one, other] = [before, after].map((zone) => ({ zone, rules: rulesOf(zone, language, rewritten) })) as [
    Zone,
    Zone,
  ];
  if (rewritesIn(one) !== rewritesIn(other))
    return { changes: [], undecided: ["rules rewrite URLs in different ways"] };
  const comparison = {
    ...{ language, before: one, after: other, rewritten, leftOut },
    ...{ names, scope, normalised: !rewritten && (before.normalised || after.normalised) },
  };
  try {
    return { changes: changesOf(comparison), undecided: doubtsOf(comparison) };
  } catch (error) {
    return { changes: [], undecided: [overBudget(error)] };
  }
}

interface Zone {
  readonly zone: EdgeZone;
  readonly rules: readonly PlacedRule[];
}

interface Comparison {
  readonly language: Language;
  readonly before: Zone;
  readonly after: Zone;
  /** Whether the rules behind the redirects see another URL than the client sends. */
  readonly rewritten: boolean;
  /** Whether they see normalised paths. */
  readonly normalised: boolean;
  /** Rules of both zones that aren't looked at. */
  readonly leftOut: readonly ZoneRule[];
  readonly names: readonly NamedAddresses[];
  readonly scope: Scope;
}

/** The URL rewrites of a zone: equal texts, equal rewrites. */
function rewritesIn({ rules }: Zone): string {
  return rules
    .filter(({ phase }) => phase === PHASE.URL_REWRITE)
    .flatMap(({ formula, effects }) => effects.map(({ key }) => `${formula.id} ${key}`))
    .join("\n");
}

function doubtsOf({ before, after, rewritten }: Comparison): readonly string[] {
  return before.zone.normalised === after.zone.normalised || rewritten
    ? []
    : ["only one side normalises URLs: paths that this changes are not compared"];
}

function changesOf(comparison: Comparison): readonly Change[] {
  const { language, before, after, scope, normalised, names } = comparison;
  const decision = differenceDecision(language, courseOf(before.rules), courseOf(after.rules));
  const diagram = diagramOf(spaceOf(language, scope, normalised), decision);
  const namer = new Namer(language, diagram.partitions, names, scope);
  const boxes = boxesOf(diagram, { isWanted: isDifferent, mayCover, widened: WIDENED });
  const sought = soughtIn(language, [...before.rules, ...after.rules], {
    partitions: diagram.partitions,
    normalised,
    likely: scope.likely,
  });
  return inOrder(boxes.map((box) => changeOf(comparison, sought, namer, box)));
}

const isDifferent = (outcome: Difference): outcome is Different => outcome.kind === "different";

/** What origins get differs, whichever requests are stopped before. */
const mayCover = ({ before, after }: Different, other: Difference): boolean =>
  other === STOPPED && before.kind === "origin" && after.kind === "origin";

function changeOf(
  { language, before, after, rewritten, leftOut }: Comparison,
  sought: Sought,
  namer: Namer,
  { outcome, region, core }: Box<Different>,
): Change {
  const example = exampleOf(sought, core);
  const [own, others] = [before, after].map(({ rules }) => rulesAt(language, rules, example)) as [
    PlacedRule[],
    PlacedRule[],
  ];
  const isDisputed = [before, after].some(({ zone, rules }) => !isConfirmed(language, zone, rules, example));
  const reasons = [
    ...[outcome.before, outcome.after].flatMap((end) => (end.kind === "undecided" ? end.reasons : [])),
    ...(rewritten ? ["rules rewrite URLs, so these are the requests behind them"] : []),
    ...(isDisputed && !rewritten ? ["the classes and the evaluator disagree"] : []),
  ];
  return {
    kind: reasons.length > 0 ? ChangeKind.UNDECIDED : kindOf(outcome),
    requests: namer.setOf(region),
    before: { end: outcome.before, rule: decidingRule(own, others) },
    after: { end: outcome.after, rule: decidingRule(others, own) },
    witnesses: rewritten ? [] : example.requests.filter((request) => !mayMeet(leftOut, request, before.zone)),
    reasons: [...new Set(reasons)],
    except: leftOut,
  };
}

/** Whether a request may meet one of some rules. */
function mayMeet(rules: readonly ZoneRule[], request: EdgeRequest, zone: EdgeZone): boolean {
  const seen = asRulesSee(request, zone.normalised);
  return rules.some((rule) => !matches(rule, seen, zone).isFalse);
}

function kindOf({ before, after }: Different): ChangeKind {
  if (before.kind === after.kind) return ChangeKind.CHANGED;
  if (after.kind === "origin") return ChangeKind.OPENED;
  return before.kind === "origin" ? ChangeKind.CLOSED : ChangeKind.CHANGED;
}

/** By what they mean for safety, then from the widest on, then by the requests in words. */
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
