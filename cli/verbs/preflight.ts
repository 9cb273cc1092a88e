import { environmentsOf, folderOption, OUTPUT } from "../folder";
import { formatOption, jsonText } from "../output-format";
import type { Verb } from "../verb";

const HELP = `
Before the first change: reads the platforms and changes nothing. Every finding says what to do. Rules that the zone
has already are printed as TypeScript to paste, and as \`terraform import\` lines where Terraform alone can take it over.
A live rule or a file that the deploy would delete or overwrite is a failure unless it is given up by name. The
inventory is part of it.

The files that a deploy would write are read from the output of a synth: ${OUTPUT}, or the folder that is named, which then
says what its environments are, too. docs/preflight.md lists the rights.

Examples:
  npm run policy -- preflight staging
  npm run policy -- preflight production --drop old-rule --drop example/api:.github/dependabot.yml
  npm run policy -- preflight production --format json

Exit codes: 0 nothing has to change, 1 something has to, 2 it is unknown.`;

interface Options {
  readonly folder?: string;
  readonly format: "text" | "json";
  readonly drop: readonly string[];
}

/** `preflight <environment>`: what has to be mended before an environment is first deployed. */
export const preflight: Verb = (program, { terminal, environment: variables, finish }) => {
  program
    .command("preflight")
    .description("Finds what stands in the way of a first deploy.")
    .argument("<environment>", "its name")
    .option("--drop <ref>", "a live rule, or a file as owner/name:path, that may go; may be repeated", withDrop, [])
    .addOption(folderOption())
    .addOption(formatOption("of the answer"))
    .addHelpText("after", HELP)
    .action(async (name: string, { drop, folder, format }: Options) => {
      const { exitCodeOf, textOf } = await import("../../operations/inventory/report");
      const { clientsOf } = await import("../../operations/platforms/clients");
      const { preflight: look } = await import("../../operations/preflight/preflight");
      const clients = clientsOf(variables);
      const synthesized = folder ?? OUTPUT;
      const report = await look(name, await environmentsOf(folder), { clients, variables, synthesized, drop });
      terminal.write(format === "json" ? jsonText(report) : textOf(report));
      finish(exitCodeOf(report));
    });
};

function withDrop(text: string, known: Options["drop"]): Options["drop"] {
  return [...known, text];
}
