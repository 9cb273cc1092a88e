import { EdgePhase } from "../../policy/edge-phase";
import { Dimension } from "../classes/dimension";
import { FOLLOWED_PHASES } from "../evaluate/trace";
import type { EdgeZone, ZoneRule } from "../model/edge-zone";
import { Atoms, withAnswers } from "./atoms";
import { type Formula, Formulas } from "./formula";
import { isKnownPhase, REWRITE_PHASE, Treatment, treatmentOf } from "./treatment";

/** A rule whose condition decides where requests end. */
export interface EdgeRule {
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
    this.rewritesUrls = (zone.phases.get(REWRITE_PHASE) ?? []).some(({ parameters }) => "uri" in parameters);
    this.zone = this.rewritesUrls ? { ...zone, normalised: false } : zone;
    this.rules = inOrder(zone)
      .map(({ phase, rule }) => ({ phase, rule, treatment: treatmentOf(phase, rule) }))
      .filter(({ treatment }) => treatment !== Treatment.NEUTRAL)
      .map((part) => ({ ...part, ...this.formulasOf(part.phase, part.rule, watch(part.rule)) }));
  }

  /** Whether the path that the rules see is normalised. */
  public get normalised(): boolean {
    return this.zone.normalised;
  }

  /**
   * The zone with some of these rules alone.
   *
   * @param answers answers to atoms that are free, which take their place in the conditions
   */
  public zoneOf(rules: readonly EdgeRule[], answers: ReadonlyMap<number, boolean>): EdgeZone {
    const phases = new Map<string, ZoneRule[]>();
    for (const each of rules) phases.set(each.phase, [...(phases.get(each.phase) ?? []), this.answer(each, answers)]);
    return { ...this.zone, phases };
  }

  private answer({ rule, formula }: EdgeRule, answers: ReadonlyMap<number, boolean>): ZoneRule {
    const own = new Map(
      [...formula.atoms].flatMap((atom) => {
        const answer = answers.get(atom) ?? answers.get(this.atoms.freed(atom));
        return answer === undefined ? [] : [[this.atoms.at(atom).text, answer] as const];
      }),
    );
    if (own.size === 0) return rule;
    const key = [rule.stack, rule.pointer, ...[...own].flat()].join("\n");
    const ready = this.answered.get(key) ?? {
      ...rule,
      expression: withAnswers(rule.expression, own),
      isConditionKnown: true,
    };
    this.answered.set(key, ready);
    return ready;
  }

  /** Redirects see the URL before it is rewritten, so what they ask of it is free. */
  private formulasOf(phase: string, { expression, isConditionKnown }: ZoneRule, watched: string | undefined) {
    const isFree = (dimension: Dimension): boolean =>
      this.rewritesUrls &&
      phase === EdgePhase.REDIRECT &&
      (dimension === Dimension.PATH || dimension === Dimension.QUERY);
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
