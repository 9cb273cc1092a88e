import { ByteSet } from "./byte-set";

function chars(pattern: RegExp): ByteSet {
  return ByteSet.where((byte) => byte < 0x80 && pattern.test(String.fromCharCode(byte)));
}

/** `\d`, `\s` and `\w` without Unicode: https://docs.rs/regex/latest/regex/#perl-character-classes-unicode-friendly */
export const PERL_CLASSES: ReadonlyMap<string, ByteSet> = new Map([
  ["d", chars(/[0-9]/)],
  ["s", chars(/[\t-\r ]/)],
  ["w", chars(/\w/)],
]);

/** The classes of `[[:name:]]`: https://docs.rs/regex/latest/regex/#ascii-character-classes */
export const ASCII_CLASSES: ReadonlyMap<string, ByteSet> = new Map([
  ["alnum", chars(/[0-9A-Za-z]/)],
  ["alpha", chars(/[A-Za-z]/)],
  ["ascii", chars(/[^]/)],
  ["blank", chars(/[\t ]/)],

  ["cntrl", chars(/[\0-\x1f\x7f]/)],
  ["digit", chars(/[0-9]/)],
  ["graph", chars(/[!-~]/)],
  ["lower", chars(/[a-z]/)],
  ["print", chars(/[ -~]/)],
  ["punct", chars(/[!-/:-@[-`{-~]/)],
  ["space", chars(/[\t-\r ]/)],
  ["upper", chars(/[A-Z]/)],
  ["word", chars(/\w/)],
  ["xdigit", chars(/[0-9A-Fa-f]/)],
]);
