import { InvalidInput } from "../errors/invalid-input";
import type { Variables } from "../operations/platforms/platform";
import { oneLine } from "../verification/render/escape";
import { asCalledHere, PROGRAM, version } from "./program";
import type { Terminal } from "./terminal";
import { EXIT_CODES, type ExitCode } from "./verb";
import { VERBS } from "./verbs";
import { Command, CommanderError } from "commander";
import { inspect } from "node:util";

/**
 * Runs one command.
 *
 * @param args the command and its arguments, without the program
 * @returns the exit code; bad arguments, bad input and unforeseen errors are told to the terminal and give 2
 */
export async function run(args: readonly string[], terminal: Terminal, environment: Variables): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = new Command(PROGRAM)
    .description("Asks, proves and watches the policy of the synthesized app.")
    .version(version())
    .configureOutput({
      writeOut: (help) => {
        terminal.write(asCalledHere(help));
      },
      writeErr: terminal.tell,
    })
    .showHelpAfterError(`(${PROGRAM} <command> --help shows what a command takes)`)
    .exitOverride();
  const finish = (ending: ExitCode): void => {
    code = ending;
  };
  for (const verb of VERBS) verb(program, { terminal, environment, finish });
  for (const group of [program, ...program.commands].filter(({ commands }) => commands.length > 0)) {
    group.addHelpText("after", `\n${EXIT_CODES}`);
  }
  // Settings don't reach commands that are added afterwards by themselves.
  for (const command of program.commands) command.copyInheritedSettings(program);
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    // Input may hold sequences that a terminal would obey.
    const lines = error instanceof InvalidInput ? error.message.split("\n") : [unforeseen(error)];
    terminal.tell(`${lines.map(oneLine).join("\n")}\n`);
    return 2;
  }
}

/** The line about an unforeseen error, without a stack trace. */
export function unforeseen(error: unknown): string {
  const got = error instanceof Error ? `${error.name}: ${error.message}` : inspect(error);
  return `no answer: got ${got}; this is a fault of the program: tell its maintainers the command and this line`;
}
