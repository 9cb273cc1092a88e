import { type Address, parseAddress, printAddress } from "../../network/address";
import { AddressSet } from "../../network/address-set";
import { type Bytes, bytesOf, textOf } from "../../network/rules-language";
import { addressAxis, type AddressRanges } from "../solver/address-axis";
import { Axes, type Axis, finiteAxis } from "../solver/axes";
import {
  HOST_BYTES,
  METHOD_BYTES,
  NATURAL_BYTES,
  NATURAL_METHOD_BYTES,
  NORMALISED,
  PATH_BYTES,
  QUERY_BYTES,
  ROOTED,
} from "../solver/language/alphabets";
import type { Dfa } from "../solver/language/dfa";
import { languageAxis } from "../solver/language/language-axis";
import { oneOf } from "../solver/language/words";
import { asRulesSee, type EdgeRequest } from "./evaluate/edge-request";
import { normalisePath } from "./evaluate/normalise-path";
import { type Connection, CONNECTIONS, type Scope } from "./scope";

/** The axes of a request, those with few values first: each stands for the fields of the Rules language that ask of it alone. */
export enum EdgeAxis {
  /** `ssl` and `cf.edge.server_port`, which come together. */
  CONNECTION = "cf.edge.server_port",
  SOURCE = "ip.src",
  METHOD = "http.request.method",
  HOST = "http.host",
  QUERY = "http.request.uri.query",
  PATH = "http.request.uri.path",
}

/** The axes whose values are strings. */
export type StringAxis = EdgeAxis.METHOD | EdgeAxis.HOST | EdgeAxis.QUERY | EdgeAxis.PATH;

/** The question that a condition asks of one axis. */
export type EdgeQuestion =
  | { readonly axis: EdgeAxis.CONNECTION; readonly asks: (connection: Connection) => boolean }
  | { readonly axis: EdgeAxis.SOURCE; readonly asks: AddressRanges }
  | StringQuestion;

export interface StringQuestion {
  readonly axis: StringAxis;
  readonly asks: Dfa;
}

export function isStringQuestion(question: EdgeQuestion): question is StringQuestion {
  return question.axis !== EdgeAxis.CONNECTION && question.axis !== EdgeAxis.SOURCE;
}

/** One request as the rules see it. */
export interface Point {
  readonly [EdgeAxis.CONNECTION]: Connection;
  readonly [EdgeAxis.SOURCE]: Address;
  readonly [EdgeAxis.METHOD]: Bytes;
  readonly [EdgeAxis.HOST]: Bytes;
  readonly [EdgeAxis.QUERY]: Bytes;
  readonly [EdgeAxis.PATH]: Bytes;
}

/**
 * The requests of a scope.
 *
 * @param normalised whether the rules see normalised paths
 */
export function edgeAxes(scope: Scope, normalised: boolean): Axes<Point> {
  const { connections = CONNECTIONS, sources = AddressSet.everything(), hosts, methods, queries, paths } = scope;
  const { likely = { hosts: [], paths: [] } } = scope;
  return new Axes<Point>({
    [EdgeAxis.CONNECTION]: finiteAxis(
      connections,
      (one, other) => one.scheme === other.scheme && one.port === other.port,
    ),
    [EdgeAxis.SOURCE]: addressAxis(sources.ranges),
    [EdgeAxis.METHOD]: stringAxis(EdgeAxis.METHOD, methods, ["GET", "POST"], [METHOD_BYTES]),
    [EdgeAxis.HOST]: stringAxis(EdgeAxis.HOST, hosts, likely.hosts, [HOST_BYTES]),
    [EdgeAxis.QUERY]: stringAxis(EdgeAxis.QUERY, queries, [""], [QUERY_BYTES]),
    [EdgeAxis.PATH]: stringAxis(
      EdgeAxis.PATH,
      paths,
      likely.paths,
      [PATH_BYTES, normalised ? NORMALISED : ROOTED],
      normalised ? normalisePath : undefined,
    ),
  });
}

/**
 * @param among the strings that a scope leaves: all unless it says so
 * @param dfas conditions that hold for all strings
 */
function stringAxis(
  name: StringAxis,
  among: readonly string[] | Dfa | undefined,
  expected: readonly string[],
  dfas: readonly Dfa[],
  tidied?: (value: Bytes) => Bytes,
): Axis<Dfa, Bytes> {
  const few = among === undefined || "step" in among ? undefined : among.map(bytesOf);
  const left = few === undefined ? among : oneOf(few);
  return languageAxis({
    ...{
      name,
      expected: expected.map(bytesOf),
      bytes: name === EdgeAxis.METHOD ? NATURAL_METHOD_BYTES : NATURAL_BYTES,
    },
    dfas: left === undefined ? dfas : [...dfas, left as Dfa],
    ...(tidied === undefined ? {} : { tidied }),
    ...(few === undefined ? {} : { all: few }),
  });
}

/**
 * The request that a client would send so that the rules see a point. Undefined where its bytes can't be written as
 * text.
 */
export function requestAt(point: Point, normalised: boolean): EdgeRequest | undefined {
  const path = textOf(point[EdgeAxis.PATH]);
  const query = textOf(point[EdgeAxis.QUERY]);
  const host = textOf(point[EdgeAxis.HOST]);
  const method = textOf(point[EdgeAxis.METHOD]);
  if (path === undefined || query === undefined || host === undefined || method === undefined) return undefined;
  const sent = normalised ? sentAs(path) : path;
  return {
    ...point[EdgeAxis.CONNECTION],
    host,
    target: query === "" ? sent : `${sent}?${query}`,
    from: printAddress(point[EdgeAxis.SOURCE]),
    method,
  };
}

/** The point that the rules see of a request. */
export function pointOf(request: EdgeRequest, normalised: boolean): Point {
  const seen = asRulesSee(request, normalised);
  const text = (field: string): string => String(seen.get(field));
  const source = parseAddress(request.from);
  if (source === undefined) throw new Error(`a request from ${request.from}, which is no address`);
  return {
    [EdgeAxis.CONNECTION]: { scheme: request.scheme, port: request.port },
    [EdgeAxis.SOURCE]: source,
    [EdgeAxis.METHOD]: text(EdgeAxis.METHOD),
    [EdgeAxis.HOST]: text(EdgeAxis.HOST),
    [EdgeAxis.QUERY]: text(EdgeAxis.QUERY),
    [EdgeAxis.PATH]: text(EdgeAxis.PATH),
  };
}

/**
 * A path that normalisation turns into this one. Escapes that it would change are written so that only it makes them:
 * `%41` comes from `%%341`.
 */
export function sentAs(path: string): string {
  return path.replace(/%([0-9A-Fa-f])(?=[0-9A-Fa-f])/g, (start, digit: string, at: number) => {
    const escape = path.slice(at, at + 3);
    return normalisePath(`/${escape}`) === `/${escape}` ? start : `%%${digit.charCodeAt(0).toString(16)}`;
  });
}
