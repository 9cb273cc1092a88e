import { bytesOf } from "../../../../network/rules-language";
import { beforeHash } from "../../../classes/machines/domains";
import type { Machine } from "../../../classes/machines/machine";
import { urlDecoded } from "../../../classes/machines/url-decoded";
import { oneOf } from "../../../classes/machines/words";

/**
 * The paths that an ASGI server hands to the handler of a route: those whose part before a raw `#`, percent-decoded
 * once, is the route with or without a slash at its end. Case counts, and `+` stays.
 *
 * @see https://asgi.readthedocs.io/en/latest/specs/www.html#http-connection-scope
 */
export function pathsOfRoute(route: string): Machine {
  const machine = MACHINES.get(route) ?? machineOf(route);
  MACHINES.set(route, machine);
  return machine;
}

/** Environments guard the same routes, and a machine keeps the states that it has reached. */
const MACHINES = new Map<string, Machine>();

function machineOf(route: string): Machine {
  return beforeHash(urlDecoded(oneOf([bytesOf(route), bytesOf(`${route}/`)]), false));
}
