import type { Address } from "../../network/address";
import { AddressSet } from "../../network/address-set";
import { type Bytes, bytesOf } from "../../network/rules-language";
import { type AddressRanges, addressAxis } from "../solver/address-axis";
import { Axes } from "../solver/axes";
import { type Axis, finiteAxis } from "../solver/axis";
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
import { type Connection, CONNECTIONS, type Scope } from "./scope";
import { normalisePath } from "./evaluate/normalise-path";

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
 * @param dfas what holds for all strings
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
