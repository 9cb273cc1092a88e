import { complement, holds as isWithin, intersection, type Intervals } from "../../network/intervals";
import { type Answer, answerOf } from "./formula";

/** A question about a value, and the answer that is asked for. */
export interface Asked<Question> {
  readonly question: Question;
  readonly holds: boolean;
}

/** Counts the cost of an answer. */
export type Spend = (steps: number, axis: string) => void;

/** The values of an axis that have the same answers. */
export interface AxisClass<Value> {
  /** One for each question. */
  readonly answers: readonly Answer[];
  /** The most natural of them: one of each kind that the axis tells apart, such as a family of addresses; at least one. */
  readonly examples: readonly Value[];
}

/** The values of one part of all that is asked about. */
export interface Axis<Question, Value> {
  /**
   * The most natural value that gives all of these answers; undefined where none does.
   *
   * @param spend is told how many steps it took
   * @throws over budget naming the axis where it costs too much to say
   */
  find(asked: readonly Asked<Question>[], spend?: Spend): Value | undefined;
  /**
   * The classes that some questions tell apart. With no question it is one class, or none where the axis has no value.
   *
   * @throws over budget naming the axis when there are too many of them
   */
  classes(questions: readonly Question[]): readonly AxisClass<Value>[];
  /** Whether a question holds for a value. */
  holds(question: Question, value: Value): boolean;
  /** Whether a value is one of the axis. */
  has(value: Value): boolean;
  /** The most natural values, which others may be replaced by. */
  readonly natural: readonly Value[];
  /**
   * Every value, where they are few.
   *
   * @default - too many to be written down
   */
  readonly all?: readonly Value[];
}

/** An axis of a few values, the most natural first. A question is a test of a value. */
export function finiteAxis<Value>(
  values: readonly Value[],
  sameValue: (one: Value, other: Value) => boolean,
): Axis<(value: Value) => boolean, Value> {
  const holds = (question: (value: Value) => boolean, value: Value): boolean => question(value);
  return {
    find: (asked) => values.find((value) => asked.every((each) => each.question(value) === each.holds)),
    classes: (questions) => firstOfEach(values, questions, holds),
    holds,
    has: (value) => values.some((each) => sameValue(each, value)),
    natural: values,
    all: values,
  };
}

/**
 * The integers of some intervals, from zero on. A question is a set of integers.
 *
 * @param expected integers that people expect to see, which stand for their classes in this order
 */
export function integerAxis(within: Intervals, expected: readonly bigint[]): Axis<Intervals, bigint> {
  const greatest = within.at(-1)?.last ?? 0n;
  const natural = expected.filter((value) => isWithin(within, value));
  return {
    find: (asked) => {
      const left = asked.reduce(
        (rest, { question, holds }) => intersection(rest, holds ? question : complement(question, greatest)),
        within,
      );
      return natural.find((value) => isWithin(left, value)) ?? left[0]?.first;
    },
    classes: (questions) => {
      // Answers change only where an interval begins or ends.
      const edges = [within, ...questions].flatMap((set) => set.flatMap(({ first, last }) => [first, last + 1n]));
      return firstOfEach([...natural, ...edges.filter((each) => isWithin(within, each))], questions, isWithin);
    },
    holds: isWithin,
    has: (value) => isWithin(within, value),
    natural,
  };
}

/** The classes of some values, each with the first of them. */
function firstOfEach<Question, Value>(
  values: readonly Value[],
  questions: readonly Question[],
  holds: (question: Question, value: Value) => boolean,
): readonly AxisClass<Value>[] {
  const classes = new Map<string, AxisClass<Value>>();
  for (const value of values) {
    const answers = questions.map((question) => answerOf(holds(question, value)));
    if (!classes.has(answers.join())) classes.set(answers.join(), { answers, examples: [value] });
  }
  return [...classes.values()];
}

/** A question about the value of one axis. */
export interface Question {
  readonly axis: string;
  /** As the axis takes it. */
  readonly asks: unknown;
}

/** Named axes. A point has a value of each, under its name; all of them together are asked about. */
export class Axes<Point extends object> {
  /** In the order in which they were given. */
  public readonly names: readonly (keyof Point & string)[];

  public constructor(private readonly axes: { readonly [Name in keyof Point]: Axis<unknown, Point[Name]> }) {
    this.names = Object.keys(axes) as (keyof Point & string)[];
  }

  public axis<Name extends keyof Point>(name: Name): Axis<unknown, Point[Name]> {
    return this.axes[name];
  }

  /**
   * The most natural point that gives some answers; undefined where there is none.
   *
   * @param spend is told how many steps it took
   * @throws over budget naming the axis where it costs too much to say
   */
  public find(asked: readonly Asked<Question>[], spend?: Spend): Point | undefined {
    const point: Partial<Point> = {};
    for (const name of this.names) {
      const value = this.axes[name].find(askedOf(name, asked), spend);
      if (value === undefined) return undefined;
      point[name] = value;
    }
    return point as Point;
  }

  /** Whether a question holds for a point. */
  public holds({ axis, asks }: Question, point: Point): boolean {
    const name = axis as keyof Point;
    return this.axes[name].holds(asks, point[name]);
  }

  /** Whether a point is one of these axes. */
  public has(point: Point): boolean {
    return this.names.every((name) => this.axes[name].has(point[name]));
  }

  /** For each axis, the points like another one of which that value is more natural, the most natural first. */
  public get moreNatural(): readonly ((point: Point) => readonly Point[])[] {
    return this.names.map((name) => (point) => {
      const { natural } = this.axes[name];
      const at = natural.map(keyOf).indexOf(keyOf(point[name]));
      return natural.slice(0, at === -1 ? natural.length : at).map((value) => ({ ...point, [name]: value }));
    });
  }

  /** Every point that differs from one in some axes alone; undefined where they are too many to be written down. */
  public pointsLike(point: Point, names: Iterable<string>): readonly Point[] | undefined {
    let points: readonly Point[] = [point];
    for (const name of names) {
      const { all } = this.axes[name as keyof Point];
      if (all === undefined || points.length * all.length > MOST_POINTS) return undefined;
      points = points.flatMap((each) => all.map((value) => ({ ...each, [name]: value })));
    }
    return points;
  }
}

/** The questions about one axis, and the answers that are asked for. */
export function askedOf(axis: string, asked: readonly Asked<Question>[]): readonly Asked<unknown>[] {
  return asked.flatMap(({ question, holds }) => (question.axis === axis ? { question: question.asks, holds } : []));
}

/** How many points are written down at most. */
const MOST_POINTS = 1_000;

const keyOf = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) => (typeof each === "bigint" ? String(each) : each));
