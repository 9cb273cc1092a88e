import { type Bytes, bytesOf } from "../../../network/rules-language";

const ESCAPES = /\+|%([0-9a-f]{2})/gi;
const UNICODE_ESCAPES = /\+|%([0-9a-f]{2})|%u([0-9a-fA-F]{4})/gi;
const SURROGATE = /%u[d][89a-f]/i;

/** The options of `url_decode` beyond decoding once. */
export interface UrlDecodeOptions {
  /** `r`: decode until nothing is left to decode. */
  readonly recursive: boolean;
  /** `u`: decode `%uXXXX` too, to UTF-8. */
  readonly unicode: boolean;
}

/**
 * Decodes `%XX` to a byte and `+` to a space. Text that is no escape stays as it is.
 *
 * @returns the bytes, or undefined for `%uXXXX` of half a surrogate pair, whose decoding is not documented
 *
 * Source: https://developers.cloudflare.com/ruleset-engine/rules-language/functions/#url_decode
 */
export function urlDecode(source: Bytes, { recursive, unicode }: UrlDecodeOptions): Bytes | undefined {
  for (let before = source; ;) {
    if (unicode && SURROGATE.test(before)) return undefined;
    const after = unicode ? decode(before, UNICODE_ESCAPES) : decode(before, ESCAPES);
    if (!recursive || after === before) return after;
    before = after;
  }
}

function decode(source: Bytes, escapes: RegExp): Bytes {
  return source.replace(escapes, (_, byte?: string, character?: string) => {
    if (typeof byte === "string") return String.fromCharCode(parseInt(byte, 16));
    return typeof character === "string" ? bytesOf(String.fromCharCode(parseInt(character, 16))) : " ";
  });
}
