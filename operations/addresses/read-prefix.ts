import type { Family } from "../../network/address";
import { type Cidr, parseCidr } from "../../network/cidr";
import { NoAnswer } from "./no-answer";
import { sketched } from "../printable";

/**
 * Reads a block that a source names.
 *
 * @throws NoAnswer when it is not a block of the family, or has host bits
 */
export function readPrefix(source: string, family: Family, text: unknown): Cidr {
  const cidr = typeof text === "string" ? parseCidr(text) : undefined;
  if (cidr?.family !== family) throw new NoAnswer(source, `not an IPv${family} block: ${sketched(text)}`);
  return cidr;
}

/**
 * Reads the lists of blocks that a source keeps by family.
 *
 * @throws NoAnswer when either is not a list of blocks of its family
 */
export function readPrefixLists(source: string, lists: Readonly<Record<Family, unknown>>): readonly Cidr[] {
  return ([4, 6] as const).flatMap((family) => {
    const list = lists[family];
    if (!Array.isArray(list)) throw new NoAnswer(source, `no list of IPv${family} blocks where it should be`);
    return list.map((text) => readPrefix(source, family, text));
  });
}
