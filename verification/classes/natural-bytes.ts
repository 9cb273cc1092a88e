import { BYTES } from "./machines/machine";

const LOWER_FIRST = "abcdefghijklmnopqrstuvwxyz0123456789/-._=&ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The bytes in the order in which people would choose them: lower case first, what can't be printed last. */
export const NATURAL_BYTES = ordered(LOWER_FIRST);

/** The same, upper case first. */
export const NATURAL_METHOD_BYTES = ordered("ABCDEFGHIJKLMNOPQRSTUVWXYZ-");

function ordered(first: string): readonly number[] {
  const preferred = Array.from(first, (character) => character.charCodeAt(0));
  const printable = BYTES.filter((byte) => 0x21 <= byte && byte <= 0x7e);
  return [...new Set([...preferred, ...printable, ...BYTES])];
}
