import { InvalidArgumentError } from "commander";
import { environmentsOf, folderOption, formatOption } from "../options";
import type { PageFormat } from "../../verification/render/formats";
import { progress } from "../terminal";
import type { Verb } from "../verb";

interface Options {
  readonly format: PageFormat;
  readonly folder?: string;
  readonly proxy?: Readonly<Record<string, string>>;
}

const HELP = `
Looks from outside, from this machine, and needs no credential. It asks a fixed list of questions of the environment's
own hosts, one connection each.

The environment doesn't say in which region its datastores are. Their platforms' shared proxies are asked where they are
named by --proxy.

Examples:
  npm run -s policy -- probe staging
  npm run -s policy -- probe production --format json
  npm run -s policy -- probe production --proxy red-...=frankfurt-keyvalue.render.com

Exit codes: 0 everything holds, 1 something doesn't, 2 it is unknown.`;

/** `probe <environment>`: whether an environment is what it promises, seen from outside. */
export const probe: Verb = (program, { terminal, finish }) => {
  program
    .command("probe")
    .description("Looks at a deployed environment from outside.")
    .argument("<environment>", "its name")
    .addOption(formatOption("of the answer", ["text", "markdown", "json"]))
    .option("--proxy <id=host>", "the shared proxy in front of a datastore; may be repeated", withProxy)
    .addOption(folderOption())
    .addHelpText("after", HELP)
    .action(async (name: string, { format, folder, proxy: proxies = {} }: Options) => {
      const { systemDialler } = await import("../../operations/probe/ask");
      const { exitCodeOf, probe: look } = await import("../../operations/probe/probe");
      const { PROBE_FORMATS } = await import("../pages/probe");
      const probed = await look(name, await environmentsOf(folder), {
        dialler: systemDialler(),
        proxies,
        ...progress(terminal),
      });
      terminal.write(PROBE_FORMATS[format](probed, terminal));
      finish(exitCodeOf(probed));
    });
};

function withProxy(text: string, known: Options["proxy"]): Options["proxy"] {
  const [, id = "", host = ""] = /^([^=]+)=([^=]+)$/.exec(text) ?? [];
  if (id === "") throw new InvalidArgumentError("It is the id of a datastore, =, and a host name.");
  return { ...known, [id]: host };
}
