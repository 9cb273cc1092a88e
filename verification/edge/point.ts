import { parseAddress, printAddress } from "../../network/address";
import { textOf } from "../../network/rules-language";
import { EdgeAxis, type Point } from "./axes";
import { asRulesSee, type EdgeRequest } from "./evaluate/edge-request";
import { normalisePath } from "./evaluate/normalise-path";

/**
 * The request that a client would send so that the rules see a point. Undefined where bytes that are no text can't be
 * written as one.
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
