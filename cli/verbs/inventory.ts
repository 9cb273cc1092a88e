import { environmentsOf, folderOption, formatOption } from "../options";
import type { PageFormat } from "../../verification/render/formats";
import { announce } from "../terminal";
import type { Verb } from "../verb";

const HELP = `
Reads the platforms and changes nothing. A thing that beats the rules from outside the JSON is a failure, and so is one that no
environment names; what can't be read is undecided. An environment lets a thing be by its id and a reason:

  accept: [Accept.thing("cloudflare/dns-record/<id>", "the status page, run by its vendor")],

It needs read access: CLOUDFLARE_API_TOKEN, RENDER_API_KEY, SUPABASE_ACCESS_TOKEN. docs/deploy.md lists the rights.

Examples:
  npm run -s policy -- inventory
  npm run -s policy -- inventory production --format json

Exit codes: 0 nothing has to change, 1 something has to, 2 it is unknown.`;

interface Options {
  readonly folder?: string;
  readonly format: PageFormat;
}

/** `inventory [environment]`: what is on the platforms beside what the environments name. */
export const inventory: Verb = (program, { terminal, environment: variables, finish }) => {
  program
    .command("inventory")
    .description("Finds what is on the platforms and in no environment.")
    .argument("[environment]", "its name; every environment when none is named")
    .addOption(formatOption("of the answer", ["text", "markdown", "json"]))
    .addOption(folderOption())
    .addHelpText("after", HELP)
    .action(async (name: string | undefined, { folder, format }: Options) => {
      const { exitCodeOf, inventory: take } = await import("../../operations/inventory/inventory");
      const { clientsOf } = await import("../../operations/platforms/clients");
      const { INVENTORY_FORMATS } = await import("../pages/findings");
      announce(terminal, "asking the platforms");
      const stock = await take(await environmentsOf(folder), clientsOf(variables), name);
      terminal.write(INVENTORY_FORMATS[format](stock, terminal));
      finish(exitCodeOf(stock));
    });
};
