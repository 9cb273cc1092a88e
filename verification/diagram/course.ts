import { LogicalOperator } from "../../network/rules-language";
import { effectsOf, narrowedDoubt, treatmentOf } from "../edge/actions";
import { inOrder, PHASE, seesSentUrl } from "../edge/phases";
import { Treatment } from "../edge/treatment";
import { mayRewriteUrl } from "../edge/url-rewrite";
import type { EdgeZone, ZoneRule } from "../edge/zone";
import type { Formula, Formulas } from "../solver/formula";
import { canonicalJson, type Effect, type Setting } from "./effect";
import type { Language } from "./language";

/** An effect and when it comes about. */
export interface Entry<E extends Effect = Effect> {
  readonly formula: Formula;
  readonly effect: E;
}

/** A rule of a zone, where it takes part. */
export interface PlacedRule {
  readonly phase: string;
  readonly rule: ZoneRule;
  /** When it matches. */
  readonly condition: Formula;
  /** When it takes effect, unless the request ended before: where it matches and no rule left it out. */
  readonly formula: Formula;
  /** Whether it leaves out the later rules of its phase. */
  readonly skips: boolean;
  readonly effects: readonly Effect[];
}

/** What can happen to a request, in order. What is set matters only to requests that reach an origin, so it comes last. */
export interface Course {
  readonly stops: readonly Entry[];
  readonly settings: readonly Entry<Setting>[];
}

/** Whether a rule changes the path or the query between the redirects and the later phases. */
export function rewritesUrls({ phases }: EdgeZone): boolean {
  return (phases.get(PHASE.URL_REWRITE) ?? []).some(mayRewriteUrl);
}

/**
 * The rules of a zone in the order in which they run.
 *
 * @param rewritten whether the redirects see another URL than the rules behind them, so that what they ask of it is free
 */
export function rulesOf(zone: EdgeZone, language: Language, rewritten: boolean): readonly PlacedRule[] {
  const { formulas } = language;
  const surroundings = (): string =>
    canonicalJson([...zone.phases].map(([phase, rules]) => [phase, rules.map(formOf)]).sort());
  return phasesOf(zone).flatMap(({ phase, rules }) => {
    const isUrlUnknown = rewritten && seesSentUrl(phase);
    const skips: Formula[] = [];
    return rules.map((rule) => {
      const condition = language.formulaOf(rule.expression, zone.lists, isUrlUnknown);
      const formula = formulas.join(LogicalOperator.AND, [...skips.map((skip) => formulas.not(skip)), condition]);
      const isNarrowed = !rule.isConditionKnown && condition !== language.unknownFormula(rule.expression);
      const known = {
        effects: effectsOf(phase, rule, surroundings),
        skips: treatmentOf(phase, rule) === Treatment.SKIPS,
      };
      const done = isNarrowed ? doubted(phase, rule, known) : known;
      if (done.skips) skips.push(formula);
      return { phase, rule, condition, formula, ...done };
    });
  });
}

type Done = Pick<PlacedRule, "effects" | "skips">;

/** What a rule does that matches nothing but what meets its expression, and maybe less than that. */
function doubted(phase: string, rule: ZoneRule, known: Done): Done {
  const isSomething = known.skips || known.effects.length > 0;
  return { effects: isSomething ? [narrowedDoubt(phase, rule)] : [], skips: false };
}

function formOf({ expression, isConditionKnown, action, parameters }: ZoneRule): readonly unknown[] {
  return [expression, isConditionKnown, action, parameters];
}

/** It is unknown when the rules of an unknown phase run, so they come first: there is doubt about all others. */
function phasesOf({ phases }: EdgeZone) {
  const { known, unknown } = inOrder(phases.keys());
  return [...[...unknown].sort(), ...known.map(({ name }) => name)].map((phase) => ({
    phase,
    rules: phases.get(phase) ?? [],
  }));
}

export function courseOf(rules: readonly PlacedRule[]): Course {
  const entries = rules.flatMap(({ formula, effects }) => effects.map((effect) => ({ formula, effect })));
  return {
    stops: entries.filter(({ effect }) => effect.kind !== "setting"),
    settings: entries.filter((entry): entry is Entry<Setting> => entry.effect.kind === "setting"),
  };
}

/** The course without what can't happen any more, and with equal effects that follow each other taken together. */
export function settled({ formulas }: Language, { stops, settings }: Course): Course {
  return { stops: settledStops(formulas, stops), settings: settledSettings(formulas, settings) };
}

/** Nothing follows an end, unless there is doubt about what becomes of it. */
function settledStops(formulas: Formulas, entries: readonly Entry[]): readonly Entry[] {
  const kept: Entry[] = [];
  const certain = new Set<string>();
  let isDoubtful = false;
  for (const entry of entries) {
    const { formula, effect } = entry;
    if (formula === formulas.no || certain.has(effect.key)) continue;
    const last = kept.at(-1);
    if (last?.effect.key === effect.key)
      kept[kept.length - 1] = { effect, formula: either(formulas, [last.formula, formula]) };
    else kept.push(entry);
    if (kept.at(-1)?.formula === formulas.yes) {
      if (effect.kind === "ending" && !isDoubtful) return kept;
      certain.add(effect.key);
    }
    isDoubtful ||= effect.kind === "doubt";
  }
  return kept;
}

/** What is certainly set takes the place of what was set before. */
function settledSettings(formulas: Formulas, entries: readonly Entry<Setting>[]): readonly Entry<Setting>[] {
  const replaced = new Set<string>();
  const kept: Entry<Setting>[] = [];
  for (const entry of [...entries].reverse()) {
    const { formula, effect } = entry;
    if (formula === formulas.no || replaced.has(effect.name)) continue;
    kept.push(entry);
    if (formula === formulas.yes && !effect.adds) replaced.add(effect.name);
  }
  return kept.reverse();
}

/** Whether any of some formulas holds: the same ones give the same formula, however they are grouped or ordered. */
export function either(formulas: Formulas, given: readonly Formula[]): Formula {
  const flat = given.flatMap((formula) =>
    formula.shape.kind === "join" && formula.shape.operator === LogicalOperator.OR ? formula.shape.operands : [formula],
  );
  return formulas.join(
    LogicalOperator.OR,
    [...new Set(flat)].sort((one, other) => one.id - other.id),
  );
}
