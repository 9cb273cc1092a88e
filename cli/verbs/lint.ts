import type { Format } from "../../verification/render/formats";
import { readOutput, formatOption } from "../options";
import { writeOptions } from "../sources";
import type { Verb } from "../verb";

const HELP = `
Finds rules that never take effect, also where several others together have
their requests; rules whose order decides; lists that nothing uses; addresses
that are in a set twice, that make one block, or that are read otherwise than
they look; what is near a limit of the plan or over it; values that were lost
on the way to the JSON; and what is undecided.

Examples:
  npm run -s policy -- lint
  npm run -s policy -- lint ../release/cdktf.out --format markdown
  npm run -s policy -- lint --format sarif > lint.sarif

Exit codes: 0 nothing, or notes alone; 1 an error or a warning; 2 something is
undecided and nothing else is wrong, or the folder can't be read.`;

/** `lint`: what the JSON does otherwise than it seems. */
export const lint: Verb = (program, { terminal, environment, finish }) => {
  program
    .command("lint")
    .description("Finds rules, lists and addresses of an output folder that don't do what they seem to.")
    .argument("[folder]", "what a synth wrote", "cdktf.out")
    .addOption(formatOption("of the report", ["text", "markdown", "json", "sarif"]))
    .addHelpText("after", HELP)
    .action(async (folder: string, { format }: { readonly format: Format }) => {
      const { LINT_FORMATS } = await import("../../verification/render/lint");
      const { exitCodeOf, lintReportOf } = await import("../../verification/answers/lint/report");
      const app = await readOutput(folder, terminal, "looking");
      const report = lintReportOf(app);
      terminal.write(LINT_FORMATS[format](report, writeOptions(format, { terminal, environment })));
      finish(exitCodeOf(report));
    });
};
