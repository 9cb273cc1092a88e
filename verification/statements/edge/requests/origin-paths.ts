import { bytesOf } from "../../../../network/rules-language";
import { beforeHash } from "../../../solver/language/alphabets";
import type { Dfa } from "../../../solver/language/dfa";
import { urlDecoded } from "../../../solver/language/preimages";
import { oneOf } from "../../../solver/language/words";

/**
 * The paths that an ASGI server hands to the handler of a route: those whose part before a raw `#`, percent-decoded
 * once, is the route with or without a slash at its end. Case counts, and `+` stays.
 *
 * @see https://asgi.readthedocs.io/en/latest/specs/www.html#http-connection-scope
 */
export function pathsOfRoute(route: string): Dfa {
  const machine = MACHINES.get(route) ?? machineOf(route);
  MACHINES.set(route, machine);
  return machine;
}

/** Environments guard the same routes, and a machine keeps the states that it has reached. */
const MACHINES = new Map<string, Dfa>();

function machineOf(route: string): Dfa {
  return beforeHash(urlDecoded(oneOf([bytesOf(route), bytesOf(`${route}/`)]), false));
}
