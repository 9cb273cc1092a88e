import type { Ended, Program, RunProgram } from "../../../../operations/deploy/program";

/** Programs that answer what a test says, and remember how they were called. */
export interface StandInPrograms {
  readonly run: RunProgram;
  readonly calls: readonly Program[];
  /** The calls as command lines. */
  readonly lines: () => readonly string[];
}

/**
 * @param answer what a program ends with; undefined for 0 and no output
 */
export function standInPrograms(
  answer: (line: string, program: Program) => Partial<Ended> | undefined,
): StandInPrograms {
  const calls: Program[] = [];
  const line = ({ command }: Program): string => command.join(" ");
  return {
    calls,
    lines: () => calls.map(line),
    run: (program, onOutput = () => undefined) => {
      calls.push(program);
      const ended: Ended = { code: 0, output: "", ...answer(line(program), program) };
      onOutput(ended.output);
      return Promise.resolve(ended);
    },
  };
}
