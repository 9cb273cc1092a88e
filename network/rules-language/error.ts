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
