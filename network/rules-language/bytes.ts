/**
 * A string of the Rules language: a sequence of bytes, not of characters.
 *
 * A JavaScript string holds it, with one character per byte (U+0000 to U+00FF). So `length`, `slice`, `===` and `<`
 * count and compare bytes. Text becomes bytes by UTF-8: `bytesOf("é")` is `"\u00c3\u00a9"`.
 */
export type Bytes = string;

/** Where there is no Node.js, as in a page, these are there too. */
const ENCODER = new TextEncoder();
const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });

/** The UTF-8 bytes of a text. */
export function bytesOf(text: string): Bytes {
  return isAscii(text) ? text : [...ENCODER.encode(text)].map((byte) => String.fromCharCode(byte)).join("");
}

/** The text whose UTF-8 encoding these bytes are, or undefined if they are not valid UTF-8. */
export function textOf(bytes: Bytes): string | undefined {
  if (isAscii(bytes)) return bytes;
  const text = DECODER.decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
  return bytesOf(text) === bytes ? text : undefined;
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}
