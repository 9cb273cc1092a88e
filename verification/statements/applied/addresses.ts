import { InvalidInput } from "../../../errors/invalid-input";
import { printAddress } from "../../../network/address";
import { AddressSet } from "../../../network/address-set";
import type { Applier } from "../../appliers/applier";
import { type Control, controlAt } from "../../result";
import { oneOfEachFamily } from "../../solver/address-axis";

/** The addresses that a desired state lists; undefined where an entry is none. */
export function addressesIn(name: string, entries: readonly string[]): AddressSet | undefined {
  try {
    return AddressSet.of(name, entries);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return undefined;
  }
}

/** One address of each family that a set has, with a port: those that people know as anybody's, where the set has them. */
export function endpointsOf({ ranges }: AddressSet, port: number): readonly string[] {
  return oneOfEachFamily(ranges).map((address) => {
    const text = printAddress(address);
    return address.family === 4 ? `${text}:${port}` : `[${text}]:${port}`;
  });
}

const SHOWN = 3;

/** The blocks of a set, the first few of them by name. */
export function blocksIn(set: AddressSet): string {
  const blocks = set.cidrs();
  const rest = blocks.length - SHOWN;
  return blocks.slice(0, SHOWN).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

/** Where an applier's desired state stands. */
export function stateOf({ resource }: Applier): Control {
  return { ...controlAt(resource), pointer: `${resource.pointer}/triggers/desired_state` };
}
