import type { Asked, Axis, AxisClass, Spend } from "./axis";

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

  /** The classes of an axis that some questions about it tell apart. */
  public classes(name: keyof Point, asked: readonly Question[]): readonly AxisClass<Point[keyof Point]>[] {
    return this.axes[name].classes(asked.map(({ asks }) => asks));
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

  /** Whether some value gives an answer. */
  public isPossible({ question: { axis, asks }, holds }: Asked<Question>): boolean {
    return this.axes[axis as keyof Point].find([{ question: asks, holds }]) !== undefined;
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
