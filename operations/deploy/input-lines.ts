/** What the lines `name=value` of `TERRAFORM_VARIABLES` say. */
export interface InputLines {
  /** Input variables with their values, line by line. */
  readonly inputs: readonly (readonly [name: string, value: string])[];
  /** The numbers of the lines, from 1, that are something else; an empty line is nothing. */
  readonly strange: readonly number[];
}

const LINE = /^([a-z][a-z0-9_]*)=(.+)$/;

export function inputLines(text: string): InputLines {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line, number: index + 1, match: LINE.exec(line) }));
  return {
    inputs: lines.flatMap(({ match }) => (match === null ? [] : [[match[1] ?? "", match[2] ?? ""] as const])),
    strange: lines.filter(({ line, match }) => match === null && line.trim() !== "").map(({ number }) => number),
  };
}
