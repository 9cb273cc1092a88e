import { type Expression, parse, RulesLanguageError } from "../../network/rules-language";
import { EdgeAxis } from "../edge/axes";
import { evaluate } from "../edge/evaluate";
import { asRulesSee, type EdgeRequest } from "../edge/evaluate/edge-request";
import { type Answer, answerOf } from "../solver/answer";
import { attemptsFor } from "./attempts";
import type { PartitionClass } from "../solver/partition";
import type { Region } from "../solver/regions";
import type { Example, Sought } from "./sought";

/** A condition that no field alone decides. */
interface Assumption {
  readonly condition: Expression;
  /** The answer that the requests of a region give; undefined where either would do. */
  readonly holds: boolean | undefined;
}

/**
 * The example with requests of which the evaluator doesn't deny what is assumed. It has none where such requests aren't
 * easily found, if there are any.
 */
export function withoutContradictions(example: Example, region: Region, sought: Sought): Example {
  const { language, normalised, free } = sought;
  const atoms = new Set([...example.assumed.keys(), ...free]);
  const assumptions = [...atoms].flatMap((atom): readonly Assumption[] => {
    const condition = understood(language.at(atom).text);
    return condition === undefined ? [] : [{ condition, holds: example.assumed.get(atom) }];
  });
  if (assumptions.length === 0) return example;
  const classesAt = (request: EdgeRequest): readonly Known[] | undefined => knownAt(request, example, region, sought);
  const requests = example.requests.flatMap(
    (request) => assumed(request, assumptions, normalised, (each) => classesAt(each) !== undefined) ?? [],
  );
  const [first] = requests;
  const known = first === undefined ? [] : (classesAt(first) ?? []);
  return { ...example, requests, known: new Map([...example.known, ...known]) };
}

function understood(text: string): Expression | undefined {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof RulesLanguageError)) throw error;
    return undefined;
  }
}

/** A request that answers all conditions as assumed, as far as that is known; undefined where none is found. */
function assumed(
  request: EdgeRequest,
  assumptions: readonly Assumption[],
  normalised: boolean,
  isInside: (request: EdgeRequest) => boolean,
): EdgeRequest | undefined {
  const verdictOf = ({ condition }: Assumption, of: EdgeRequest): boolean | undefined =>
    evaluate(condition, asRulesSee(of, normalised)).value;
  const isMet = (each: Assumption, of: EdgeRequest): boolean => {
    const verdict = verdictOf(each, of);
    return each.holds === undefined ? verdict !== undefined : verdict === each.holds;
  };
  const found = assumptions.reduce((best, each) => {
    if (isMet(each, best)) return best;
    const kept = [each, ...assumptions.filter((other) => isMet(other, best))];
    const fits = (attempt: EdgeRequest): boolean => isInside(attempt) && kept.every((other) => isMet(other, attempt));
    return attemptsFor(each.condition, best).find(fits) ?? best;
  }, request);
  // What only the platform can look up is left open: such as the country of an address.
  const isOpen = (each: Assumption): boolean =>
    each.holds === undefined ||
    (verdictOf(each, found) === undefined && attemptsFor(each.condition, found).length === 0);
  return assumptions.every((each) => isMet(each, found) || isOpen(each)) ? found : undefined;
}

type Known = readonly [atom: number, answer: Answer];

/** What an attempt may change of a request. */
const CHANGING = [EdgeAxis.PATH, EdgeAxis.QUERY] as const;

/** What is true of a request; undefined where it isn't in the region. */
function knownAt(
  request: EdgeRequest,
  example: Example,
  region: Region,
  { language, partitions, normalised }: Sought,
): readonly Known[] | undefined {
  const seen = asRulesSee(request, normalised);
  const known = CHANGING.map((axis) => {
    const { atoms, classes } = partitions[axis];
    const answers = atoms.map((atom) => {
      const { value = example.assumed.get(atom) } = evaluate(parse(language.at(atom).text), seen);
      return value === undefined ? undefined : answerOf(value);
    });
    const isOwn = (each: PartitionClass, index: number): boolean =>
      region.get(axis)?.has(index) !== false && each.answers.every((answer, at) => answer === answers[at]);
    return classes.find(isOwn)?.answers.map((answer, at): Known => [atoms[at] ?? 0, answer]);
  });
  return known.every((each) => each !== undefined) ? known.flat() : undefined;
}
