/** A token of Gateway's expressions, and where it stands. */
export interface Token {
  readonly kind: "string" | "sign" | "word";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** An expression's tokens; undefined where it holds anything else. */
export function tokensOf(expression: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  for (let start = 0; start < expression.length;) {
    const [kind, text] = tokenAt(expression, start) ?? [];
    if (kind === undefined || text === undefined) return undefined;
    const end = start + text.length;
    if (kind !== "space") tokens.push({ kind, text, start, end });
    start = end;
  }
  return tokens;
}

/** A word is a field, an operator, a number, an address, a block or a list. */
const FORMS = [
  ["space", /\s+/y],
  ["string", /"(?:[^"\\]|\\[\s\S])*"/y],
  ["sign", /[=!<>]=|&&|\|\||[<>(){}]/y],
  ["word", /[A-Za-z0-9_$.:/*[\]-]+/y],
] as const;

function tokenAt(expression: string, at: number) {
  for (const [kind, form] of FORMS) {
    form.lastIndex = at;
    const text = form.exec(expression)?.[0];
    if (text !== undefined) return [kind, text] as const;
  }
  return undefined;
}
