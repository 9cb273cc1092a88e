/** A token of an expression, and where it stands. */
export interface Token<Kind extends string> {
  readonly kind: Kind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The forms of a language's tokens, each a sticky pattern. The first that fits counts, and `space` is left out. */
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

/** The base of readers by recursive descent: it holds the place in an expression's tokens. */
export abstract class TokenReader<Read extends Token<string>> {
  /** How many tokens are read. */
  protected at = 0;

  public constructor(protected readonly tokens: readonly Read[]) {}

  public get isAtEnd(): boolean {
    return this.at === this.tokens.length;
  }

  /** The error for tokens that the language doesn't have there. */
  protected abstract refusal(): Error;

  /** Reads the next token, of a kind where one is named. */
  protected next(kind?: Read["kind"]): Read {
    const token = this.tokens[this.at];
    if (token === undefined || (kind !== undefined && token.kind !== kind)) throw this.refusal();
    this.at += 1;
    return token;
  }

  /** Whether a word or a sign is next; the content of a string is neither. */
  protected isNext(text: string): boolean {
    const token = this.tokens[this.at];
    return token?.text === text && token.kind !== "string";
  }

  /** Reads a word or a sign if it is next. */
  protected take(text: string): boolean {
    const isNext = this.isNext(text);
    if (isNext) this.at += 1;
    return isNext;
  }

  /** Reads a word or a sign, which has to be next. */
  protected expect(text: string): void {
    if (!this.take(text)) throw this.refusal();
  }
}
