import { type Address, printAddress } from "../../network/address";
import { type Bytes, textOf } from "../../network/rules-language";
import type { Connection } from "../classes/connections";
import type { EdgeRequest } from "./evaluate/edge-request";
import { normalisePath } from "./evaluate/normalise-path";

/** A cell's witness: one value of each dimension. */
export interface Witness {
  readonly connection: Connection;
  /** One address of each family that the cell has. */
  readonly sources: readonly Address[];
  readonly method: Bytes;
  readonly host: Bytes;
  readonly query: Bytes;
  /** As the rules see it. */
  readonly path: Bytes;
}

/**
 * The requests that a client would send, one for each address. None where bytes that are no text can't be written as
 * one.
 */
export function requestsOf(witness: Witness, normalised: boolean): readonly EdgeRequest[] {
  const [path, query, host, method] = [witness.path, witness.query, witness.host, witness.method].map(textOf);
  if (path === undefined || query === undefined || host === undefined || method === undefined) return [];
  const sent = normalised ? sentAs(path) : path;
  return witness.sources.map((address) => ({
    ...witness.connection,
    host,
    target: query === "" ? sent : `${sent}?${query}`,
    from: printAddress(address),
    method,
  }));
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
