import { InvalidInput } from "../../errors/invalid-input";
import { environmentsOf, folderOption, formatOption, OUTPUT, repeated } from "../options";
import type { PageFormat } from "../../verification/render/formats";
import { progress } from "../terminal";
import type { Verb } from "../verb";

const HELP = `
Everything that a first deploy needs, in order. Each line is done (✓), open (○) or unknown (?), with the thing to do. It reads the
platforms and changes nothing; a platform that doesn't answer is given up within 30 seconds. Without a credential it says what can be said.

What a deploy would write is read from the output of a synth: ${OUTPUT}, or the folder that is named, which then says what its
environments are, too. What the zone has already is printed at its end as TypeScript to paste, and as \`terraform import\` lines
where Terraform alone can take it over. A live rule or a file that the deploy would delete or overwrite is open until it is given
up by name.

It takes the credentials that Terraform's providers take, and GH_TOKEN for the repository that deploys. docs/deploy.md lists the rights.

Examples:
  npm run -s policy -- doctor staging
  npm run -s policy -- doctor production --drop old-rule --drop example/api:.github/dependabot.yml
  npm run -s policy -- doctor production --format markdown > checklist.md

Exit codes: 0 all is done, 1 something is open or unknown, 2 the input is wrong.`;

interface Options {
  readonly folder?: string;
  readonly format: PageFormat;
  readonly drop?: readonly string[];
}

/** `doctor <environment>`: the checklist of a first deploy. */
export const doctor: Verb = (program, { terminal, environment: variables, finish }) => {
  program
    .command("doctor")
    .description("Lists what a first deploy needs: what is done, open or unknown, and what to do.")
    .argument("<environment>", "its name")
    .option("--drop <ref>", "a live rule, or a file as owner/name:path, that may go; may be repeated", repeated)
    .addOption(folderOption())
    .addOption(formatOption("of the answer", ["text", "markdown", "json"]))
    .addHelpText("after", HELP)
    .action(async (name: string, { drop = [], folder, format }: Options) => {
      const { exitCodeOf } = await import("../../operations/doctor/checklist");
      const { doctor: look } = await import("../../operations/doctor/doctor");
      const { clientsOf } = await import("../../operations/platforms/clients");
      const { systemDialler } = await import("../../operations/probe/ask");
      const { CHECKLIST_FORMATS } = await import("../pages/findings");
      const synthesized = folder ?? OUTPUT;
      const checklist = await look(name, await environmentsOf(folder), {
        ...{ variables, drop, clients: clientsOf(variables), dialler: systemDialler(), ...progress(terminal) },
        ...{ folder: synthesized, changed: await changedIn(synthesized) },
      });
      terminal.write(CHECKLIST_FORMATS[format](checklist, terminal));
      finish(exitCodeOf(checklist));
    });
};

/** The files that aren't what was proven; undefined where that can't be said. */
async function changedIn(folder: string): Promise<readonly string[] | undefined> {
  const { readOutputFolder } = await import("../../verification/terraform/folder");
  try {
    return readOutputFolder(folder).changed;
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return undefined;
  }
}
