/** An expression that is not one of the Rules language. The message says what was found and what is allowed there. */
export class RulesLanguageError extends Error {
  public override readonly name = "RulesLanguageError";

  /**
   * @param source the expression as it was given
   * @param offset where it went wrong, in UTF-16 units from the start of the source
   * @param reason what was found and what is allowed
   * @param line counted from 1
   * @param column counted from 1, in characters. Line and column are those that Cloudflare reports: they count from the
   *   first character that is not white space.
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

  /** @param start where the expression begins in its source, behind white space */
  public static at(source: string, start: number, offset: number, reason: string): RulesLanguageError {
    const lines = source.slice(start, offset).split("\n");
    return new RulesLanguageError(source, offset, reason, lines.length, [...(lines.at(-1) ?? "")].length + 1);
  }
}
