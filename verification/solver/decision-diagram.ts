import { BUDGET, overBudget } from "./budget";
import { Answer, type Formula, type Formulas } from "./formula";
import { type Partition, type PartitionClass, partitionOf, type Space } from "./partition";

/** A function of points that is decided as far as the answers of atoms are known. */
export interface Decision<T extends Outcome> {
  /** Equal keys, equal decisions. */
  readonly key: string;
  /** The atoms that are still asked for. */
  readonly asked: ReadonlySet<number>;
  /** Undefined while an open question matters. */
  readonly outcome: T | undefined;
  readonly restricted: (restrict: Restrict) => Decision<T>;
}

/** Equal keys, equal outcomes. */
export interface Outcome {
  readonly key: string;
}

/** Replaces atoms by their answers. */
export type Restrict = (formula: Formula) => Formula;

export function atomsOf(formulas: readonly Formula[]): ReadonlySet<number> {
  return new Set(formulas.flatMap(({ atoms }) => [...atoms]));
}

/** An outcome, and the condition under which it applies. */
export interface Case<T extends Outcome> {
  readonly formula: Formula;
  readonly outcome: T;
}

/**
 * Decides by the first of some cases that holds.
 *
 * @param otherwise the outcome where none does
 */
export function firstMatch<T extends Outcome>(
  formulas: Formulas,
  cases: readonly Case<T>[],
  otherwise: T,
): Decision<T> {
  const possible = cases.filter(({ formula }) => formula !== formulas.no);
  const certain = possible.findIndex(({ formula }) => formula === formulas.yes);
  const open = certain === -1 ? possible : possible.slice(0, certain);
  const last = possible[certain]?.outcome ?? otherwise;
  return {
    key: [...open.map(({ formula, outcome }) => `${formula.id}:${outcome.key}`), last.key].join("\n"),
    asked: atomsOf(open.map(({ formula }) => formula)),
    outcome: open.every(({ outcome }) => outcome.key === last.key) ? last : undefined,
    restricted: (restrict) =>
      firstMatch(
        formulas,
        open.map((each) => ({ ...each, formula: restrict(each.formula) })),
        last,
      ),
  };
}

/** An axis by its name, or an unconstrained atom: a fork has one child for each class of it, or for NO and YES. */
export type Split = string | number;

/** One node of a diagram. Nodes that decide alike are one object. */
export type Node<T> = Leaf<T> | Fork<T>;

export interface Leaf<T> {
  readonly kind: "leaf";
  readonly id: number;
  readonly outcome: T;
}

export interface Fork<T> {
  readonly kind: "fork";
  readonly id: number;
  readonly split: Split;
  readonly children: readonly Node<T>[];
}

export interface DecisionDiagram<T, Point extends object> {
  readonly root: Node<T>;
  readonly partitions: { readonly [Name in keyof Point]: Partition<Point[Name]> };
}

/**
 * The decision diagram of a decision. It splits all points axis by axis into the classes that its questions tell apart,
 * and then by what is unconstrained. It is reduced and shares its nodes, so two parts of it decide alike exactly when
 * they are one object.
 *
 * @throws over budget naming the axis that explodes
 * @see https://doi.org/10.1016/j.comnet.2006.06.015 (Gouda and Liu, Structured firewall design)
 */
export function diagramOf<T extends Outcome, Point extends object>(
  space: Space<Point>,
  decision: Decision<T>,
): DecisionDiagram<T, Point> {
  const { names } = space.axes;
  const partitions = Object.fromEntries(names.map((name) => [name, partitionOf(space, name, decision.asked)]));
  const builder = new Builder<T, Point>(space, partitions);
  return { root: builder.visit(decision, 0), partitions: partitions as DecisionDiagram<T, Point>["partitions"] };
}

class Builder<T extends Outcome, Point extends object> {
  private readonly nodes = new Map<string, Node<T>>();
  private readonly visited = new Map<string, Node<T>>();

  public constructor(
    private readonly space: Space<Point>,
    private readonly partitions: Readonly<Record<string, Partition>>,
  ) {}

  public visit(decision: Decision<T>, depth: number): Node<T> {
    if (decision.outcome !== undefined) return this.leaf(decision.outcome);
    const key = `${depth} ${decision.key}`;
    const node = this.visited.get(key) ?? this.split(decision, depth);
    this.visited.set(key, node);
    if (this.visited.size > BUDGET.nodes) overBudget(this.space.axes.names[depth] ?? "what is unconstrained");
    return node;
  }

  private split(decision: Decision<T>, depth: number): Node<T> {
    const name = this.space.axes.names[depth];
    if (name === undefined) return this.splitUnconstrained(decision, depth);
    const { atoms = [], classes = [] } = this.partitions[name] ?? {};
    const asked = atoms.flatMap((atom, index) => (decision.asked.has(atom) ? index : []));
    if (asked.length === 0) return this.visit(decision, depth + 1);
    const children = new Map<string, Node<T>>();
    const childOf = ({ answers }: PartitionClass): Node<T> => {
      const key = asked.map((index) => answers[index]).join("");
      const known = asked.map((index) => [atoms[index] ?? 0, answers[index] ?? Answer.NO] as const);
      const child = children.get(key) ?? this.visit(this.answered(decision, new Map(known)), depth + 1);
      children.set(key, child);
      return child;
    };
    return this.fork(name, classes.map(childOf));
  }

  private splitUnconstrained(decision: Decision<T>, depth: number): Node<T> {
    const atom = Math.min(...decision.asked);
    const children = [Answer.NO, Answer.YES].map((answer) =>
      this.visit(this.answered(decision, new Map([[atom, answer]])), depth),
    );
    return this.fork(atom, children);
  }

  private answered(decision: Decision<T>, known: ReadonlyMap<number, Answer>): Decision<T> {
    return decision.restricted((formula) => this.space.formulas.restrict(formula, known));
  }

  private leaf(outcome: T): Node<T> {
    return this.shared(`leaf ${outcome.key}`, (id) => ({ kind: "leaf", id, outcome }));
  }

  private fork(split: Split, children: readonly Node<T>[]): Node<T> {
    const [first] = children;
    if (first !== undefined && children.every((child) => child === first)) return first;
    const key = `${split} ${children.map(({ id }) => id).join()}`;
    return this.shared(key, (id) => ({ kind: "fork", id, split, children }));
  }

  private shared(key: string, make: (id: number) => Node<T>): Node<T> {
    const node = this.nodes.get(key) ?? make(this.nodes.size);
    this.nodes.set(key, node);
    return node;
  }
}

/** Every fork below a node, itself included, each once. */
export function forksOf<T>(root: Node<T>): readonly Fork<T>[] {
  const seen = new Set<Node<T>>([root]);
  for (const node of seen) if (node.kind === "fork") node.children.forEach((child) => seen.add(child));
  return [...seen].filter((node) => node.kind === "fork");
}

/** Every outcome that some points come to. */
export function outcomesOf<T>(root: Node<T>): readonly T[] {
  return [...sharesOf(root).keys()];
}

/** Which share of a diagram's classes comes to each outcome. */
export function sharesOf<T>(root: Node<T>): ReadonlyMap<T, number> {
  const shares = new Map<Node<T>, number>([[root, 1]]);
  const outcomes = new Map<T, number>();
  const parentsFirst = [...forksOf(root)].sort((one, other) => other.id - one.id);
  for (const fork of parentsFirst) {
    const share = (shares.get(fork) ?? 0) / fork.children.length;
    for (const child of fork.children) shares.set(child, (shares.get(child) ?? 0) + share);
  }
  for (const [node, share] of shares) if (node.kind === "leaf") outcomes.set(node.outcome, share);
  return outcomes;
}
