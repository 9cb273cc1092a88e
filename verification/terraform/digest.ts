import { groupedBy } from "../collections";
import { oncePer, oncePerName } from "../once-per";
import { valueAt } from "./identity";
import { blocksOf, canonicalJson, isObject } from "./json";
import { ANYTHING, mentionsIn } from "./mentions";
import { sha256 } from "./source";
import type { Stack } from "./stack";

/** How many hexadecimal digits of the hash are shown. */
const DIGITS = 16;

/**
 * A digest of some values of a stack: over them, the files that they read, and the bodies that they refer to, however
 * far. Nothing else in the stack changes it. An unreadable reference may be to anything, so the digest then covers the
 * whole stack.
 */
export function digestOf(stack: Stack, values: readonly unknown[]): string {
  const found = new Map<string, string>();
  const open = [...addressesIn(values)];
  // The list also gives out members that are added meanwhile.
  for (const address of open) {
    if (found.has(address) || !isMeant(address, stack)) continue;
    const { hash, addresses } = meantBy(stack, address);
    found.set(address, hash);
    for (const each of addresses) open.push(each);
  }
  const referred = [...found].sort(([one], [other]) => (one < other ? -1 : 1));
  return sha256(canonicalJson([values, referred])).slice(0, DIGITS);
}

/** All that a value's texts and the names of its members refer to. A meta-argument has references without the signs of a template. */
function addressesIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value, ...mentionsIn(value).map(({ address }) => address)];
  if (Array.isArray(value)) return value.flatMap(addressesIn);
  return isObject(value) ? Object.entries(value).flatMap((member) => member.flatMap(addressesIn)) : [];
}

/** A call of a function that reads a file, with the file. */
const CALL = /^[\w:]+\((.+)\)$/;

/** Whether a text is an address of the stack, or a call of a function, and no other word. */
const isMeant = (text: string, stack: Stack): boolean =>
  text === ANYTHING || CALL.test(text) || bodiesIn(stack).has(text);

/**
 * The hash of the bodies behind an address, or of the file that a call reads; and the addresses in them. Each is looked
 * at once.
 */
const meantBy = oncePerName((stack: Stack, address: string) => {
  if (address === ANYTHING) return { hash: sha256(canonicalJson(stack.json)), addresses: [] };
  const [, file] = CALL.exec(address) ?? [];
  if (file !== undefined) {
    const bytes = stack.file(file);
    return { hash: bytes === undefined ? "" : sha256(bytes), addresses: [] };
  }
  const bodies = (bodiesIn(stack).get(address) ?? []).map(({ body }) => body);
  return { hash: sha256(canonicalJson(bodies)), addresses: addressesIn(bodies) };
});

/** The bodies of a stack by the addresses that expressions have for them. */
const bodiesIn = oncePer(({ json }: Stack) =>
  groupedBy(
    [
      ...named(json["locals"]).map(([name, body]) => ({ address: `local.${name}`, body })),
      ...named(json["variable"]).map(([name, body]) => ({ address: `var.${name}`, body })),
      ...typed(json["resource"], ""),
      ...typed(json["data"], "data."),
    ],
    ({ address }) => address,
  ),
);

const named = (blocks: unknown) => blocksOf(blocks).flatMap((block) => Object.entries(block));

const typed = (blocks: unknown, prefix: string) =>
  named(blocks).flatMap(([type, bodies]) =>
    named(bodies).map(([name, body]) => ({ address: `${prefix}${type}.${name}`, body })),
  );

/** A place within a stack without one of its members, which has a digest of its own. */
export function withoutMember(stack: Stack, pointer: string, member: string): unknown {
  const value = valueAt(stack.json, pointer);
  return isObject(value) ? Object.fromEntries(Object.entries(value).filter(([key]) => key !== member)) : value;
}
