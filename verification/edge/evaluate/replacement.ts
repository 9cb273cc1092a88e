import type { Bytes } from "../../../network/rules-language";

const REFERENCES = /\$(?:\{([1-8])\}|(\$))/g;
/** A `$` in none of the documented forms. */
const OTHER_DOLLAR = /\$(?!\{[1-8]\}|\$)/;

/**
 * Fills the references `${1}` to `${8}` of a replacement; `$$` is a dollar sign.
 *
 * @returns the text, or undefined where a reference has no capture or a `$` stands alone: neither is documented
 *
 * Source: https://developers.cloudflare.com/ruleset-engine/rules-language/functions/#wildcard_replace
 */
export function fillReferences(replacement: Bytes, captures: readonly Bytes[]): Bytes | undefined {
  if (OTHER_DOLLAR.test(replacement.replaceAll("$$", ""))) return undefined;
  const wanted = [...replacement.matchAll(REFERENCES)].map(([, number]) => Number(number ?? 0));
  if (Math.max(0, ...wanted) > captures.length) return undefined;
  return replacement.replace(REFERENCES, (_, number?: string) =>
    number === undefined ? "$" : (captures[Number(number) - 1] ?? ""),
  );
}
