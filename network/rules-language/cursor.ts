import type { Span } from "./ast";

/** An expression that is not one of the Rules language. The message says what was found and what is allowed there. */
export class RulesLanguageError extends Error {
  public override readonly name = "RulesLanguageError";

  /**
   * @param source the expression as it was given
   * @param offset where it went wrong, in UTF-16 units from the start of the source
   * @param reason what was found and what is allowed
   * @param line counted from 1
   * @param column counted from 1, in characters
   */
  public constructor(
    public readonly source: string,
    public readonly offset: number,
    public readonly reason: string,
    public readonly line: number,
    public readonly column: number,
  ) {
    super(`line ${line}, column ${column}: ${reason}`);
  }

  public static at(source: string, offset: number, reason: string): RulesLanguageError {
    const lines = source.slice(0, offset).split("\n");
    return new RulesLanguageError(source, offset, reason, lines.length, [...(lines.at(-1) ?? "")].length + 1);
  }
}

/** Space, carriage return and newline. A tab is not white space in an expression. */
const SPACE = new Set([" ", "\r", "\n"]);
/** Unicode's White_Space, which may surround an expression. */
const SURROUNDING = "[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*";
const LEADING = new RegExp(`^${SURROUNDING}`);
const TRAILING = new RegExp(`${SURROUNDING}$`);
const WORD = /^(?:[\w.]+|"[^"]*"|[^\s\w])/u;
const LONE_SURROGATE = /\p{Surrogate}/u;
const LONGEST_SHOWN = 40;

/** A place in a source that moves forward as the parser reads. Offsets count UTF-16 units. */
export class Cursor {
  private readonly end: number;
  private at: number;

  /** @throws RulesLanguageError when the source is not well-formed text */
  public constructor(private readonly source: string) {
    this.end = source.length - (TRAILING.exec(source)?.[0].length ?? 0);
    this.at = this.end === 0 ? 0 : (LEADING.exec(source)?.[0].length ?? 0);
    const lone = source.search(LONE_SURROGATE);
    if (lone >= 0) this.fail("found half of a surrogate pair, expected well-formed text", lone);
  }

  public get offset(): number {
    return this.at;
  }

  /** Goes back to an offset that was read before, or forward. */
  public moveTo(offset: number): void {
    this.at = offset;
  }

  public get isAtEnd(): boolean {
    return this.at >= this.end;
  }

  /** The character here, or the empty string at the end. */
  public get character(): string {
    return this.characterAt(this.at);
  }

  public characterAt(offset: number): string {
    return offset < this.end ? String.fromCodePoint(this.source.codePointAt(offset) ?? 0) : "";
  }

  public startsWith(text: string): boolean {
    return this.at + text.length <= this.end && this.source.startsWith(text, this.at);
  }

  /** Moves behind the text if it stands here. */
  public skip(text: string): boolean {
    const found = this.startsWith(text);
    if (found) this.at += text.length;
    return found;
  }

  /** Moves behind the text, which must stand here. */
  public expect(text: string): void {
    if (!this.skip(text)) this.fail(`${this.found()}, expected "${text}"`);
  }

  public skipSpace(): void {
    while (SPACE.has(this.character)) this.at += 1;
  }

  /** The offset of the next character that is no white space. */
  public offsetAfterSpace(): number {
    const here = this.at;
    this.skipSpace();
    const after = this.at;
    this.at = here;
    return after;
  }

  /** Reads the next characters, however many there are up to a count. */
  public take(count: number): string {
    const from = this.at;
    for (let taken = 0; taken < count && !this.isAtEnd; taken += 1) this.at += this.character.length;
    return this.source.slice(from, this.at);
  }

  /**
   * Reads as much as a pattern matches here, which may be nothing.
   *
   * @param pattern a sticky pattern (`y`)
   */
  public takeWhile(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const text = (pattern.exec(this.source)?.[0] ?? "").slice(0, this.end - this.at);
    this.at += text.length;
    return text;
  }

  public textFrom(start: number): string {
    return this.source.slice(start, this.at);
  }

  public spanFrom(start: number): Span {
    return { start, end: this.at };
  }

  /** The text at an offset, in words. */
  public found(offset = this.at): string {
    if (offset >= this.end) return "found the end of the expression";
    const text = WORD.exec(this.source.slice(offset, this.end))?.[0] ?? this.characterAt(offset);
    return `found ${JSON.stringify(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text)}`;
  }

  /** Reads by a function; goes back and returns nothing if it fails. */
  public attempt<Result>(read: () => Result): Result | undefined {
    const here = this.at;
    try {
      return read();
    } catch (error) {
      if (!(error instanceof RulesLanguageError)) throw error;
      this.at = here;
      return undefined;
    }
  }

  public fail(reason: string, offset = this.at): never {
    throw RulesLanguageError.at(this.source, offset, reason);
  }
}
