/** A token as far as reading asks for it. */
interface Readable {
  readonly kind: string;
  readonly text: string;
}

/** What readers of expressions by recursive descent share: where they stand, and how they go on. */
export abstract class TokenReader<Token extends Readable> {
  /** How many tokens are read. */
  protected at = 0;

  public constructor(protected readonly tokens: readonly Token[]) {}

  public get isAtEnd(): boolean {
    return this.at === this.tokens.length;
  }

  /** What is thrown where the tokens are others than the language has there. */
  protected abstract refusal(): Error;

  /** Reads the next token, of a kind where one is named. */
  protected next(kind?: Token["kind"]): Token {
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
