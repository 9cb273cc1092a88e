import { Option } from "commander";
import type { MatrixFormat } from "../../verification/render/matrix";
import { announce } from "../terminal";
import type { Verb } from "../verb";

const HELP = `
Rows are sources by name, columns are services and ports. A cell speaks of all
that a source can send there: allow, redirect, challenge or block, mixed where
it depends on something, undecided where nobody can say. The numbers say what
decides it, and how strongly it is held.

Examples:
  npm run -s policy -- matrix
  npm run -s policy -- matrix ../release/cdktf.out --environment production
  npm run -s policy -- matrix --format markdown > matrix.md

Exit codes: 0 printed, 2 a cell is undecided, or the folder can't be read.`;

interface Options {
  readonly format: MatrixFormat;
  readonly environment?: string;
}

/** `matrix`: who reaches what. */
export const matrix: Verb = (program, { terminal, finish }) => {
  program
    .command("matrix")
    .description("Shows who reaches what: named sources against services and ports, over all requests.")
    .argument("[folder]", "what a synth wrote", "cdktf.out")
    .option("--environment <name>", "one environment (default: every one)")
    .addOption(new Option("--format <format>", "of the table").choices(["text", "markdown", "json"]).default("text"))
    .addHelpText("after", HELP)
    .action(async (folder: string, { format, environment }: Options) => {
      const { readOutputFolder } = await import("../../verification/terraform/folder");
      const { exitCodeOf } = await import("../../verification/answers/matrix/matrix");
      const { matrixOf } = await import("../../verification/answers/matrix/matrix-of");
      const { MATRIX_FORMATS } = await import("../../verification/render/matrix");
      const app = readOutputFolder(folder);
      const [changed] = app.changed ?? [];
      if (changed !== undefined) terminal.tell(`not what was proven: ${changed} differs from proof.json\n`);
      announce(terminal, "asking for every source");
      const found = matrixOf(app, environment);
      terminal.write(MATRIX_FORMATS[format](found, terminal));
      finish(exitCodeOf(found));
    });
};
