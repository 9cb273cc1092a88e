import type { PageFormat } from "../../verification/render/formats";
import { readOutput, formatOption } from "../options";
import type { Verb } from "../verb";

const HELP = `
Rows are sources by name, columns are services and ports. A cell speaks of all
that a source can send there: allow, redirect, challenge or block, mixed where
it depends on something, undecided where it is unknown. The numbers say what
decides it, and how strongly it is held.

Examples:
  npm run -s policy -- matrix
  npm run -s policy -- matrix ../release/cdktf.out --environment production
  npm run -s policy -- matrix --format markdown > matrix.md

Exit codes: 0 printed, 2 a cell is undecided, or the folder can't be read.`;

interface Options {
  readonly format: PageFormat;
  readonly environment?: string;
}

/** `matrix`: who reaches what. */
export const matrix: Verb = (program, { terminal, finish }) => {
  program
    .command("matrix")
    .description("Shows who reaches what: named sources against services and ports, over all requests.")
    .argument("[folder]", "what a synth wrote", "cdktf.out")
    .option("--environment <name>", "one environment (default: every one)")
    .addOption(formatOption("of the table", ["text", "markdown", "json"]))
    .addHelpText("after", HELP)
    .action(async (folder: string, { format, environment }: Options) => {
      const { exitCodeOf } = await import("../../verification/answers/matrix/matrix");
      const { matrixOf } = await import("../../verification/answers/matrix/matrix-of");
      const { MATRIX_FORMATS } = await import("../../verification/render/matrix");
      const app = await readOutput(folder, terminal, "asking for every source");
      const found = matrixOf(app, environment);
      terminal.write(MATRIX_FORMATS[format](found, terminal));
      finish(exitCodeOf(found));
    });
};
