import type { Bytes } from "./bytes";

/** A part of a wildcard pattern: a run of bytes to find as they are, or `*`, any bytes. */
export type WildcardToken = { readonly kind: "bytes"; readonly bytes: Bytes } | { readonly kind: "any" };

/** A pattern that is no wildcard, and why. */
export class WildcardSyntaxError extends Error {
  public override readonly name = "WildcardSyntaxError";
}

/**
 * Splits the pattern of `wildcard` and `strict wildcard` into its parts. `\*` and `\\` stand for `*` and `\`; `?` has no
 * special meaning.
 *
 * @throws WildcardSyntaxError on `**` and on any other use of a backslash
 *
 * Source: https://developers.cloudflare.com/ruleset-engine/rules-language/operators/#wildcard-matching
 */
export function parseWildcard(pattern: Bytes): readonly WildcardToken[] {
  const tokens: WildcardToken[] = [];
  for (const [, plain, any, escaped] of pattern.matchAll(/((?:[^*\\]|\\[*\\])+)|(\*)|(\\)/gs)) {
    if (escaped !== undefined) throw new WildcardSyntaxError("a backslash in a wildcard goes before * or \\ only");
    if (any !== undefined && tokens.at(-1)?.kind === "any") throw new WildcardSyntaxError("** is no wildcard: write *");
    tokens.push(any === undefined ? { kind: "bytes", bytes: unescaped(plain ?? "") } : { kind: "any" });
  }
  return tokens;
}

function unescaped(plain: Bytes): Bytes {
  return plain.replace(/\\([*\\])/g, "$1");
}
