import type { DecisionDiagram, Fork, Leaf, Node } from "../../../verification/solver/decision-diagram";
import { boxesOf } from "../../../verification/solver/regions";

type Outcome = "in" | "out";

const leaf = (id: number, outcome: Outcome): Leaf<Outcome> => ({ kind: "leaf", id, outcome });
const [OUT, IN] = [leaf(0, "out"), leaf(1, "in")];
const fork = (id: number, split: string, children: readonly Node<Outcome>[]): Fork<Outcome> => ({
  ...{ kind: "fork", id, split, children },
});
const partition = (count: number) => ({ atoms: [], classes: Array.from({ length: count }, () => ({ answers: [] })) });
const boxesIn = (root: Node<Outcome>) => {
  const diagram = { root, partitions: { x: partition(4), y: partition(2) } } as unknown as DecisionDiagram<
    Outcome,
    object
  >;
  const isWanted = (outcome: Outcome): outcome is "in" => outcome === "in";
  return boxesOf(diagram, { isWanted, widened: ["y", "x"] }).map(({ region }) =>
    Object.fromEntries([...region].map(([axis, classes]) => [axis, [...classes].sort()])),
  );
};
const [first, second] = [fork(2, "y", [IN, OUT]), fork(3, "y", [OUT, IN])];

test("two boxes that overlap are both shown", () => {
  expect(boxesIn(fork(4, "x", [first, IN, OUT, OUT]))).toEqual([{ x: [0, 1], y: [0] }, { x: [1] }]);
});

test("a box that two others cover together is left out", () => {
  expect(boxesIn(fork(4, "x", [first, IN, IN, second]))).toEqual([
    { x: [0, 1, 2], y: [0] },
    { x: [1, 2, 3], y: [1] },
  ]);
});
