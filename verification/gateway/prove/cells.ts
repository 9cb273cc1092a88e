import { areOrdered } from "../account";
import { Answer, type Formula } from "../../solver/formula";
import { BUDGET, BudgetExceeded } from "../../solver/budget";
import type { Connection } from "../connection";
import { classesOf, type PartClass } from "./classes";
import { Part } from "./question";
import type { Rule, Rules } from "./rules";
import type { ConnectionScope } from "./scope";

/** Connections that meet the same policies, but for what is free. */
export interface Cell {
  readonly witness: Connection;
  /** The ways in which its connections may be decided: one, unless something is free. */
  readonly ways: readonly Way[];
}

/** One set of answers to what is free, and the policy that decides the cell's connections then. */
export interface Way {
  /** By the texts of what is free. */
  readonly answers: ReadonlyMap<string, boolean>;
  /** Undefined where no policy matches. */
  readonly rule: Rule | undefined;
  /** Others that match, and may be asked before it. */
  readonly rivals: readonly Rule[];
}

/** What the classes of a scope's connections come to. */
export interface Cells {
  /** One for each way to decide, the most natural connections first. */
  readonly cells: readonly Cell[];
  /** How many classes of connections they stand for. */
  readonly classes: number;
}

/**
 * Splits a scope's connections part by part into the classes that the policies still undecided tell apart; what leads to
 * the same undecided policies is one cell.
 *
 * @throws BudgetExceeded naming the part that explodes
 * @see https://doi.org/10.1016/j.comnet.2006.06.015 (Gouda and Liu, Structured firewall design)
 */
export function cellsOf(rules: Rules, scope: ConnectionScope): Cells {
  const splitter = new Splitter(rules, scope);
  const classes = splitter.visit(rules.all, 0, {});
  return { cells: splitter.cells, classes };
}

const PARTS: readonly Part[] = Object.values(Part);

class Splitter {
  public readonly cells: Cell[] = [];
  private readonly counts = new Map<string, number>();
  private readonly classes = new Map<string, readonly PartClass[]>();

  public constructor(
    private readonly rules: Rules,
    private readonly scope: ConnectionScope,
  ) {}

  /** @returns how many classes there are */
  public visit(given: readonly Rule[], depth: number, witness: Partial<Connection>): number {
    const pending = this.settle(given);
    const key = `${depth} ${pending.map(({ policy, formula }) => `${policy.stack}${policy.pointer}:${formula.id}`).join()}`;
    const known = this.counts.get(key);
    if (known !== undefined) return known;
    if (this.counts.size > BUDGET.nodes) throw new BudgetExceeded(PARTS[depth] ?? "what is free");
    const part = PARTS[depth];
    const count =
      part === undefined ? this.collect(pending, witness as Connection) : this.split(pending, depth, witness);
    this.counts.set(key, count);
    return count;
  }

  private split(pending: readonly Rule[], depth: number, witness: Partial<Connection>): number {
    const part = PARTS[depth] as Part;
    const asked = this.atomsOf(pending, part);
    let count = 0;
    for (const each of this.classesOf(part, asked)) {
      const known = new Map(asked.map((atom, index) => [atom, each.answers[index] ?? Answer.UNKNOWN]));
      count += this.visit(this.restrict(pending, known), depth + 1, { ...witness, ...each.witness });
    }
    return count;
  }

  private collect(pending: readonly Rule[], witness: Connection): number {
    const ways: Way[] = [];
    for (const way of this.ways(pending, new Map())) {
      if (ways.push(way) > MOST_WAYS) throw new BudgetExceeded("what is free");
    }
    this.cells.push({ witness, ways });
    return 1;
  }

  /** Follows the policies under every set of answers to what is free, as far as that decides. */
  private *ways(given: readonly Rule[], answers: Way["answers"]): Iterable<Way> {
    const [first, ...others] = this.settle(given);
    const rivals = first === undefined ? [] : others.filter(({ policy }) => !areOrdered(first.policy, policy));
    const [atom] = [first, ...rivals].flatMap((rule) => [...(rule?.formula.atoms ?? [])]);
    if (atom === undefined) {
      yield { answers, rule: first, rivals };
      return;
    }
    for (const answer of [Answer.NO, Answer.YES]) {
      const next = this.restrict([...(first === undefined ? [] : [first]), ...others], new Map([[atom, answer]]));
      yield* this.ways(next, new Map([...answers, [this.rules.at(atom).text, answer === Answer.YES]]));
    }
  }

  /** Drops what can't match, and everything that is asked after what certainly does. */
  private settle(pending: readonly Rule[]): readonly Rule[] {
    const { yes, no } = this.rules.formulas;
    const open = pending.filter(({ formula }) => formula !== no);
    const last = open.findIndex(({ formula }) => formula === yes);
    const certain = open[last];
    if (certain === undefined) return open;
    return open.filter(({ policy }, index) => index <= last || !areOrdered(certain.policy, policy));
  }

  private restrict(pending: readonly Rule[], known: ReadonlyMap<number, Answer>): readonly Rule[] {
    const answers = { known, freed: (atom: number) => this.rules.freed(atom) };
    const restricted = (formula: Formula) => this.rules.formulas.restrict(formula, answers);
    return pending.map(({ policy, formula }) => ({ policy, formula: restricted(formula) }));
  }

  private atomsOf(pending: readonly Rule[], part: Part): readonly number[] {
    const atoms = new Set(pending.flatMap(({ formula }) => [...formula.atoms]));
    return [...atoms].filter((atom) => this.rules.at(atom).question?.part === part).sort((one, other) => one - other);
  }

  private classesOf(part: Part, atoms: readonly number[]): readonly PartClass[] {
    const key = `${part} ${atoms.join()}`;
    const questions = atoms.flatMap((atom) => this.rules.at(atom).question ?? []);
    const ready = this.classes.get(key) ?? classesOf(this.scope, part, questions);
    this.classes.set(key, ready);
    return ready;
  }
}

/** How many sets of answers to what is free are followed for one class. */
const MOST_WAYS = 4_096;
