import { Answer, type Formulas } from "./formula";
import type { Axes, Question } from "./axes";
import { BUDGET, overBudget } from "./budget";

/** A part of conditions that is true or false of a point as a whole. */
export interface Atom {
  /** The same text is the same condition. */
  readonly text: string;
  /** Undefined where it is unconstrained: no axis says for which points it is true. */
  readonly question: Question | undefined;
}

/** All that decisions may ask. */
export interface Space<Point extends object> {
  readonly formulas: Formulas;
  /** Asked for in their order: those with few values come first. */
  readonly axes: Axes<Point>;
  readonly atomAt: (atom: number) => Atom;
  /**
   * The conditions, by their texts, that are true wherever others are.
   *
   * @default - none is known to be
   */
  readonly implicationsIn?: (conditions: readonly string[]) => readonly Implication[];
}

/** A place among some conditions, and one of another that is true wherever the first is. */
export type Implication = readonly [condition: number, implied: number];

/** The values of an axis as far as some questions tell them apart. */
export interface Partition<Value = unknown> {
  /** Those that ask about the axis, by their texts. */
  readonly atoms: readonly number[];
  readonly classes: readonly PartitionClass<Value>[];
}

/** Values with the same answers. */
export interface PartitionClass<Value = unknown> {
  /** One for each atom: yes or no. */
  readonly answers: readonly Answer[];
  /**
   * The atoms whose answers are assumed: it is unknown for which values they are true. There may be no such value, and the
   * examples need not be one.
   */
  readonly assumed: readonly number[];
  /** As the axis has them, the most natural first. */
  readonly examples: readonly Value[];
}

/** How many answers of one class may be unknown. */
const MOST_ASSUMED = Math.floor(Math.log2(BUDGET.nodes));

/** @throws over budget when there are too many classes */
export function partitionOf<Point extends object, Name extends keyof Point & string>(
  space: Space<Point>,
  name: Name,
  asked: Iterable<number>,
): Partition<Point[Name]> {
  const { axes, atomAt, implicationsIn = () => [] } = space;
  const atoms = [...asked]
    .filter((atom) => atomAt(atom).question?.axis === name)
    .sort((one, other) => (atomAt(one).text < atomAt(other).text ? -1 : 1));
  const questions = atoms.map((atom) => atomAt(atom).question?.asks);
  const classes = axes
    .axis(name)
    .classes(questions)
    .flatMap(({ answers, examples }) => known(name, atoms, answers).map((each) => ({ ...each, examples })));
  const consistent = consistentIn(classes, () => implicationsIn(atoms.map((atom) => atomAt(atom).text)));
  if (consistent.length > BUDGET.nodes) overBudget(name);
  return { atoms, classes: consistent };
}

/** One class for each set of answers in the place of those that are unknown. */
function known(
  name: string,
  atoms: readonly number[],
  answers: readonly Answer[],
): readonly Pick<PartitionClass, "answers" | "assumed">[] {
  const open = answers.flatMap((answer, index) => (answer === Answer.UNKNOWN ? index : []));
  if (open.length > MOST_ASSUMED) overBudget(name);
  const assumed = open.map((index) => atoms[index] ?? 0);
  return Array.from({ length: 2 ** open.length }, (_, choice) => ({
    answers: answers.map((answer, index) => (answer === Answer.UNKNOWN ? bitOf(choice, open.indexOf(index)) : answer)),
    assumed,
  }));
}

function bitOf(choice: number, place: number): Answer {
  return (choice >> place) & 1 ? Answer.YES : Answer.NO;
}

/** The classes that assume each true condition together with those that it implies. */
function consistentIn<Value>(
  classes: readonly PartitionClass<Value>[],
  implicationsIn: () => readonly Implication[],
): readonly PartitionClass<Value>[] {
  if (classes.every(({ assumed }) => assumed.length === 0)) return classes;
  const implications = implicationsIn();
  const isContradiction = (answers: readonly Answer[]): boolean =>
    implications.some(([condition, implied]) => answers[condition] === Answer.YES && answers[implied] === Answer.NO);
  return classes.filter(({ answers, assumed }) => assumed.length === 0 || !isContradiction(answers));
}
