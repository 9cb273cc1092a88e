import type { ReportFormat } from "../../verification/render/report";
import { announce } from "../terminal";
import { formatOption } from "../options";
import { writeOptions } from "../sources";
import type { Verb } from "../verb";

/** `verify`: proves the statements on an output folder, whoever wrote it. */
export const verify: Verb = (program, { terminal, environment, finish }) => {
  program
    .command("verify")
    .description("Proves every statement on an output folder, from its policy.json and its stacks.")
    .argument("[folder]", "what a synth wrote", "cdktf.out")
    .addOption(formatOption("of the report", ["text", "markdown", "json", "sarif"]))
    .addHelpText(
      "after",
      `
Examples:
  npm run -s policy -- verify
  npm run -s policy -- verify ../release/cdktf.out --format sarif > proof.sarif

Exit codes: 0 everything is proven, accepted or lowered by name; 1 one is
violated; 2 one is undecided, the files aren't those that proof.json was written
for, or the folder can't be read.`,
    )
    .action(async (folder: string, { format }: { readonly format: ReportFormat }) => {
      const { readOutputFolder } = await import("../../verification/terraform/folder");
      const { REPORT_FORMATS } = await import("../../verification/render/report");
      const { exitCodeOf, reportOf } = await import("../../verification/answers/verify");
      const { resultsOf } = await import("../../verification/statements/results");
      announce(terminal, "proving");
      const started = process.hrtime.bigint();
      const { model, policies, changed } = readOutputFolder(folder);
      const report = reportOf(model, resultsOf(model, policies), changed);
      terminal.write(REPORT_FORMATS[format](report, writeOptions(format, { terminal, environment })));
      if (terminal.isInteractive) terminal.tell(`${(process.hrtime.bigint() - started) / 1_000_000n} ms\n`);
      finish(exitCodeOf(report));
    });
};
