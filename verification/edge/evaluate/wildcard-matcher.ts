import { type Bytes, parseWildcard, type WildcardToken } from "../../../network/rules-language";

/** A wildcard that is ready to match: the literal parts, with a `*` between each and the next. */
export class WildcardMatcher {
  private readonly literals: readonly Bytes[];

  private constructor(
    public readonly tokens: readonly WildcardToken[],
    /** Whether ASCII letters match in their own case only. */
    public readonly strict: boolean,
  ) {
    this.literals = literalsOf(tokens).map((literal) => this.folded(literal));
  }

  /** @throws WildcardSyntaxError when the pattern is no wildcard */
  public static of(pattern: Bytes, strict: boolean): WildcardMatcher {
    return new WildcardMatcher(parseWildcard(pattern), strict);
  }

  /** Whether the whole value matches. */
  public matches(value: Bytes): boolean {
    return this.captures(value) !== undefined;
  }

  /** The text for each `*`, each as short as the ones before it allow; undefined where the value does not match. */
  public captures(value: Bytes): readonly Bytes[] | undefined {
    const text = this.folded(value);
    const [first = "", ...others] = this.literals;
    const last = others.pop();
    if (last === undefined) return text === first ? [] : undefined;
    if (!text.startsWith(first)) return undefined;
    const captured: Bytes[] = [];
    let from = first.length;
    for (const literal of others) {
      const at = text.indexOf(literal, from);
      if (at < 0) return undefined;
      captured.push(value.slice(from, at));
      from = at + literal.length;
    }
    const end = text.length - last.length;
    return end >= from && text.endsWith(last) ? [...captured, value.slice(from, end)] : undefined;
  }

  private folded(bytes: Bytes): Bytes {
    return this.strict ? bytes : lowerAscii(bytes);
  }
}

/** Only ASCII letters have a case. */
export function lowerAscii(bytes: Bytes): Bytes {
  return bytes.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Only ASCII letters have a case. */
export function upperAscii(bytes: Bytes): Bytes {
  return bytes.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

function literalsOf(tokens: readonly WildcardToken[]): readonly Bytes[] {
  const literals = [""];
  for (const token of tokens) {
    if (token.kind === "any") literals.push("");
    else literals.push(`${literals.pop() ?? ""}${token.bytes}`);
  }
  return literals;
}

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
