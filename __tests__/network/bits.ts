/*
 * Addresses as texts of zeros and ones, by which the tests judge the code. They share no code and no arithmetic with
 * it. A block holds an address when its prefix begins the address's text. Texts of one length sort as numbers do.
 */

export type Bits = string;

/** The bits of whole numbers, each of a fixed width. */
export function bitsOf(numbers: readonly number[], width: number): Bits {
  return numbers.map((number) => number.toString(2).padStart(width, "0")).join("");
}

/** An address in a full form: dotted decimal, or eight groups without compression. */
export function textOf(bits: Bits): string {
  return bits.length === 32 ? numbersOf(bits, 8).join(".") : numbersOf(bits, 16).map(hex).join(":");
}

/** The bits of an address in canonical form. */
export function parsed(text: string): Bits {
  if (!text.includes(":")) return bitsOf(text.split(".").map(Number), 8);
  const [, start = "", dotted] = /^(.*:)(\d+(?:\.\d+){3})$/.exec(text) ?? [];
  if (dotted !== undefined) return parsed(`${start}0:0`).slice(0, 96) + parsed(dotted);
  const [head = [], tail = []] = text.split("::").map((half) => half.split(":").filter((group) => group !== ""));
  const gap = Array<string>(8 - head.length - tail.length).fill("0");
  return bitsOf(
    [...head, ...gap, ...tail].map((group) => parseInt(group, 16)),
    16,
  );
}

/** The prefix of a block in canonical form. */
export function prefixOf(cidr: string): Bits {
  const [address = "", length] = cidr.split("/");
  return parsed(address).slice(0, Number(length));
}

/** The next address, or the first one after the last. */
export function next(bits: Bits): Bits {
  return bits.replace(/01*$|^1+$/, (tail) => tail.replace(/[01]/g, (bit) => (bit === "0" ? "1" : "0")));
}

/** The previous address, or the last one before the first. */
export function previous(bits: Bits): Bits {
  return flipped(next(flipped(bits)));
}

function flipped(bits: Bits): Bits {
  return bits.replace(/[01]/g, (bit) => (bit === "0" ? "1" : "0"));
}

function numbersOf(bits: Bits, width: number): readonly number[] {
  return (bits.match(new RegExp(`.{${width}}`, "g")) ?? []).map((piece) => parseInt(piece, 2));
}

function hex(number: number): string {
  return number.toString(16);
}
