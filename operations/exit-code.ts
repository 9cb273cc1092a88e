/**
 * The exit code of an answer.
 *
 * 0: it holds, or it was done. 1: it doesn't hold. 2: it can't be decided, or the input is wrong.
 */
export type ExitCode = 0 | 1 | 2;

/** The exit code of several answers: 1 where one doesn't hold; otherwise 2 where one is unknown. */
export function codeOfAll(codes: readonly ExitCode[]): ExitCode {
  if (codes.includes(1)) return 1;
  return codes.includes(2) ? 2 : 0;
}

/** The exit code of a program that was asked. Another one than 0 and 1, or none, says nothing. */
export function codeOfProgram(code: number | undefined): ExitCode {
  return code === 0 || code === 1 ? code : 2;
}
