import { LogicalOperator } from "../../network/rules-language";
import type { EdgeZone } from "../model/edge-zone";
import type { Formula } from "../prove/formula";
import type { Scope } from "../prove/scope";
import { Spaces } from "../prove/spaces";
import { either, type PlacedRule, rewritesUrls, rulesOf } from "./course";
import type { Outcome } from "./decision";
import { type Diagram, diagramOf } from "./decision-diagram";
import type { Setting } from "./effect";
import { type Case, firstMatch } from "./first-match";
import { type Language, newLanguage } from "./language";

/** The rules of a zone, to be asked about each other. */
export interface RuleBook {
  readonly language: Language;
  readonly rules: readonly PlacedRule[];
  readonly spaces: Spaces;
  readonly scope: Scope;
  /** Whether the rules behind the redirects see another URL than the client sends. */
  readonly rewritten: boolean;
  readonly normalised: boolean;
  /** For each rule when it certainly ends a request that comes to it. */
  readonly endings: readonly Formula[];
}

/** What becomes of a rule's requests: another rule has them, or none. */
export interface Taken extends Outcome {
  readonly by: PlacedRule | undefined;
}

export const UNTAKEN: Taken = { key: "untaken", by: undefined };
export const OUTSIDE: Taken = { key: "outside", by: undefined };

export function ruleBookOf(zone: EdgeZone, scope: Scope): RuleBook {
  const language = newLanguage();
  const rewritten = rewritesUrls(zone);
  const normalised = zone.normalised && !rewritten;
  const rules = rulesOf(zone, language, rewritten);
  const spaces = new Spaces(scope, normalised);
  return { language, rules, spaces, scope, rewritten, normalised, endings: endingsOf(language, rules) };
}

/** There is doubt about what ends a request behind a rule of unknown effect. */
function endingsOf({ formulas }: Language, rules: readonly PlacedRule[]): readonly Formula[] {
  const doubts: Formula[] = [];
  return rules.map(({ formula, effects }) => {
    if (effects.some(({ kind }) => kind === "doubt")) doubts.push(formula);
    if (!effects.some(({ kind }) => kind === "ending")) return formulas.no;
    return formulas.join(LogicalOperator.AND, [formula, ...doubts.map((doubt) => formulas.not(doubt))]);
  });
}

/** The rules that keep a request from a rule: those that end it, and those that leave the rule out. */
export function blockersOf({ rules, endings }: RuleBook, placed: PlacedRule): readonly Case<Taken>[] {
  const place = rules.indexOf(placed);
  const isForOrigins = placed.effects.some(({ kind }) => kind === "setting");
  return rules.flatMap((by, index) => {
    const outcome: Taken = { key: String(index), by };
    const ending = index < place || isForOrigins ? endings[index] : undefined;
    if (by.skips && by.phase === placed.phase && index < place) return { formula: by.formula, outcome };
    return ending === undefined ? [] : { formula: ending, outcome };
  });
}

/** The later rules that set the same as a rule, whatever that is, the last first; and when that leaves nothing of it. */
export function replacersOf(
  { language: { formulas }, rules }: RuleBook,
  placed: PlacedRule,
): { readonly cases: readonly Case<Taken>[]; readonly all: Formula } {
  const settings = placed.effects.filter((effect): effect is Setting => effect.kind === "setting");
  if (settings.length === 0) return { cases: [], all: formulas.no };
  const later = rules.map((by, index) => ({ by, index })).slice(rules.indexOf(placed) + 1);
  const replacing = ({ name }: Setting) =>
    later.filter(({ by }) =>
      by.effects.some((effect) => effect.kind === "setting" && effect.name === name && !effect.adds),
    );
  const anyOf = (setting: Setting): Formula =>
    either(
      formulas,
      replacing(setting).map(({ by }) => by.formula),
    );
  const replacers = [...new Set(settings.flatMap(replacing))].reverse();
  return {
    cases: replacers.map(({ by, index }) => ({ formula: by.formula, outcome: { key: String(index), by } })),
    all: formulas.join(LogicalOperator.AND, settings.map(anyOf)),
  };
}

/** Which of some conditions holds first, for all requests. */
export function asked({ language, spaces }: RuleBook, cases: readonly Case<Taken>[]): Diagram<Taken> {
  return diagramOf(language, spaces, firstMatch(language.formulas, cases, OUTSIDE));
}
