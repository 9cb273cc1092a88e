import { isKnownAction } from "../edge/actions";
import { ACCEPTED, type Expectation, Quantifier, REFUSED } from "../edge/proof";
import { isKnownPhase, PHASE } from "../edge/phases";
import { prove } from "../edge/prove";
import { type EdgeZone, isSamePlace, type ZoneRule } from "../edge/zone";
import type { Scope } from "../edge/scope";
import { skippedBy } from "../edge/skip";
import type { Result } from "../result";
import { BLOCKED, resultOf, type Words } from "./edge-requests";
import type { Scene } from "./scene";

/** Rules that are asked about: whether a request meets one of them. */
export interface AskedRules {
  /** Those that certainly act as asked. */
  readonly certain: readonly ZoneRule[];
  /** Those that may act as asked, and may not. */
  readonly possible: readonly ZoneRule[];
}

/** The rules of a phase of the scene's edge. */
export function rulesIn({ edge }: Scene, phase: string): readonly ZoneRule[] {
  return edge.zone.phases.get(phase) ?? [];
}

/** No request of a scope meets one of these rules. */
export function noRequestMeets(asked: AskedRules, scene: Scene, scope: Scope, words: Words): Result {
  return metByNone(asBlocks(scene.edge.zone, asked), asked, scene, scope, words);
}

/** No request of a scope that reaches an origin meets one of these rules. */
export function noPassingRequestMeets(asked: AskedRules, scene: Scene, scope: Scope, words: Words): Result {
  return metByNone(asBlocksBehind(scene.edge.zone, asked), asked, scene, scope, words);
}

/** Every request of a scope that reaches an origin meets one of these rules. */
export function eachPassingRequestMeets(
  certain: readonly ZoneRule[],
  scene: Scene,
  scope: Scope,
  words: Words,
): Result {
  const zone = asBlocksBehind(scene.edge.zone, { certain, possible: [] });
  return resultOf(prove(zone, scope, BLOCKED), scene, words);
}

function metByNone(zone: EdgeZone, asked: AskedRules, scene: Scene, scope: Scope, { change, wrong }: Words): Result {
  const refs = [...asked.certain, ...asked.possible].map(({ ref }) => ref);
  const expectation: Expectation = {
    quantifier: Quantifier.ALWAYS,
    judge: ({ rule }) => (isAsked(asked, rule) ? REFUSED : ACCEPTED),
    isAlwaysAccepted: (rule) => rule.action === "block" && !isAsked(asked, rule),
  };
  return resultOf(prove(zone, scope, expectation), scene, {
    change,
    wrong: wrong ?? `is treated otherwise by one of these rules: ${refs.join(", ")}`,
  });
}

/**
 * The zone with some rules alone, as blocks: a blocked request meets one of them. A request that meets a possible rule
 * is undecided. The rules run behind the rewrites of URLs, which stay.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/reference/phases-list/
 */
function asBlocks(zone: EdgeZone, { certain, possible }: AskedRules): EdgeZone {
  const kept = [...zone.phases].filter(([phase]) => phase === PHASE.URL_REWRITE || !isKnownPhase(phase));
  const asked = [
    ...certain.map((rule) => ({ ...rule, action: "block" })),
    ...possible.map((rule) => ({ ...rule, action: `${rule.action}, of which it is unknown what it does` })),
  ];
  return { ...zone, phases: new Map([...kept, [PHASE.LATE_TRANSFORM, asked]]) };
}

/** The same, behind the rules that end requests: without these blocks, a blocked request would reach an origin. */
function asBlocksBehind(zone: EdgeZone, asked: AskedRules): EdgeZone {
  const before = [PHASE.REDIRECT, PHASE.CUSTOM].map(
    (phase) => [phase, (zone.phases.get(phase) ?? []).map(asEnd)] as const,
  );
  const { phases } = asBlocks(zone, asked);
  return { ...zone, phases: new Map([...before, ...phases]) };
}

/** Whether a rule is one of those that are asked about. */
function isAsked({ certain, possible }: AskedRules, rule: ZoneRule | undefined): boolean {
  return [...certain, ...possible].some((each) => isSamePlace(each, rule));
}

/** A rule as a block where it certainly ends requests. One that isn't understood may leave out the later rules. */
function asEnd(rule: ZoneRule): ZoneRule {
  const { action, parameters, areParametersKnown } = rule;
  if (action === "block" || (action === "redirect" && areParametersKnown)) return { ...rule, action: "block" };
  const isUnderstood =
    action === "skip" ? areParametersKnown && skippedBy(parameters) !== undefined : isKnownAction(action);
  return isUnderstood && action !== "redirect" && action !== "rewrite" ? rule : skipping(rule);
}

function skipping(rule: ZoneRule): ZoneRule {
  return { ...rule, action: "skip", parameters: { ruleset: "current" }, areParametersKnown: true };
}
