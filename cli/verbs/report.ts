import { InvalidInput } from "../../errors/invalid-input";
import { readOutput, choiceOption } from "../options";
import { version } from "../program";
import type { Verb } from "../verb";
import { writeFileSync } from "node:fs";

const HELP = `
One file without a single outside request: what holds and what it rests on, who
reaches what, how to check each statement by hand, and a form that explains any
request. It opens from a mail, prints on A4, and needs no JavaScript but for the
form.

Examples:
  npm run -s policy -- report --output report.html
  npm run -s policy -- report --before ../base/cdktf.out --output report.html
  npm run -s policy -- report --format markdown --head

Exit codes: 0 everything is proven, accepted or lowered by name; 1 one is
violated, or something is opened or weakened; 2 one is undecided, or something
can't be read.`;

interface Options {
  readonly before?: string;
  readonly format: "html" | "markdown";
  readonly head?: true;
  readonly output?: string;
}

/** `report`: one document about an output, for whoever audits, approves or asks. */
export const report: Verb = (program, { terminal, finish }) => {
  program
    .command("report")
    .description("Writes one self-contained page: what holds, what it rests on, and who reaches what.")
    .argument("[folder]", "what a synth wrote", "cdktf.out")
    .option("--before <folder>", "what an earlier synth wrote: the page leads with the difference")
    .addOption(choiceOption("--format <format>", "of the page", ["html", "markdown"]).default("html"))
    .option("--head", "the head alone, as Markdown: the verdicts, what is accepted, and what was proven")
    .option("--output <file>", "the file to write (default: it is printed)")
    .addHelpText("after", HELP)
    .action(async (folder: string, { before, format, head, output }: Options) => {
      const { auditReportOf, exitCodeOf } = await import("../../verification/answers/report/audit-report");
      const { auditHead, auditHtml, auditMarkdown } = await import("../../verification/render/audit-report");
      const { origin, pageScript } = await import("../report-sources");
      const earlier = before === undefined ? undefined : await readOutput(before, terminal, "reading");
      const found = auditReportOf(await readOutput(folder, terminal, "reporting"), origin(folder, version()), earlier);
      const page =
        head === true
          ? auditHead(found)
          : format === "markdown"
            ? auditMarkdown(found)
            : auditHtml(found, pageScript());
      if (output === undefined) terminal.write(page);
      else await writeTo(output, page);
      finish(exitCodeOf(found));
    });
};

async function writeTo(path: string, page: string): Promise<void> {
  try {
    writeFileSync(path, page);
  } catch (error) {
    const { reasonOf } = await import("../../errors/user-file");
    throw new InvalidInput("the report", [
      { at: "--output", got: `${path}: ${reasonOf(error)}`, allowed: "a file in a folder that is there" },
    ]);
  }
}
