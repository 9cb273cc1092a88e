import { LogicalOperator } from "../../network/rules-language";
import type { Axes, Question } from "../solver/axes";
import { atomsOf, type Decision, type Outcome } from "../solver/decision";
import { Answer, type Formula, Formulas } from "../solver/formula";
import type { Atom, Space } from "../solver/partition";
import { areOrdered, type GatewayPolicy } from "./account";
import { UNNAMED } from "./axes";
import type { ConnectionPoint } from "./connection";
import { conditionOfPolicy, endOf, type GatewayEnd } from "./evaluate";
import type { TrafficCondition } from "./language/condition";
import type { Selection } from "./language/selection";

/** A policy, and when it applies. */
export interface PolicyRule {
  readonly policy: GatewayPolicy;
  readonly formula: Formula;
}

/** A part of conditions. It is unconstrained where no field of a connection answers it. */
export interface PolicyAtom extends Atom {
  /** Whether it has one answer for all connections, which the JSON keeps back. */
  readonly isHidden: boolean;
  /** The first policy that asks for it. */
  readonly policy: GatewayPolicy;
}

const { AND, OR } = LogicalOperator;

/** Policies as formulas about the same connections. */
export class Rules implements Space<ConnectionPoint> {
  public readonly formulas = new Formulas();
  public readonly atoms: PolicyAtom[] = [];
  private readonly numbers = new Map<string, number>();

  public constructor(public readonly axes: Axes<ConnectionPoint>) {}

  public readonly atomAt = (atom: number): PolicyAtom => this.atoms[atom] as PolicyAtom;

  /** Policies as rules, as far as connections of these axes differ in them. */
  public of(policies: readonly GatewayPolicy[]): readonly PolicyRule[] {
    const written = policies.map((policy) => ({ policy, formula: this.formulaOf(conditionOfPolicy(policy), policy) }));
    return this.axes.names.reduce<readonly PolicyRule[]>((rules, axis) => {
      const known = new Map(
        [...atomsOf(rules.map(({ formula }) => formula))].flatMap((atom) => this.onlyAnswer(atom, axis)),
      );
      return rules.map(({ policy, formula }) => ({ policy, formula: this.formulas.restrict(formula, known) }));
    }, written);
  }

  private onlyAnswer(atom: number, axis: keyof ConnectionPoint): readonly (readonly [number, Answer])[] {
    const { question } = this.atomAt(atom);
    if (question?.axis !== axis) return [];
    const answers = new Set(
      this.axes.classes(axis, [question]).map(({ answers: [answer = Answer.UNKNOWN] }) => answer),
    );
    const [only, ...others] = answers;
    return only === undefined || others.length > 0 ? [] : [[atom, only]];
  }

  private formulaOf(condition: TrafficCondition, policy: GatewayPolicy): Formula {
    switch (condition.kind) {
      case "all":
      case "any": {
        const parts = condition.parts.map((part) => this.formulaOf(part, policy));
        return this.formulas.join(condition.kind === "all" ? AND : OR, parts);
      }
      case "not":
        return this.formulas.not(this.formulaOf(condition.part, policy));
      case "selection":
        return this.selected(condition.selection, condition.text, policy);
      case "unknown":
        return this.unconstrained(condition.text, policy, condition.isHidden);
    }
  }

  /** Where there is no server name, a selection that accepts an empty one is unconstrained. */
  private selected(selection: Selection, text: string, policy: GatewayPolicy): Formula {
    const ask = (name: string, question: Question): Formula =>
      this.atom(`${question.axis} ${name}`, { text: name, question, policy, isHidden: false });
    const { field: axis, asks, acceptsEmpty } = selection;
    const parts = asks.map((question, part) => ask(`${part} of ${text}`, { axis, asks: question }));
    const { formulas } = this;
    const formula = formulas.join(OR, parts);
    if (!acceptsEmpty) return formula;
    const unnamed = ask("no server name", { axis, asks: UNNAMED });
    return formulas.join(OR, [
      formulas.join(AND, [unnamed, this.unconstrained(text, policy)]),
      formulas.join(AND, [formulas.not(unnamed), formula]),
    ]);
  }

  private unconstrained(text: string, policy: GatewayPolicy, isHidden = false): Formula {
    return this.atom(text, { text, question: undefined, policy, isHidden });
  }

  private atom(key: string, atom: PolicyAtom): Formula {
    const number = this.numbers.get(key) ?? this.atoms.push(atom) - 1;
    this.numbers.set(key, number);
    return this.formulas.atom(number);
  }
}

/** An end of rules. Equal keys, equal ends. */
export type RulesEnd = GatewayEnd & Outcome;

/**
 * The decision of rules about connections: the first that matches decides, by precedence.
 *
 * @param given the rules in their order
 * @param isAsked the atoms whose answers are asked for; others are reasons why an end is undecided
 */
export function decisionOf(
  { formulas, atomAt }: Rules,
  given: readonly PolicyRule[],
  isAsked: (atom: PolicyAtom) => boolean,
): Decision<RulesEnd> {
  const decide = (rules: readonly PolicyRule[]): Decision<RulesEnd> => {
    const pending = pendingOf(rules, formulas);
    const [first] = pending;
    const next = pending.filter(
      (rule) => rule === first || (first !== undefined && !areOrdered(first.policy, rule.policy)),
    );
    const askedBy = (some: readonly PolicyRule[]): readonly number[] =>
      [...atomsOf(some.map(({ formula }) => formula))].filter((atom) => isAsked(atomAt(atom)));
    const candidates = next.map(({ policy, formula }) => ({
      policy,
      reasons: [...formula.atoms].map((atom) => atomAt(atom).text),
    }));
    return {
      key: keyOf(pending),
      asked: new Set(askedBy(pending)),
      outcome: askedBy(next).length > 0 ? undefined : { key: keyOf(next), ...endOf(candidates) },
      restricted: (restrict) => decide(pending.map(({ policy, formula }) => ({ policy, formula: restrict(formula) }))),
    };
  };
  return decide(given);
}

function keyOf(rules: readonly PolicyRule[]): string {
  return rules.map(({ policy: { stack, pointer }, formula }) => `${stack}${pointer}:${formula.id}`).join();
}

/** Without those that can't match, and those that are asked after one that certainly does. */
function pendingOf(rules: readonly PolicyRule[], { yes, no }: Formulas): readonly PolicyRule[] {
  const open = rules.filter(({ formula }) => formula !== no);
  const last = open.findIndex(({ formula }) => formula === yes);
  const certain = open[last];
  if (certain === undefined) return open;
  return open.filter(({ policy }, index) => index <= last || !areOrdered(certain.policy, policy));
}
