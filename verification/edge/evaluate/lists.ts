import type { AddressSet } from "../../../network/address-set";
import { isAddress } from "./request";
import type { RuntimeValue } from "./values";
import { Verdict } from "../../solver/verdict";

/** The items of a list that `in $name` refers to: an IP list's addresses, or an ASN list's numbers. */
export type ListItems = AddressSet | ReadonlySet<bigint>;

/** Lists by name, without `$`. */
export type Lists = ReadonlyMap<string, ListItems>;

/** Whether a list holds a value. Hostname lists are undecided: they match by rules of their own. */
export function listed(lists: Lists, name: string, value: RuntimeValue): Verdict {
  const items = lists.get(name);
  if (items === undefined) return Verdict.undecided(`the items of the list $${name} are not known`);
  if ("ranges" in items && isAddress(value)) return Verdict.of(items.contains(value));
  if ("has" in items && typeof value === "bigint") return Verdict.of(items.has(value));
  return Verdict.undecided(`the list $${name} does not hold values of this type`);
}
