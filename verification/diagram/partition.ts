import { Dimension } from "../classes/dimension";
import type { DimensionClass, Spaces } from "../edge/spaces";
import type { Witness } from "../edge/witness";
import { Answer } from "../solver/answer";
import { BUDGET, BudgetExceeded } from "../solver/budget";
import { type Implication, implicationsIn } from "./implied";
import type { Language } from "./language";

/** A field's values as far as some questions tell them apart. */
export interface Partition {
  readonly dimension: Dimension;
  readonly atoms: readonly number[];
  readonly classes: readonly PartitionClass[];
}

/** Values with the same answers. */
export interface PartitionClass {
  /** One for each atom; none is free. */
  readonly answers: readonly Answer[];
  /**
   * The atoms whose answers are assumed: nobody here can tell which values they are true of. There may be no such value,
   * and the witness need not be one.
   */
  readonly assumed: readonly number[];
  readonly witness: Partial<Witness>;
}

/** How many classes of a field one class may stand for. */
const MOST_ASSUMED = Math.floor(Math.log2(BUDGET.nodes));

/** @throws BudgetExceeded when there are too many classes */
export function partitionOf(
  { atoms }: Language,
  spaces: Spaces,
  dimension: Dimension,
  asked: Iterable<number>,
): Partition {
  const own = [...asked]
    .filter((atom) => atoms.at(atom).question?.dimension === dimension)
    .sort((one, other) => (atoms.at(one).text < atoms.at(other).text ? -1 : 1));
  const questions = own.flatMap((atom) => atoms.at(atom).question ?? []);
  const implications = implicationsIn(own.map((atom) => atoms.at(atom).text));
  const classes = spaces
    .classes(dimension, questions)
    .flatMap((each) => decided(dimension, own, each))
    .filter(({ answers, assumed }) => assumed.length === 0 || isPossible(answers, implications));
  if (classes.length > BUDGET.nodes) throw new BudgetExceeded(dimension);
  return { dimension, atoms: own, classes };
}

/** One class for each set of answers to what is free. */
function decided(
  dimension: Dimension,
  atoms: readonly number[],
  { answers, witness }: DimensionClass,
): readonly PartitionClass[] {
  const free = answers.flatMap((answer, index) => (answer === Answer.FREE ? index : []));
  if (free.length > MOST_ASSUMED) throw new BudgetExceeded(dimension);
  const assumed = free.map((index) => atoms[index] ?? 0);
  return Array.from({ length: 2 ** free.length }, (_, choice) => ({
    answers: answers.map((answer, index) => (answer === Answer.FREE ? bitOf(choice, free.indexOf(index)) : answer)),
    ...{ assumed, witness },
  }));
}

/** Whether what is assumed doesn't contradict itself, as a word without a part of it would. */
function isPossible(answers: readonly Answer[], implications: readonly Implication[]): boolean {
  return implications.every(
    ([condition, implied]) => answers[condition] !== Answer.YES || answers[implied] !== Answer.NO,
  );
}

function bitOf(choice: number, place: number): Answer {
  return (choice >> place) & 1 ? Answer.YES : Answer.NO;
}
