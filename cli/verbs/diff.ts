import type { DiffFormat } from "../../verification/render/diff";
import { readOutput } from "../folder";
import { formatOption } from "../output-format";
import type { Verb } from "../verb";

interface Options {
  readonly intent?: string;
  readonly format: DiffFormat;
}

const HELP = `
Compares what two synths wrote, for all requests and connections: first what is
promised, then what is opened, closed and changed, each with an example and with
what decides it. A difference that isn't understood is undecided. No change in
behaviour is proven, however much the JSON differs.

An intent is a file of YAML or JSON: the ids of the differences that the change
means to make, as diff prints them, each with a reason or without.

  - difference:production:database:opened:exampleproductiondbx:1f0c8a3be2d7
  - id: difference:production:policy:weakened:production.egress:90b1d4a77c3e
    reason: the backend has one more address

Then everything else that the change does is refused.

Examples:
  npm run -s policy -- diff ../base/cdktf.out cdktf.out
  npm run -s policy -- diff before after --intent intent.yaml
  npm run -s policy -- diff before after --format markdown > comment.md

Exit codes: 0 the same or meant, 1 something is opened, weakened or not meant,
2 it is undecided, or something can't be read.`;

/** `diff`: what a change of the app opens, closes and promises. */
export const diff: Verb = (program, { terminal, finish }) => {
  program
    .command("diff")
    .description("Says what a change opens, closes and promises otherwise.")
    .argument("<old>", "what a synth wrote before the change")
    .argument("<new>", "what a synth wrote after it")
    .option("--intent <file>", "the ids of what the change means to do")
    .addOption(formatOption("of the answer", ["text", "markdown", "json", "sarif"]))
    .addHelpText("after", HELP)
    .action(async (old: string, now: string, { intent, format }: Options) => {
      const { DIFF_FORMATS } = await import("../../verification/render/diff");
      const { readIntent } = await import("../../verification/answers/diff/intent");
      const { diffReport, exitCodeOf } = await import("../../verification/answers/diff/report");
      const meant = intent === undefined ? undefined : readIntent(intent);
      const before = await readOutput(old, terminal, "reading");
      const apps = { before, after: await readOutput(now, terminal, "comparing") };
      const report = diffReport(apps, meant);
      terminal.write(DIFF_FORMATS[format](report, terminal));
      finish(exitCodeOf(report));
    });
};
