import { ownOf } from "../collections";
import document from "./sensitive-attributes.json";

/** The attributes that providers' schemas call sensitive, by types of resources and of data. */
const SENSITIVE: Readonly<Record<"resource" | "data", Readonly<Record<string, readonly string[]>>>> = document;

/**
 * The attributes of a resource or of data that its provider's schema calls sensitive.
 *
 * @param address `<type>.<name>` or `data.<type>.<name>`
 * @returns the members on the way to each, without positions in lists
 */
export function sensitiveAttributesOf(address: string): readonly (readonly string[])[] {
  const [first = "", second = ""] = address.split(".");
  const found = first === "data" ? ownOf(SENSITIVE.data, second) : ownOf(SENSITIVE.resource, first);
  return (found ?? []).map((path) => path.split("."));
}
