import fc from "fast-check";
import { parse } from "../../../network/rules-language";
import { EdgeAxis, type Point } from "../../../verification/edge/axes";
import { behaviourOf } from "../../../verification/edge/behaviour";
import { Conditions, edgeSpace } from "../../../verification/edge/conditions";
import {
  courseOf,
  endDecision,
  type Difference,
  differenceDecision,
  type Different,
} from "../../../verification/edge/course";
import { type DecisionDiagram, diagramOf, type Split } from "../../../verification/solver/decision-diagram";
import { ChangeKind, diffOf } from "../../../verification/edge/compare";
import type { End, Destination } from "../../../verification/edge/ends";
import { boxesOf, type Region } from "../../../verification/solver/regions";
import { effectiveRules } from "../../../verification/edge/rules";
import { WIDENED } from "../../../verification/edge/describe";
import { evaluate } from "../../../verification/edge/evaluate/evaluate";
import { asRulesSee } from "../../../verification/edge/evaluate/edge-request";
import { trace } from "../../../verification/edge/evaluate/trace";
import type { EdgeZone } from "../../../verification/edge/zone";
import type { PartitionClass } from "../../../verification/solver/partition";
import { runs } from "../../support/sample";
import { changes, REQUESTS, UNIVERSE, zones } from "./universe";

/** The oracle asks the evaluator alone: about each request as a whole, and about each condition by itself. */
const ends = (zone: EdgeZone): readonly Destination[] => REQUESTS.map((request) => trace(zone, request).destination);
const differs = (one: Destination | undefined, other: Destination | undefined): boolean =>
  JSON.stringify(one) !== JSON.stringify(other);

const SEEN = REQUESTS.map((request) => asRulesSee(request, true));

/** The classes of every request, one of each field. */
function classesOf({ at }: Conditions, { partitions }: DecisionDiagram<unknown, Point>): readonly Classes[] {
  const asked = Object.values(EdgeAxis).map((axis) => ({
    axis,
    conditions: partitions[axis].atoms.map((atom) => parse(at(atom).text)),
    classes: (partitions[axis].classes as readonly PartitionClass[]).map(({ answers }) => answers.join()),
  }));
  return SEEN.map(
    (request) =>
      new Map(
        asked.map(({ axis, conditions, classes }) => {
          const answers = conditions.map((condition) => Number(evaluate(condition, request).isTrue)).join();
          return [axis, classes.indexOf(answers)];
        }),
      ),
  );
}

type Classes = ReadonlyMap<Split, number>;

function outcomeAt<T>({ root }: DecisionDiagram<T, Point>, classes: Classes): T {
  let node = root;
  while (node.kind === "fork") {
    const child = node.children[classes.get(node.split) ?? -1];
    if (child === undefined) throw new Error("the request is of no class");
    node = child;
  }
  return node.outcome;
}

const isIn = (region: Region, classes: Classes): boolean =>
  [...region].every(([axis, own]) => own.has(classes.get(axis) ?? -1));

function compared(before: EdgeZone, after: EdgeZone) {
  const conditions = new Conditions();
  const [one, other] = [before, after].map((zone) => courseOf(effectiveRules(zone, conditions, false)));
  const decision = differenceDecision(conditions.formulas, one ?? NOTHING, other ?? NOTHING);
  return { conditions, diagram: diagramOf(edgeSpace(conditions, UNIVERSE, true), decision) };
}

const NOTHING = { stops: [], settings: [] };
const isDifferent = (outcome: Difference): outcome is Different => outcome.kind === "different";

const RUNS = { seed: 7, numRuns: runs(5, 100) };

describe("a diagram of two zones", () => {
  test("differs exactly for the requests that the evaluator ends otherwise", () => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(changes, ([before, after]) => {
        const { conditions, diagram } = compared(before, after);
        const [start, end] = [ends(before), ends(after)];
        const boxes = boxesOf(diagram, { isWanted: isDifferent, widened: WIDENED });
        const classes = classesOf(conditions, diagram);
        const expected = REQUESTS.map((_, index) => differs(start[index], end[index]));
        expect(classes.map((each) => isDifferent(outcomeAt(diagram, each)))).toEqual(expected);
        expect(classes.map((each) => boxes.some(({ region }) => isIn(region, each)))).toEqual(expected);
        expected.forEach((each) => seen.add(each));
      }),
      RUNS,
    );
    expect(seen.size).toBe(2);
  });

  test("is one node where the evaluator finds no difference", () => {
    fc.assert(
      fc.property(changes, ([before, after]) => {
        const [start, end] = [ends(before), ends(after)];
        const isSame = start.every((each, index) => !differs(each, end[index]));
        expect(diffOf(before, after, { scope: UNIVERSE }).changes.length === 0).toBe(isSame);
      }),
      RUNS,
    );
  });
});

describe("the changes between two zones", () => {
  const kindOf = (before: Destination, after: Destination): ChangeKind => {
    if (before.kind === after.kind) return ChangeKind.CHANGED;
    if (after.kind === "origin") return ChangeKind.OPENED;
    return before.kind === "origin" ? ChangeKind.CLOSED : ChangeKind.CHANGED;
  };

  test("have examples that the evaluator ends by the rules named", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(changes, ([before, after]) => {
        for (const change of diffOf(before, after, { scope: UNIVERSE }).changes) {
          const [first] = change.examples;
          for (const example of change.examples) {
            const [start, end] = [trace(before, example), trace(after, example)];
            expect(REQUESTS).toContainEqual(example);
            expect(differs(start.destination, end.destination)).toBe(true);
            expect(kindOf(start.destination, end.destination)).toBe(change.kind);
            expect(change.before.end.kind).toBe(start.destination.kind);
            expect(change.after.end.kind).toBe(end.destination.kind);
            if (example === first && start.ending !== undefined) expect(change.before.rule).toBe(start.ending);
            if (example === first && end.ending !== undefined) expect(change.after.rule).toBe(end.ending);
          }
          expect(first).toBeDefined();
          seen.add(change.kind);
        }
      }),
      RUNS,
    );
    expect([...seen].sort()).toEqual(["changed", "closed", "opened"]);
  });

  test("are mirrored by those in the other direction", () => {
    const mirror: Readonly<Record<string, string>> = { opened: "closed", closed: "opened" };
    fc.assert(
      fc.property(changes, ([before, after]) => {
        const there = diffOf(before, after, { scope: UNIVERSE }).changes;
        const back = diffOf(after, before, { scope: UNIVERSE }).changes;
        const texts = there.map((each) => JSON.stringify([each.kind, each.requests, each.examples])).sort();
        const mirrored = back.map((each) =>
          JSON.stringify([mirror[each.kind] ?? each.kind, each.requests, each.examples]),
        );
        expect(mirrored.sort()).toEqual(texts);
      }),
      RUNS,
    );
  });

  test("are none between a zone and itself", () => {
    fc.assert(
      fc.property(zones, (zone) => {
        expect(diffOf(zone, zone)).toEqual({ changes: [], undecided: [] });
      }),
      RUNS,
    );
  });
});

describe("a diagram of one zone", () => {
  test("ends every request as the evaluator does", () => {
    fc.assert(
      fc.property(zones, (zone) => {
        const conditions = new Conditions();
        const decision = endDecision(conditions.formulas, courseOf(effectiveRules(zone, conditions, false)));
        const diagram = diagramOf(edgeSpace(conditions, UNIVERSE, true), decision);
        const boxes = boxesOf(diagram, { isWanted: (end): end is End => end.key !== "", widened: WIDENED });
        const classes = classesOf(conditions, diagram);
        const found = classes.map((each) => outcomeAt(diagram, each));
        const expected = ends(zone).map((end) => (end.kind === "origin" ? end : { kind: end.kind }));
        expect(found).toMatchObject(expected);
        const told = classes.map((each) => [...new Set(boxes.filter(({ region }) => isIn(region, each)))]);
        expect(told.map((own) => new Set(own.map(({ outcome }) => outcome)))).toEqual(
          found.map((end) => new Set([end])),
        );
      }),
      RUNS,
    );
  });

  test("is told in parts whose examples the evaluator ends so", () => {
    fc.assert(
      fc.property(zones, (zone) => {
        const { parts, undecided } = behaviourOf(zone, { scope: UNIVERSE });
        expect(undecided).toEqual([]);
        for (const { end, rule, examples } of parts) {
          const traces = examples.map((example) => trace(zone, example));
          expect(traces.map(({ destination }) => destination.kind)).toEqual(examples.map(() => end.kind));
          if (traces[0]?.ending !== undefined) expect(rule).toBe(traces[0].ending);
        }
      }),
      RUNS,
    );
  });
});
