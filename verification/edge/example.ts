import { type Address, FAMILIES } from "../../network/address";
import { bytesOf, type Expression } from "../../network/rules-language";
import { atomsOf, type DecisionDiagram } from "../solver/decision-diagram";
import { Answer, answerOf } from "../solver/formula";
import type { PartitionClass } from "../solver/partition";
import type { Region } from "../solver/regions";
import { EdgeAxis, type Point, requestAt } from "./axes";
import { understood, type EdgeSpace } from "./conditions";
import { evaluate } from "./evaluate/evaluate";
import { asRulesSee, type EdgeRequest } from "./evaluate/edge-request";
import type { PlacedRule } from "./rules";
import { adjusted, requestsLike } from "./similar-requests";

/** One request of a region, from an address of each family that there is. */
export interface Example {
  /** None where their bytes can't be written as text, or where the evaluator denies their assumptions. */
  readonly requests: readonly EdgeRequest[];
  /** The answers for the first request. */
  readonly known: ReadonlyMap<number, Answer>;
  /** Conditions that no axis decides: as the first request shows them, or as assumed where that is unknown. */
  readonly assumed: ReadonlyMap<number, boolean>;
}

/** Where examples are looked for. */
export interface Sought {
  readonly space: EdgeSpace;
  readonly partitions: DecisionDiagram<unknown, Point>["partitions"];
  /** The rules that ask. */
  readonly rules: readonly PlacedRule[];
}

/** The most natural request of a region. */
export function exampleOf(sought: Sought, region: Region): Example {
  const { normalised, scope } = sought.space;
  const expected = new Set([...(scope.likely?.hosts ?? []), ...(scope.likely?.paths ?? [])].map(bytesOf));
  const chosen = Object.values(EdgeAxis).map((axis) => {
    const own = classesIn(sought, region, axis);
    const certain = own.filter(({ assumed }) => assumed.length === 0);
    const best = certain.find(({ examples: [value] }) => isExpected(value, expected)) ?? certain[0] ?? own[0];
    return { axis, atoms: sought.partitions[axis].atoms, best };
  });
  const point = Object.fromEntries(chosen.map(({ axis, best }) => [axis, best?.examples[0]])) as unknown as Point;
  const known = new Map(
    chosen.flatMap(({ atoms, best }) => atoms.map((atom, at) => [atom, best?.answers[at] ?? Answer.NO] as const)),
  );
  const assumed = chosen.flatMap(({ best }) => best?.assumed ?? []);
  const unconstrained = [...region].flatMap(([split, own]) =>
    typeof split === "number" ? [[split, own.has(1)] as const] : [],
  );
  const requests = sourcesIn(sought, region).map((source) =>
    requestAt({ ...point, [EdgeAxis.SOURCE]: source }, normalised),
  );
  const example: Example = {
    requests: requests.filter((request) => request !== undefined),
    known,
    assumed: new Map([...assumed.map((atom) => [atom, known.get(atom) === Answer.YES] as const), ...unconstrained]),
  };
  return withoutContradictions(example, region, sought);
}

/** Values that people expect to see, an IPv4 address among them. */
function isExpected(value: unknown, expected: ReadonlySet<string>): boolean {
  if (typeof value === "string") return expected.has(value);
  return typeof value === "object" && value !== null && "family" in value && value.family === 4;
}

function classesIn({ partitions }: Sought, region: Region, axis: EdgeAxis): readonly PartitionClass[] {
  const classes: readonly PartitionClass[] = partitions[axis].classes;
  return classes.filter((_, index) => region.get(axis)?.has(index) !== false);
}

/** An address of each family that the region has. */
function sourcesIn(sought: Sought, region: Region): readonly Address[] {
  const all = classesIn(sought, region, EdgeAxis.SOURCE).flatMap(({ examples }) => examples as readonly Address[]);
  return FAMILIES.flatMap((family) => all.find((address) => address.family === family) ?? []);
}

/** A condition that no axis alone decides. */
interface Assumption {
  readonly condition: Expression;
  /** The answer that the requests of a region give; undefined where either would do. */
  readonly holds: boolean | undefined;
}

/**
 * The example with those of its requests whose assumptions the evaluator doesn't deny. It has none where such requests
 * aren't easily found, if there are any.
 */
function withoutContradictions(example: Example, region: Region, sought: Sought): Example {
  const { conditions } = sought.space;
  const asked = atomsOf(sought.rules.map(({ condition }) => condition));
  const unconstrained = [...asked].filter((atom) => conditions.at(atom).question === undefined);
  const assumptions = [...new Set([...example.assumed.keys(), ...unconstrained])].flatMap(
    (atom): readonly Assumption[] => {
      const condition = understood(conditions.at(atom).text);
      return condition === undefined ? [] : [{ condition, holds: example.assumed.get(atom) }];
    },
  );
  const answersAt = (request: EdgeRequest): readonly Known[] | undefined => knownAt(request, example, region, sought);
  const requests = example.requests.flatMap(
    (request) => assuming(request, assumptions, sought, (each) => answersAt(each) !== undefined) ?? [],
  );
  const [first] = requests;
  const known = first === undefined ? [] : (answersAt(first) ?? []);
  const seen = first && asRulesSee(first, sought.space.normalised);
  const others = unconstrained.map((atom): [number, boolean] => {
    const { expression } = conditions.at(atom);
    return [atom, expression !== undefined && seen !== undefined && evaluate(expression, seen).isTrue];
  });
  return {
    requests,
    known: new Map([...example.known, ...known]),
    assumed: new Map([...others, ...example.assumed]),
  };
}

/** A request that answers all conditions as assumed, as far as that is known; undefined where none is found. */
function assuming(
  request: EdgeRequest,
  assumptions: readonly Assumption[],
  { space: { normalised } }: Sought,
  isInside: (request: EdgeRequest) => boolean,
): EdgeRequest | undefined {
  const verdictOf = ({ condition }: Assumption, of: EdgeRequest): boolean | undefined =>
    evaluate(condition, asRulesSee(of, normalised)).value;
  const isMet = (each: Assumption, of: EdgeRequest): boolean => {
    const verdict = verdictOf(each, of);
    return each.holds === undefined ? verdict !== undefined : verdict === each.holds;
  };
  const found = adjusted(request, assumptions, isMet, ({ condition }, best) =>
    requestsLike(best, condition).filter(isInside),
  );
  // A condition that only the platform can look up is left open, such as the country of an address.
  const isOpen = (each: Assumption): boolean =>
    each.holds === undefined ||
    (verdictOf(each, found) === undefined && requestsLike(found, each.condition).length === 0);
  return assumptions.every((each) => isMet(each, found) || isOpen(each)) ? found : undefined;
}

type Known = readonly [atom: number, answer: Answer];

/** The axes that a request like the example may change. */
const CHANGING = [EdgeAxis.PATH, EdgeAxis.QUERY] as const;

/** The answers that are known for a request; undefined where it isn't in the region. */
function knownAt(request: EdgeRequest, example: Example, region: Region, sought: Sought): readonly Known[] | undefined {
  const { conditions, normalised } = sought.space;
  const seen = asRulesSee(request, normalised);
  const known = CHANGING.map((axis) => {
    const { atoms } = sought.partitions[axis];
    const answers = atoms.map((atom) => {
      const condition = conditions.at(atom).expression;
      const value = (condition && evaluate(condition, seen).value) ?? example.assumed.get(atom);
      return value === undefined ? undefined : answerOf(value);
    });
    const own = classesIn(sought, region, axis).find((each) =>
      each.answers.every((answer, at) => answer === answers[at]),
    );
    return own?.answers.map((answer, at): Known => [atoms[at] ?? 0, answer]);
  });
  return known.every((each) => each !== undefined) ? known.flat() : undefined;
}
