import { AddressSet } from "../../network/address-set";
import type { Hsts } from "../../policy/edge-options";
import type { Environment } from "../../policy/environment";

/** What is probed: an environment, and how its edge was declared. */
export interface Subject {
  readonly environment: Environment;
  /** The HSTS of the zone that it lives in, which its owner declares. */
  readonly hsts: Hsts | undefined;
  /** The names by which shared proxies of the platforms are reached, by the id of the datastore behind them. */
  readonly proxies: ReadonlyMap<string, string>;
}

/** The addresses that the environment's databases admit. */
export function egressOf({ egress }: Environment): AddressSet {
  return AddressSet.of("the egress addresses", egress?.addresses ?? []);
}
