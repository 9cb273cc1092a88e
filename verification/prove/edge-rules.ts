import { LogicalOperator } from "../../network/rules-language";
import { Dimension } from "../classes/dimension";
import { treatmentOf } from "../edge/actions";
import { FOLLOWED_PHASES, isKnownPhase, PHASE, seesSentUrl } from "../edge/phases";
import { Treatment } from "../edge/treatment";
import { mayRewriteUrl } from "../edge/url-rewrite";
import type { EdgeZone, ZoneRule } from "../model/edge-zone";
import { Atoms, withAnswers } from "./atoms";
import { type Formula, Formulas } from "./formula";

/** A rule whose condition decides where requests end. */
export interface EdgeRule {
  /** Its place among all rules. */
  readonly index: number;
  readonly phase: string;
  readonly rule: ZoneRule;
  readonly treatment: Treatment;
  /** When it matches. */
  readonly formula: Formula;
  /** What the statement has to tell apart among the requests that the rule matches. */
  readonly watched: Formula;
}

/** The rules of a zone that bear on where a request ends, in the order in which they run. */
export class EdgeRules {
  public readonly formulas = new Formulas();
  public readonly atoms: Atoms;
  public readonly rules: readonly EdgeRule[];
  /** The rules that leave out others, which those others' formulas account for. */
  private readonly skips: readonly EdgeRule[];
  /** Phases that hold rules nobody here knows the effect of. */
  public readonly unknownPhases: readonly string[];
  /** Whether a rule changes the path or the query between the redirects and the later phases. */
  public readonly rewritesUrls: boolean;
  /** The zone as the rules of the later phases see requests: a rewritten path need not be normalised. */
  private readonly zone: EdgeZone;
  private readonly answered = new Map<string, ZoneRule>();

  /** @param watch a condition whose two sides have to be told apart among the requests that a rule matches */
  public constructor(zone: EdgeZone, watch: (rule: ZoneRule) => string | undefined) {
    this.atoms = new Atoms(this.formulas, zone.lists);
    this.unknownPhases = [...zone.phases].flatMap(([phase, rules]) =>
      rules.length === 0 || isKnownPhase(phase) ? [] : phase,
    );
    this.rewritesUrls = (zone.phases.get(PHASE.URL_REWRITE) ?? []).some(mayRewriteUrl);
    this.zone = this.rewritesUrls ? { ...zone, normalised: false } : zone;
    const all = this.behindSkips(
      inOrder(zone)
        .map(({ phase, rule }, index) => ({ index, phase, rule, treatment: treatmentOf(phase, rule) }))
        .filter(({ treatment }) => treatment !== Treatment.NEUTRAL)
        .map((part) => ({ ...part, ...this.formulasOf(part.phase, part.rule, watch(part.rule)) })),
    );
    this.rules = all.filter(({ treatment }) => treatment !== Treatment.SKIPS);
    this.skips = all.filter(({ treatment }) => treatment === Treatment.SKIPS);
  }

  /** A rule behind one that skips matches only what that one doesn't. */
  private behindSkips(rules: readonly EdgeRule[]): readonly EdgeRule[] {
    const { AND } = LogicalOperator;
    const passing = new Map<string, Formula>();
    return rules.map((each) => {
      const open = passing.get(each.phase) ?? this.formulas.yes;
      const formula = this.formulas.join(AND, [open, each.formula]);
      if (each.treatment === Treatment.SKIPS) {
        passing.set(each.phase, this.formulas.join(AND, [open, this.formulas.not(each.formula)]));
      }
      return { ...each, formula };
    });
  }

  /** Whether the path that the rules see is normalised. */
  public get normalised(): boolean {
    return this.zone.normalised;
  }

  /**
   * The zone with some of these rules alone.
   *
   * @param answers answers to the atoms that are free and matter, which take their place in the conditions; without
   *   them nothing is assumed
   */
  public zoneOf(rules: readonly EdgeRule[], answers?: ReadonlyMap<number, boolean>): EdgeZone {
    const phases = new Map<string, ZoneRule[]>();
    for (const each of this.withSkips(rules)) {
      const rule = answers === undefined ? each.rule : this.answer(each, answers);
      phases.set(each.phase, [...(phases.get(each.phase) ?? []), rule]);
    }
    return { ...this.zone, phases };
  }

  /** With those before them that may leave some of them out. */
  private withSkips(rules: readonly EdgeRule[]): readonly EdgeRule[] {
    const skips = this.skips.filter((skip) =>
      rules.some(({ phase, index }) => phase === skip.phase && index > skip.index),
    );
    return skips.length === 0 ? rules : [...skips, ...rules].sort((one, other) => one.index - other.index);
  }

  private answer({ rule, formula, treatment }: EdgeRule, answers: ReadonlyMap<number, boolean>): ZoneRule {
    const own = new Map(
      [...formula.atoms].flatMap((atom) => {
        const { question } = this.atoms.at(atom);
        // What is free in a skip and has no answer leaves out nothing that could match.
        const otherwise = treatment === Treatment.SKIPS && question === undefined ? false : undefined;
        const answer = answers.get(atom) ?? answers.get(this.atoms.freed(atom)) ?? otherwise;
        return answer === undefined ? [] : [[this.atoms.at(atom).text, answer] as const];
      }),
    );
    if (own.size === 0) return rule;
    const key = [rule.stack, rule.pointer, ...[...own].flat()].join("\n");
    const ready = this.answered.get(key) ?? {
      ...rule,
      expression: withAnswers(rule.expression, own),
      isConditionKnown: rule.isConditionKnown || own.has(rule.expression),
    };
    this.answered.set(key, ready);
    return ready;
  }

  /** Redirects see the URL before it is rewritten, so what they ask of it is free. */
  private formulasOf(phase: string, { expression, isConditionKnown }: ZoneRule, watched: string | undefined) {
    const isFree = (dimension: Dimension): boolean =>
      this.rewritesUrls && seesSentUrl(phase) && (dimension === Dimension.PATH || dimension === Dimension.QUERY);
    return {
      formula: isConditionKnown ? this.atoms.formulaOf(expression, isFree) : this.atoms.unknownFormula(expression),
      watched: watched === undefined ? this.formulas.yes : this.atoms.formulaOf(watched, isFree),
    };
  }
}

function inOrder({ phases }: EdgeZone) {
  const others = [...phases.keys()].filter((phase) => !FOLLOWED_PHASES.includes(phase));
  return [...FOLLOWED_PHASES, ...others].flatMap((phase) => (phases.get(phase) ?? []).map((rule) => ({ phase, rule })));
}
