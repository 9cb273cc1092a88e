import { formatOption } from "../options";
import type { Verb } from "../verb";

const HELP = `
Examples:
  npm run -s policy -- statements
  npm run -s policy -- statements --format markdown > statements.md

Exit codes: 0 printed, 2 the input is wrong.`;

/** `statements`: what is proven, part by part. */
export const statements: Verb = (program, { terminal }) => {
  program
    .command("statements")
    .description("Prints the policy as it is proven: every statement with its parts.")
    .addOption(formatOption("of the answer", ["text", "markdown"]))
    .addHelpText("after", HELP)
    .action(async ({ format }: { readonly format: "text" | "markdown" }) => {
      const { STATEMENT_FORMATS } = await import("../../verification/render/statements");
      terminal.write(STATEMENT_FORMATS[format](terminal));
    });
};
