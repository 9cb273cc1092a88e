import { Answer } from "../classes/answer";
import { BUDGET, BudgetExceeded } from "../classes/budget";
import { Dimension } from "../classes/dimension";
import type { EdgeRule, EdgeRules } from "./edge-rules";
import type { Answers, Formula } from "./formula";
import type { DimensionClass, Spaces } from "./spaces";
import type { Witness } from "./witness";

/** A rule as far as it is not decided yet. */
interface Pending {
  readonly index: number;
  readonly rule: EdgeRule;
  readonly formula: Formula;
  readonly watched: Formula;
}

/** Requests that meet the same rules, but for what is free. */
export interface Cell {
  readonly witness: Witness;
  /** The ways in which its requests may be decided, one for each rule that may end them: one, unless something is free. */
  readonly ways: readonly Way[];
}

/** One set of answers to the atoms that are free, and the rule that ends the cell's requests then. */
export interface Way {
  readonly answers: ReadonlyMap<number, boolean>;
  /** Undefined where no rule matches. */
  readonly ending: EdgeRule | undefined;
}

/** What following the rules of a cell has found. */
interface Followed {
  /** The first way to each end. */
  readonly ways: Map<EdgeRule | undefined, Way>;
  /** What has been followed from here on: the rules that were still undecided. */
  readonly seen: Set<string>;
}

/** In this order the fields are split: those with few values first. */
const ORDER: readonly Dimension[] = Object.values(Dimension);

/**
 * A firewall decision diagram: requests are split field by field into the classes that the rules still undecided tell
 * apart, and what leads to the same undecided rules is one node.
 *
 * @see https://doi.org/10.1016/j.comnet.2006.06.015 (Gouda and Liu, Structured firewall design)
 */
export class Diagram {
  /** How many classes each node holds. */
  private readonly counts = new Map<string, number>();
  private readonly classes = new Map<string, readonly DimensionClass[]>();
  /** How many answers to what is free were followed. */
  private followed = 0;
  public readonly cells: Cell[] = [];

  public constructor(
    private readonly edge: EdgeRules,
    private readonly spaces: Spaces,
  ) {}

  /**
   * Finds the cells of some rules, one for each way to decide them.
   *
   * @returns how many classes of requests the cells stand for
   * @throws BudgetExceeded naming the field that explodes
   */
  public build(rules: readonly EdgeRule[]): number {
    this.cells.length = 0;
    this.counts.clear();
    this.followed = 0;
    const pending = rules.map((rule, index) => ({
      index,
      rule,
      formula: this.fold(rule.formula),
      watched: rule.watched,
    }));
    return this.visit(pending, 0, {});
  }

  /** A formula without the atoms whose answer is the same all over the scope. */
  public fold(formula: Formula): Formula {
    const known = new Map<number, Answer>();
    for (const atom of formula.atoms) {
      const question = this.edge.atoms.at(atom).question;
      const answers =
        question === undefined ? [] : this.classesOf(question.dimension, [atom]).map((each) => each.answers[0]);
      const [only, ...others] = new Set(answers);
      if (only !== undefined && others.length === 0) known.set(atom, only);
    }
    return this.restrict(formula, known);
  }

  private visit(given: readonly Pending[], depth: number, witness: Partial<Witness>): number {
    const pending = this.settle(given);
    const key = `${depth} ${pending.map(({ index, formula, watched }) => `${index}:${formula.id}:${watched.id}`).join()}`;
    const known = this.counts.get(key);
    if (known !== undefined) return known;
    const count =
      depth === ORDER.length ? this.collect(pending, witness as Witness) : this.split(pending, depth, witness);
    this.counts.set(key, count);
    if (this.counts.size > BUDGET.nodes) throw new BudgetExceeded(ORDER[depth] ?? "what is free");
    return count;
  }

  private split(pending: readonly Pending[], depth: number, witness: Partial<Witness>): number {
    const dimension = ORDER[depth] as Dimension;
    const asked = this.atomsOf(pending, dimension);
    let count = 0;
    for (const each of this.classesOf(dimension, asked)) {
      const known = new Map(asked.map((atom, index) => [atom, each.answers[index] ?? Answer.FREE]));
      const next = pending.map((one) => ({
        ...one,
        formula: this.restrict(one.formula, known),
        watched: this.restrict(one.watched, known),
      }));
      count += this.visit(next, depth + 1, { ...witness, ...each.witness });
    }
    return count;
  }

  private collect(pending: readonly Pending[], witness: Witness): number {
    const ways = new Map<EdgeRule | undefined, Way>();
    this.follow(pending, new Map(), { ways, seen: new Set() });
    this.cells.push({ witness, ways: [...ways.values()] });
    return 1;
  }

  /**
   * Follows the rules under every set of answers to what is free, as far as that decides. Answers that leave the same
   * undecided lead on alike, so they are followed once.
   */
  private follow(given: readonly Pending[], answers: Way["answers"], found: Followed): void {
    const pending = this.settle(given);
    const [first] = pending;
    const [atom] = first?.formula.atoms ?? [];
    const key = pending.map(({ index, formula }) => `${index}:${formula.id}`).join();
    if (found.seen.has(key)) return;
    found.seen.add(key);
    if (atom === undefined) {
      found.ways.set(first?.rule, { answers, ending: first?.rule });
      return;
    }
    this.followed += 1;
    if (this.followed > BUDGET.answers) throw new BudgetExceeded(this.edge.atoms.at(atom).text);
    for (const answer of [Answer.NO, Answer.YES]) {
      const known = new Map([[atom, answer]]);
      const next = pending.map((one) => ({ ...one, formula: this.restrict(one.formula, known) }));
      this.follow(next, new Map([...answers, [atom, answer === Answer.YES]]), found);
    }
  }

  /** Drops what can't match, and everything behind what certainly does. */
  private settle(pending: readonly Pending[]): readonly Pending[] {
    const { yes, no } = this.edge.formulas;
    const open = pending.filter(({ formula }) => formula !== no);
    const last = open.findIndex(({ formula }) => formula === yes);
    return last === -1 ? open : open.slice(0, last + 1);
  }

  private restrict(formula: Formula, known: Answers["known"]): Formula {
    return this.edge.formulas.restrict(formula, { known, freed: (atom) => this.edge.atoms.freed(atom) });
  }

  private atomsOf(pending: readonly Pending[], dimension: Dimension): readonly number[] {
    const atoms = new Set(pending.flatMap(({ formula, watched }) => [...formula.atoms, ...watched.atoms]));
    return [...atoms]
      .filter((atom) => this.edge.atoms.at(atom).question?.dimension === dimension)
      .sort((one, other) => one - other);
  }

  private classesOf(dimension: Dimension, atoms: readonly number[]): readonly DimensionClass[] {
    const key = `${dimension} ${atoms.join()}`;
    const ready =
      this.classes.get(key) ??
      this.spaces.classes(
        dimension,
        atoms.flatMap((atom) => this.edge.atoms.at(atom).question ?? []),
      );
    this.classes.set(key, ready);
    return ready;
  }
}
