import type { Problem } from "../errors/invalid-input";
import { AddressSet } from "../network/address-set";
import { SpecialAddresses } from "../network/special-addresses";

/** What can't be the source of a request from the internet. Documentation addresses may stand in until the real ones do. */
const NEVER_A_SOURCE = SpecialAddresses.NOT_PUBLIC.difference(SpecialAddresses.DOCUMENTATION);

/** An entry that names a private or special address can't stand for somebody on the internet. */
export function publicSourceProblems(at: string, text: string): readonly Problem[] {
  return AddressSet.of(text, [text]).overlaps(NEVER_A_SOURCE)
    ? [{ at, got: `"${text}"`, allowed: "public addresses: a private or special one is nobody's, or everybody's" }]
    : [];
}
