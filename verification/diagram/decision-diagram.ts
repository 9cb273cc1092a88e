import { Dimension } from "../classes/dimension";
import type { Spaces } from "../edge/spaces";
import { Answer } from "../solver/answer";
import { BUDGET, BudgetExceeded } from "../solver/budget";
import type { Decision, Outcome } from "./decision";
import type { Language } from "./language";
import { type Partition, type PartitionClass, partitionOf } from "./partition";

/** What a fork asks for: a field's class, or whether a free atom holds. */
export type Axis = Dimension | number;

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
  readonly axis: Axis;
  /** One for each class of the axis; for a free atom, where it doesn't hold and where it does. */
  readonly children: readonly Node<T>[];
}

export interface Diagram<T> {
  readonly root: Node<T>;
  readonly partitions: Readonly<Record<Dimension, Partition>>;
}

/** In this order the fields are asked for: those with few values first. What is free comes last. */
export const DIMENSIONS: readonly Dimension[] = Object.values(Dimension);

/**
 * A firewall decision diagram of a decision: requests are split field by field into the classes that all its questions
 * tell apart. It is reduced and shares its nodes, so two parts of it decide alike exactly when they are one object.
 *
 * @throws BudgetExceeded naming the field that explodes
 * @see https://doi.org/10.1016/j.comnet.2006.06.015 (Gouda and Liu, Structured firewall design)
 */
export function diagramOf<T extends Outcome>(language: Language, spaces: Spaces, decision: Decision<T>): Diagram<T> {
  const builder = new Builder<T>(language, partitionsOf(language, spaces, decision));
  return { root: builder.visit(decision, 0), partitions: builder.partitions };
}

function partitionsOf<T extends Outcome>(
  language: Language,
  spaces: Spaces,
  { asked }: Decision<T>,
): Diagram<T>["partitions"] {
  const of = (dimension: Dimension): Partition => partitionOf(language, spaces, dimension, asked);
  return {
    [Dimension.CONNECTION]: of(Dimension.CONNECTION),
    [Dimension.SOURCE]: of(Dimension.SOURCE),
    [Dimension.METHOD]: of(Dimension.METHOD),
    [Dimension.HOST]: of(Dimension.HOST),
    [Dimension.QUERY]: of(Dimension.QUERY),
    [Dimension.PATH]: of(Dimension.PATH),
  };
}

class Builder<T extends Outcome> {
  private readonly nodes = new Map<string, Node<T>>();
  private readonly visited = new Map<string, Node<T>>();

  public constructor(
    private readonly language: Language,
    public readonly partitions: Diagram<T>["partitions"],
  ) {}

  public visit(decision: Decision<T>, depth: number): Node<T> {
    if (decision.outcome !== undefined) return this.leaf(decision.outcome);
    const key = `${depth} ${decision.key}`;
    const node = this.visited.get(key) ?? this.split(decision, depth);
    this.visited.set(key, node);
    if (this.visited.size > BUDGET.nodes) throw new BudgetExceeded(DIMENSIONS[depth] ?? "what is free");
    return node;
  }

  private split(decision: Decision<T>, depth: number): Node<T> {
    const dimension = DIMENSIONS[depth];
    if (dimension === undefined) return this.splitFree(decision, depth);
    const { atoms, classes } = this.partitions[dimension];
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
    return this.fork(dimension, classes.map(childOf));
  }

  private splitFree(decision: Decision<T>, depth: number): Node<T> {
    const atom = Math.min(...decision.asked);
    const children = [Answer.NO, Answer.YES].map((answer) =>
      this.visit(this.answered(decision, new Map([[atom, answer]])), depth),
    );
    return this.fork(atom, children);
  }

  private answered(decision: Decision<T>, known: ReadonlyMap<number, Answer>): Decision<T> {
    const { formulas, atoms } = this.language;
    const answers = { known, freed: (atom: number) => atoms.freed(atom) };
    return decision.restricted((formula) => formulas.restrict(formula, answers));
  }

  private leaf(outcome: T): Node<T> {
    return this.shared(`leaf ${outcome.key}`, (id) => ({ kind: "leaf", id, outcome }));
  }

  private fork(axis: Axis, children: readonly Node<T>[]): Node<T> {
    const [first] = children;
    if (first !== undefined && children.every((child) => child === first)) return first;
    const key = `${axis} ${children.map(({ id }) => id).join()}`;
    return this.shared(key, (id) => ({ kind: "fork", id, axis, children }));
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

/** Every outcome that some requests come to. */
export function outcomesOf<T>(root: Node<T>): readonly T[] {
  const nodes = root.kind === "leaf" ? [root] : forksOf(root).flatMap(({ children }) => children);
  return [...new Set(nodes.flatMap((node) => (node.kind === "leaf" ? [node.outcome] : [])))];
}
