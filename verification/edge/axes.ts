import type { Address } from "../../network/address";
import { AddressSet } from "../../network/address-set";
import { type Bytes, bytesOf } from "../../network/rules-language";
import { type Connection, CONNECTIONS } from "../classes/connections";
import { Dimension } from "../classes/dimension";
import type { Machine } from "../classes/machines/machine";
import type { Question, StringDimension } from "../classes/question";
import { addressAxis } from "../solver/address-axis";
import type { Asked, Axis, Spend } from "../solver/axis";
import { finiteAxis } from "../solver/finite-axis";
import { languageAxis } from "../solver/language-axis";
import type { Scope } from "./scope";
import { stringSpaces } from "./spaces";

/** One request as the rules see it: a value of each axis. */
export interface Point {
  readonly connection: Connection;
  readonly source: Address;
  readonly method: Bytes;
  readonly host: Bytes;
  readonly query: Bytes;
  readonly path: Bytes;
}

/** The parts of a request that rules ask about. */
export class Axes {
  public readonly connection: Axis<(connection: Connection) => boolean, Connection>;
  public readonly source: Axis<AddressSet["ranges"], Address>;
  public readonly strings: Readonly<Record<StringDimension, Axis<Machine, Bytes>>>;

  /** @param normalised whether the rules see normalised paths */
  public constructor(scope: Scope, normalised: boolean) {
    const { connections = CONNECTIONS, sources = AddressSet.everything() } = scope;
    const spaces = stringSpaces(scope, normalised);
    const few: Readonly<Record<StringDimension, Scope["hosts"]>> = {
      [Dimension.METHOD]: scope.methods,
      [Dimension.HOST]: scope.hosts,
      [Dimension.QUERY]: scope.queries,
      [Dimension.PATH]: scope.paths,
    };
    const language = (dimension: StringDimension): Axis<Machine, Bytes> => {
      const { domain, likely } = spaces[dimension];
      const values = few[dimension];
      return languageAxis(domain, likely, isList(values) ? values.map(bytesOf) : undefined);
    };
    this.connection = finiteAxis(connections, (one, other) => one.scheme === other.scheme && one.port === other.port);
    this.source = addressAxis(sources.ranges);
    this.strings = {
      [Dimension.METHOD]: language(Dimension.METHOD),
      [Dimension.HOST]: language(Dimension.HOST),
      [Dimension.QUERY]: language(Dimension.QUERY),
      [Dimension.PATH]: language(Dimension.PATH),
    };
  }

  /**
   * The most natural point that gives some answers; undefined where there is none.
   *
   * @param spend is told how many steps it took
   * @throws BudgetExceeded naming the axis where it costs too much to say
   */
  public find(asked: readonly Asked<Question>[], spend: Spend): Point | undefined {
    const connection = this.connection.find(
      asked.flatMap(({ question, holds }) => ("holds" in question ? { question: question.holds, holds } : [])),
    );
    const source = this.source.find(
      asked.flatMap(({ question, holds }) => ("addresses" in question ? { question: question.addresses, holds } : [])),
    );
    if (connection === undefined || source === undefined) return undefined;
    const [method, host, query, path] = STRINGS.map((dimension) =>
      this.strings[dimension].find(
        asked.flatMap(({ question, holds }) =>
          question.dimension === dimension ? { question: question.machine, holds } : [],
        ),
        spend,
      ),
    );
    return method === undefined || host === undefined || query === undefined || path === undefined
      ? undefined
      : { connection, source, method, host, query, path };
  }

  /** Whether a question holds for a point. */
  public holds(question: Question, point: Point): boolean {
    if ("holds" in question) return question.holds(point.connection);
    if ("addresses" in question) return this.source.holds(question.addresses, point.source);
    return this.strings[question.dimension].holds(question.machine, point[PARTS[question.dimension]]);
  }

  /** Whether a point lies in the scope. */
  public has({ connection, source, ...strings }: Point): boolean {
    return (
      this.connection.has(connection) &&
      this.source.has(source) &&
      STRINGS.every((dimension) => this.strings[dimension].has(strings[PARTS[dimension]]))
    );
  }

  /** Whether some value gives an answer. */
  public isPossible({ question, holds }: Asked<Question>): boolean {
    if ("holds" in question) return this.connection.find([{ question: question.holds, holds }]) !== undefined;
    if ("addresses" in question) return this.source.find([{ question: question.addresses, holds }]) !== undefined;
    return this.strings[question.dimension].find([{ question: question.machine, holds }]) !== undefined;
  }

  /** For each part of a point, the points like it of which that part is more natural, the most natural first. */
  public parts(): readonly ((point: Point) => readonly Point[])[] {
    return [
      (point) => before(this.connection.natural, point.connection).map((connection) => ({ ...point, connection })),
      (point) => before(this.source.natural, point.source).map((source) => ({ ...point, source })),
      ...STRINGS.map((dimension) => (point: Point) => {
        const part = PARTS[dimension];
        return before(this.strings[dimension].natural, point[part]).map((value) => ({ ...point, [part]: value }));
      }),
    ];
  }

  /**
   * Every point that differs from one in some dimensions alone; undefined where they are too many to be written down.
   */
  public pointsLike(point: Point, dimensions: ReadonlySet<Dimension>): readonly Point[] | undefined {
    let points: readonly Point[] = [point];
    for (const dimension of dimensions) {
      const values = this.allOf(dimension);
      if (values === undefined || points.length * values.length > MOST_POINTS) return undefined;
      points = points.flatMap((each) => values.map((value) => ({ ...each, ...value })));
    }
    return points;
  }

  private allOf(dimension: Dimension): readonly Partial<Point>[] | undefined {
    if (dimension === Dimension.CONNECTION) return this.connection.all?.map((connection) => ({ connection }));
    if (dimension === Dimension.SOURCE) return undefined;
    return this.strings[dimension].all?.map((value) => ({ [PARTS[dimension]]: value }));
  }
}

const STRINGS = [Dimension.METHOD, Dimension.HOST, Dimension.QUERY, Dimension.PATH] as const;

const PARTS = {
  [Dimension.METHOD]: "method",
  [Dimension.HOST]: "host",
  [Dimension.QUERY]: "query",
  [Dimension.PATH]: "path",
} as const;

/** How many points are written down at most. */
const MOST_POINTS = 1_000;

function before<Value>(values: readonly Value[], value: Value): readonly Value[] {
  const [key, keys] = [keyOf(value), values.map(keyOf)];
  const at = keys.indexOf(key);
  return at === -1 ? values : values.slice(0, at);
}

function isList(values: Scope["hosts"]): values is readonly string[] {
  return Array.isArray(values);
}

const keyOf = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) => (typeof each === "bigint" ? String(each) : each));
