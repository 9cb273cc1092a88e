import type { AddressSet } from "../../network/address-set";

/** The values of one axis, in words that stand for themselves in lists. */
export interface Values {
  /** `only`: those that a name stands for. `except`: all but those. */
  readonly kind: "all" | "only" | "except";
  /** None where it is all. */
  readonly names: readonly string[];
  /**
   * The same by whole conditions: names leave out which case and which escapes a condition reads. Equal texts, equal values.
   *
   * @default - the names say it all
   */
  readonly exact?: string;
}

/** Addresses that people have a name for. */
export interface NamedAddresses {
  readonly name: string;
  readonly addresses: AddressSet;
}

export const ALL: Values = { kind: "all", names: [] };
