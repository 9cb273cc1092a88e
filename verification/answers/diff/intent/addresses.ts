import { InvalidInput, type Problem, shown } from "../../../../errors/invalid-input";
import { AddressSet } from "../../../../network/address-set";
import type { NamedAddresses } from "../../../diagram/values";

/** What texts stand for: names of sets, addresses, blocks and ranges; undefined where there are none. */
export function addressesOf(
  texts: string | readonly string[] | undefined,
  names: readonly NamedAddresses[],
): AddressSet | undefined {
  if (texts === undefined) return undefined;
  return [texts].flat().reduce<AddressSet>((all, each) => all.union(oneOf(each, names)), AddressSet.empty("intended"));
}

function oneOf(text: string, names: readonly NamedAddresses[]): AddressSet {
  const named = names.find(({ name }) => name === text);
  return named === undefined ? AddressSet.of("intended", [text]) : named.addresses;
}

/** What is wrong with texts that should stand for addresses. */
export function addressProblems(
  at: string,
  texts: string | readonly string[] | undefined,
  names: readonly NamedAddresses[],
): readonly Problem[] {
  return [texts ?? []].flat().flatMap((text): readonly Problem[] => {
    try {
      oneOf(text, names);
      return [];
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      const allowed = `an address, a block, a range, or one of ${names.map(({ name }) => name).join(", ")}`;
      return [{ at, got: shown(text), allowed }];
    }
  });
}
