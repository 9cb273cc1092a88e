// @ts-check
import { outside, startsAtItsFirstAddress } from "./addresses.mjs";

const MOST_SHOWN = 5;

const listed = (/** @type {readonly string[]} */ blocks) =>
  blocks.length > MOST_SHOWN
    ? `${blocks.slice(0, MOST_SHOWN).join(", ")} and ${blocks.length - MOST_SHOWN} more`
    : blocks.join(", ");

/**
 * The problems of the CIDR blocks of a desired state, beyond their form.
 *
 * @param {readonly string[]} blocks
 * @returns {readonly string[]}
 */
export const blocksOf = (blocks) =>
  blocks
    .filter((block) => !startsAtItsFirstAddress(block))
    .map((block) => `${JSON.stringify(block)} is not a CIDR block that begins with its first address`);

/**
 * The meaning of more, and of fewer, addresses in a platform's list than in the desired one.
 *
 * @typedef {{ readonly more: string, readonly fewer: string }} Words
 */

/**
 * The words for a list of addresses that may connect.
 *
 * @param {string} family
 * @returns {Words}
 */
export const admitted = (family) => ({
  more: `${family} addresses are admitted that must not be`,
  fewer: `${family} addresses are not admitted that must be`,
});

/**
 * How a platform's addresses differ from the desired ones, in words. A list that the platform doesn't show differs from
 * every list.
 *
 * @param {readonly string[] | undefined} actual
 * @param {readonly string[]} desired
 * @param {Words} words
 * @returns {readonly string[]}
 */
export function differingBlocks(actual, desired, { more, fewer }) {
  if (actual === undefined) return [`${more}, as far as can be known: the platform doesn't show the list`];
  const tooMany = outside(actual, desired);
  const tooFew = outside(desired, actual);
  return [
    ...(tooMany.length > 0 ? [`${more}: ${listed(tooMany)}`] : []),
    ...(tooFew.length > 0 ? [`${fewer}: ${listed(tooFew)}`] : []),
  ];
}
