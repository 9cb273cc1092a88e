import { LogicalOperator } from "../../../network/rules-language";
import { Axes } from "../../../verification/solver/axes";
import { firstMatch } from "../../../verification/solver/decision";
import { diagramOf } from "../../../verification/solver/decision-diagram";
import { finiteAxis } from "../../../verification/solver/finite-axis";
import { type Formula, Formulas } from "../../../verification/solver/formula";
import { boxesOf } from "../../../verification/solver/regions";

const NAMES = ["one", "two", "three"] as const;
const [NO, YES] = [{ key: "no" }, { key: "yes" }];
const { AND, OR } = LogicalOperator;

type Bits = Record<(typeof NAMES)[number], boolean>;

const bit = () => finiteAxis([false, true], (one, other) => one === other);

/** The boxes of the points for which a formula over three bits holds, as the bits that they ask for. */
function boxes(made: (formulas: Formulas, bits: readonly Formula[]) => Formula): readonly unknown[] {
  const formulas = new Formulas();
  const formula = made(
    formulas,
    NAMES.map((_, atom) => formulas.atom(atom)),
  );
  const space = {
    formulas,
    axes: new Axes<Bits>({ one: bit(), two: bit(), three: bit() }),
    atomAt: (atom: number) => ({
      text: NAMES[atom] ?? "",
      question: { axis: NAMES[atom] ?? "", asks: (value: boolean) => value },
    }),
  };
  const diagram = diagramOf(space, firstMatch(formulas, [{ formula, outcome: YES }], NO));
  const isWanted = (outcome: typeof YES): outcome is typeof YES => outcome === YES;
  return boxesOf(diagram, { isWanted, widened: [...NAMES] }).map(({ region }) =>
    Object.fromEntries([...region].map(([split, own]) => [split, own.has(1)])),
  );
}

test("a box is as large as it may be", () => {
  expect(boxes((formulas, [one, two]) => formulas.join(OR, [one, two] as Formula[]))).toEqual([
    { two: true },
    { one: true },
  ]);
});

test("a box that others cover together is left out", () => {
  const found = boxes((formulas, bits) => {
    const [one, two, three] = bits as [Formula, Formula, Formula];
    return formulas.join(OR, [
      formulas.join(AND, [three, one]),
      formulas.join(AND, [formulas.not(three), two]),
    ]);
  });
  expect(found).toHaveLength(2);
  expect(found).toEqual(expect.arrayContaining([{ three: true, one: true }, { three: false, two: true }]));
});
