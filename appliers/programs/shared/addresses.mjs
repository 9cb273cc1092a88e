// @ts-check
import { isIPv4, isIPv6 } from "node:net";

/** @typedef {{ readonly family: 4 | 6, readonly first: bigint, readonly last: bigint }} Range */

const BITS = Object.freeze({ 4: 32, 6: 128 });

/** @param {string} address */
const v4 = (address) => address.split(".").reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);

/**
 * An IPv6 address as a number. The URL parser writes every notation of it, dotted quads included, as lower-case groups.
 *
 * @param {string} address
 */
function v6(address) {
  const [head = "", tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split("::");
  const groups = (/** @type {string | undefined} */ text) => (text ? text.split(":") : []);
  const zeros = Array(8 - groups(head).length - groups(tail).length).fill("0");
  return [...groups(head), ...zeros, ...groups(tail)].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

/**
 * The addresses that a CIDR block covers, host bits ignored; a bare address is a block of one.
 *
 * @param {string} block
 * @returns {Range | undefined} nothing for a text that isn't a CIDR block
 */
function rangeOf(block) {
  const [, address = "", length] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(block) ?? [];
  const family = isIPv4(address) ? 4 : isIPv6(address) ? 6 : undefined;
  if (family === undefined) return undefined;
  const free = BITS[family] - Number(length ?? BITS[family]);
  if (free < 0) return undefined;
  const first = ((family === 4 ? v4(address) : v6(address)) >> BigInt(free)) << BigInt(free);
  return { family, first, last: first + (1n << BigInt(free)) - 1n };
}

/**
 * Whether a CIDR block names its first address, as a platform that takes lists literally demands it.
 *
 * @param {string} block
 */
export function startsAtItsFirstAddress(block) {
  const range = rangeOf(block);
  return range !== undefined && rangeOf(block.replace(/\/.*$/, ""))?.first === range.first;
}

/**
 * The blocks that aren't wholly covered by `others`. Two lists admit the same addresses when neither has a block outside
 * the other: order, spelling, duplicates and joined neighbours make no difference. A text that isn't a block is outside.
 *
 * @param {readonly string[]} blocks
 * @param {readonly string[]} others
 */
export function outside(blocks, others) {
  const covered = merged(others.flatMap((block) => rangeOf(block) ?? []));
  return blocks.filter((block) => {
    const range = rangeOf(block);
    return range === undefined || !covered.some((one) => contains(one, range));
  });
}

/** @type {(one: Range, other: Range) => boolean} */
const contains = (one, other) => one.family === other.family && one.first <= other.first && other.last <= one.last;

/**
 * @param {readonly Range[]} ranges
 * @returns {readonly Range[]}
 */
function merged(ranges) {
  const sorted = [...ranges].sort((a, b) => a.family - b.family || (a.first < b.first ? -1 : 1));
  return sorted.reduce((/** @type {Range[]} */ done, range) => {
    const before = done.at(-1);
    if (before?.family !== range.family || range.first > before.last + 1n) return [...done, range];
    return [...done.slice(0, -1), { ...before, last: before.last > range.last ? before.last : range.last }];
  }, []);
}
