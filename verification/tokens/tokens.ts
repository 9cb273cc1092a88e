/** A token of an expression, and where it stands. */
export interface Token<Kind extends string> {
  readonly kind: Kind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The forms of a language's tokens, each a sticky pattern; what is `space` is left out. The first that fits counts. */
export type TokenForms<Kind extends string> = readonly (readonly [kind: Kind | "space", form: RegExp])[];

/** Longer than any platform takes, and little enough for a pattern to go over a string of that length. */
export const LONGEST = 1024 * 1024;

/** An expression's tokens; undefined where it holds anything else, or is too long. */
export function tokensOf<Kind extends string>(
  expression: string,
  forms: TokenForms<Kind>,
): readonly Token<Kind>[] | undefined {
  if (expression.length > LONGEST) return undefined;
  const tokens: Token<Kind>[] = [];
  for (let start = 0; start < expression.length;) {
    const [kind, text] = tokenAt(expression, start, forms) ?? [];
    if (kind === undefined || text === undefined) return undefined;
    const end = start + text.length;
    if (kind !== "space") tokens.push({ kind, text, start, end });
    start = end;
  }
  return tokens;
}

function tokenAt<Kind extends string>(expression: string, at: number, forms: TokenForms<Kind>) {
  for (const [kind, form] of forms) {
    form.lastIndex = at;
    const text = form.exec(expression)?.[0];
    if (text !== undefined) return [kind as Exclude<Kind, "space"> | "space", text] as const;
  }
  return undefined;
}
