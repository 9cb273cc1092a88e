import { type Address, printAddress } from "../address";
import { blocksOf } from "../cidr";
import { HostNotation } from "../host-notation";
import type { AddressRange, Index, IntegerRange, Literal, LiteralSet } from "./ast";
import { type Bytes, textOf } from "./bytes";

const MOST_HASHES = 255;
const NEEDS_RAW = /[\\"[\]]/;

/** A string in double quotes: control characters, and what is not UTF-8, as `\xHH`. */
export function printString(bytes: Bytes): string {
  const text = textOf(bytes);
  const escaped = (text ?? bytes)
    .replace(/["\\]/g, "\\$&")
    .replace(text === undefined ? UNPRINTABLE_BYTE : CONTROL, hex);
  return `"${escaped}"`;
}

const CONTROL = /[\0-\x1f\x7f]/g;

const UNPRINTABLE_BYTE = /[\0-\x1f\x7f-\xff]/g;

function hex(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

/**
 * A regular expression: raw where quotes would change it.
 *
 * @throws RangeError when it holds a double quote and 255 `#` behind it, which no raw string can
 */
export function printRegex(pattern: string): string {
  if (!NEEDS_RAW.test(pattern)) return `"${pattern}"`;
  const runs = [...pattern.matchAll(/"(#*)/g)].map(([, hashes = ""]) => hashes.length + 1);
  const hashes = Math.max(0, ...runs);
  if (hashes > MOST_HASHES) throw new RangeError(`a raw string takes at most ${MOST_HASHES} "#": ${pattern}`);
  return `r${"#".repeat(hashes)}"${pattern}"${"#".repeat(hashes)}`;
}

export function printLiteral(literal: Literal): string {
  switch (literal.kind) {
    case "string":
      return printString(literal.value);
    case "integer":
      return String(literal.value);
    case "address":
      return printAddress(literal.value);
  }
}

export function printSet(set: LiteralSet): string {
  return `{${membersOf(set).join(" ")}}`;
}

export function printIndex(index: Index): string {
  switch (index.kind) {
    case "key":
      return `[${printString(index.key)}]`;
    case "position":
      return `[${index.position}]`;
    case "each":
      return "[*]";
  }
}

function membersOf(set: LiteralSet): readonly string[] {
  switch (set.kind) {
    case "strings":
      return set.members.map(({ value }) => printString(value));
    case "integers":
      return set.members.map(printIntegers);
    case "addresses":
      return set.members.map(printAddresses);
  }
}

function printIntegers({ first, last }: IntegerRange): string {
  return first === last ? String(first) : `${first}..${last}`;
}

function printAddresses({ family, first, last }: AddressRange): string {
  const [block, ...others] = blocksOf(family, { first, last });
  if (block !== undefined && others.length === 0) return HostNotation.CLOUDFLARE.print(block);
  const end = (value: bigint): Address => ({ family, value });
  return `${printAddress(end(first))}..${printAddress(end(last))}`;
}
