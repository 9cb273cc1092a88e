/** A pattern that is no regular expression of Rust's `regex` crate, and why. */
export class RegexSyntaxError extends Error {
  public override readonly name = "RegexSyntaxError";
}

/** The flags that `(?flags)` sets, with their state at the start of a pattern: https://docs.rs/regex/latest/regex/#grouping-and-flags */
export interface RegexFlags {
  /** `i`: ASCII letters match in both cases. */
  readonly caseInsensitive: boolean;
  /** `m`: `^` and `$` match at lines. */
  readonly multiLine: boolean;
  /** `s`: `.` matches a newline. */
  readonly dotMatchesNewline: boolean;
  /** `R`: CR and CRLF end lines too. */
  readonly crlf: boolean;
  /** `u`: characters, not bytes. The engine turns it off. */
  readonly unicode: boolean;
  /** `x`: white space and comments mean nothing. */
  readonly ignoreWhitespace: boolean;
}

export const INITIAL_FLAGS: RegexFlags = {
  caseInsensitive: false,
  multiLine: false,
  dotMatchesNewline: false,
  crlf: false,
  unicode: false,
  ignoreWhitespace: false,
};

const WHITE_SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** A place in a pattern, which it reads by whole characters. It knows the flags that are in force there. */
export class RegexReader {
  public flags: RegexFlags = INITIAL_FLAGS;
  public readonly groupNames = new Set<string>();
  private readonly characters: readonly string[];
  private at = 0;

  public constructor(pattern: string) {
    this.characters = [...pattern];
  }

  public get offset(): number {
    return this.at;
  }

  public moveTo(offset: number): void {
    this.at = offset;
  }

  public get isAtEnd(): boolean {
    return this.at >= this.characters.length;
  }

  /** The character here, or the empty string at the end. */
  public get character(): string {
    return this.characters[this.at] ?? "";
  }

  public peek(): string {
    return this.characters[this.at + 1] ?? "";
  }

  /** The character behind this one, past white space and comments where they mean nothing. */
  public peekPastSpace(): string {
    if (!this.flags.ignoreWhitespace) return this.peek();
    let isComment = false;
    for (const character of this.characters.slice(this.at + 1)) {
      if (WHITE_SPACE.test(character)) isComment = isComment && character !== "\n";
      else if (isComment || character !== "#") return character;
      else isComment = true;
    }
    return "";
  }

  /** The pattern from here on. */
  public rest(): string {
    return this.characters.slice(this.at).join("");
  }

  public startsWith(text: string): boolean {
    return this.characters.slice(this.at, this.at + text.length).join("") === text;
  }

  /** Moves behind the text if it stands here. */
  public skip(text: string): boolean {
    const found = this.startsWith(text);
    if (found) this.at += text.length;
    return found;
  }

  /** Moves behind this character. @returns whether there is another */
  public next(): boolean {
    this.at += 1;
    return !this.isAtEnd;
  }

  public nextPastSpace(): boolean {
    this.next();
    this.skipSpace();
    return !this.isAtEnd;
  }

  public skipSpace(): void {
    while (this.flags.ignoreWhitespace && !this.isAtEnd) {
      if (this.character === "#") this.skipLine();
      else if (WHITE_SPACE.test(this.character)) this.at += 1;
      else return;
    }
  }

  /** Moves behind white space, whatever the flags. */
  public skipWhiteSpace(): void {
    while (!this.isAtEnd && WHITE_SPACE.test(this.character)) this.nextPastSpace();
  }

  public fail(reason: string): never {
    const place = this.isAtEnd ? "at its end" : `at its character ${this.at + 1}`;
    throw new RegexSyntaxError(`${place}: ${reason}`);
  }

  private skipLine(): void {
    while (!this.isAtEnd && this.character !== "\n") this.at += 1;
    this.at += 1;
  }
}
