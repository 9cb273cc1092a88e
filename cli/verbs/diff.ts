import type { DiffFormat } from "../../verification/render/diff";
import { InvalidInput } from "../../errors/invalid-input";
import { textOfFile } from "../../errors/user-file";
import type { FailedSynth } from "../../verification/answers/diff/failed-synth";
import type { Side } from "../../verification/answers/diff/report";
import { readOutput, formatOption } from "../options";
import { writeOptions } from "../sources";
import type { Terminal } from "../terminal";
import type { Verb } from "../verb";
import { existsSync } from "node:fs";
import { join } from "node:path";

interface Options {
  readonly intent?: string;
  readonly sources?: string;
  readonly format: DiffFormat;
}

const HELP = `
Compares what two synths wrote, for all requests and connections: first what is
promised, then what is opened, closed and changed, each with an example and with
what decides it. A difference that isn't understood is undecided. No change in
behaviour is proven, however much the JSON differs.

A folder may also hold unproven.json, the app that a synth refused, or
synth.txt, the words of a synth that failed: the answer says so first.

An intent is a file of YAML or JSON: the ids of the differences that the change
means to make, as diff prints them, each with a reason or without.

  - difference:production:database:opened:exampleproductiondbx:1f0c8a3be2d7
  - id: difference:production:policy:weakened:production.egress:90b1d4a77c3e
    reason: the backend has one more address

Then everything else that the change does is refused.

Examples:
  npm run -s policy -- diff ../base/cdktf.out cdktf.out
  npm run -s policy -- diff before after --intent intent.yaml
  npm run -s policy -- diff before after --format comment > comment.md

Exit codes: 0 the same or meant, 1 something is opened, weakened or not meant,
2 it is undecided, or a side can't be read.`;

/** `diff`: what a change of the app opens, closes and promises. */
export const diff: Verb = (program, { terminal, environment, finish }) => {
  program
    .command("diff")
    .description("Says what a change opens, closes and promises otherwise.")
    .argument("<old>", "what a synth wrote before the change")
    .argument("<new>", "what a synth wrote after it")
    .option("--intent <file>", "the ids of what the change means to do")
    .option("--sources <folder>", "where the change's environments/ lie, to name their lines")
    .addOption(formatOption("of the answer", ["text", "markdown", "json", "sarif", "comment"]))
    .addHelpText("after", HELP)
    .action(async (old: string, now: string, { intent, sources, format }: Options) => {
      const { DIFF_FORMATS } = await import("../../verification/render/diff");
      const { readIntent } = await import("../../verification/answers/diff/intent");
      const { reviewOf, exitCodeOf } = await import("../../verification/answers/diff/report");
      const meant = intent === undefined ? undefined : readIntent(intent);
      const read = format === "comment" ? readSideOrWhyNot : readSide;
      const before = await read("before", old, terminal);
      const report = reviewOf({ before, after: await read("after", now, terminal) }, meant);
      terminal.write(DIFF_FORMATS[format](report, writeOptions(format, { terminal, environment }, sources)));
      finish(exitCodeOf(report));
    });
};

/** The words of a synth that failed, beside what it would have written. */
const SYNTH_LOG = "synth.txt";

/**
 * Reads a side of a change: what a synth wrote; else the app that it refused, or why there is none.
 *
 * @throws {InvalidInput} where none of it is there, or it can't be read
 */
async function readSide(side: FailedSynth["side"], folder: string, terminal: Terminal): Promise<Side> {
  const { UNPROVEN_FILE, unprovenFiles } = await import("../../verification/terraform/unproven");
  const has = (name: string): boolean => existsSync(join(folder, name));
  if (!has("manifest.json") && has(UNPROVEN_FILE)) {
    const { readOutput: readFiles } = await import("../../verification/terraform/output");
    return { ...readFiles(unprovenFiles(join(folder, UNPROVEN_FILE))), isRefused: true };
  }
  const log = has("manifest.json") ? undefined : textOfFile(join(folder, SYNTH_LOG));
  if (log !== undefined && "text" in log) {
    const { failedSynth } = await import("../../verification/answers/diff/failed-synth");
    return failedSynth(side, log.text);
  }
  return readOutput(folder, terminal, side === "before" ? "reading" : "comparing");
}

/** The same where the answer goes to somebody who doesn't see the terminal: it says why a side can't be read. */
async function readSideOrWhyNot(side: FailedSynth["side"], folder: string, terminal: Terminal): Promise<Side> {
  try {
    return await readSide(side, folder, terminal);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const { failedSynth } = await import("../../verification/answers/diff/failed-synth");
    return failedSynth(side, error.message, "read");
  }
}
