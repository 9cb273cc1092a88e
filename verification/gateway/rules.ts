import { LogicalOperator } from "../../network/rules-language";
import type { Axes, Question } from "../solver/axes";
import { atomsOf } from "../solver/decision-diagram";
import { Answer, answerOf, type Formula, Formulas } from "../solver/formula";
import type { Atom, Space } from "../solver/partition";
import type { GatewayPolicy } from "./account";
import { UNNAMED, type ConnectionPoint } from "./connection";
import { conditionOf, type TrafficCondition } from "./language/condition";
import type { Selection } from "./language/selection";

/** A policy, and when it applies. */
export interface PolicyRule {
  readonly policy: GatewayPolicy;
  readonly formula: Formula;
}

/** A part of conditions. It is unconstrained where no field of a connection answers it. */
export interface PolicyAtom extends Atom {
  /** Whether it has one answer for all connections, which the JSON doesn't show. */
  readonly isHidden: boolean;
  /** The first policy that asks for it. */
  readonly policy: GatewayPolicy;
}

const { AND, OR } = LogicalOperator;

/** Answers to the questions that no connection answers, by their texts. */
export type Assumed = ReadonlyMap<string, boolean>;

/** Policies as formulas about the same connections. */
export class Rules implements Space<ConnectionPoint> {
  public readonly formulas = new Formulas();
  private readonly atoms: PolicyAtom[] = [];
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

  /**
   * When a policy applies to a connection, as far as answers leave it open.
   *
   * @param assumed answers to the questions that no connection answers, by their texts
   */
  public appliesAt(policy: GatewayPolicy, point: ConnectionPoint, assumed: Assumed): Formula {
    const formula = this.formulaOf(conditionOfPolicy(policy), policy);
    const answers = [...formula.atoms].flatMap((atom): (readonly [number, Answer])[] => {
      const { question, text } = this.atomAt(atom);
      const holds = question === undefined ? assumed.get(text) : this.axes.holds(question, point);
      return holds === undefined ? [] : [[atom, answerOf(holds)]];
    });
    return this.formulas.restrict(formula, new Map(answers));
  }

  private onlyAnswer(atom: number, axis: keyof ConnectionPoint): readonly (readonly [number, Answer])[] {
    const { question } = this.atomAt(atom);
    if (question?.axis !== axis) return [];
    const answers = new Set(
      this.axes
        .axis(axis)
        .classes([question.asks])
        .map(({ answers: [answer = Answer.UNKNOWN] }) => answer),
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
