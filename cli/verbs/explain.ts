import { InvalidInput } from "../../errors/invalid-input";
import type { App } from "../../verification/answers/app";
import type { PageFormat } from "../../verification/render/formats";
import type { Explanation } from "../../verification/answers/explain/explanation";
import type { TargetKind } from "../../verification/answers/targets";
import { choiceOption, formatOption, readOutput, repeated } from "../options";
import type { Verb } from "../verb";

interface Options {
  readonly from?: string;
  readonly method?: string;
  readonly header?: readonly string[];
  readonly to?: TargetKind;
  readonly environment?: string;
  readonly folder: string;
  readonly format: PageFormat;
}

const HELP = `
The URL is taken as it is typed, as a client that alters nothing would send it.
A port other than 443 or 80 stands in the URL. The value of a header that may
be a secret is never shown. Datastores and workers aren't HTTP: ask by --to.

Examples:
  npm run -s policy -- explain https://app.example.com/webhooks/meta \\
    --from 203.0.113.9
  npm run -s policy -- explain http://app.example.com/ --from 2001:db8::9 \\
    --header "User-Agent: curl/8" --format markdown
  npm run -s policy -- explain https://x.example/ --environment production
  npm run -s policy -- explain --to postgres --from 203.0.113.9

Exit codes: 0 explained, 2 undecided, or the question or the folder can't be
read.`;

/** `explain`: why a request ends where it ends, and who may connect to what is not HTTP. */
export const explain: Verb = (program, { terminal, finish }) => {
  program
    .command("explain")
    .description("Explains where a request ends and why, rule by rule, or who may connect to a datastore or a worker.")
    .argument("[url]", "the request's URL")
    .addOption(choiceOption("--to <what>", "what to connect to instead", ["postgres", "redis", "worker"]))
    .option("--from <ip>", "the client's address, IPv4 or IPv6 (default: one that no named set holds)")
    .option("--method <method>", "the request's method (default: GET)")
    .option("--header <header>", '"Name: value"; may be repeated', repeated)
    .option("--environment <name>", "the environment that is meant (default: the one that has the host)")
    .option("--folder <folder>", "what a synth wrote", "cdktf.out")
    .addOption(formatOption("of the page", ["text", "markdown", "json"]))
    .addHelpText("after", HELP)
    .action(async (url: string | undefined, options: Options) => {
      const question = questionOf(url, options);
      const { exitCodeOf } = await import("../../verification/answers/explain/explanation");
      const { EXPLAIN_FORMATS } = await import("../../verification/render/explain");
      const app = await readOutput(options.folder, terminal, "asking");
      const explanation = await explained(app, question, options);
      terminal.write(EXPLAIN_FORMATS[options.format](explanation, terminal));
      finish(exitCodeOf(explanation));
    });
};

type Question = { readonly url: string } | { readonly to: TargetKind };

/** A question is about a URL or about something else, not both. */
function questionOf(url: string | undefined, { to, method, header }: Options): Question {
  if (to !== undefined && url === undefined && method === undefined && header === undefined) return { to };
  if (to === undefined && url !== undefined) return { url };
  const got = to === undefined ? "neither a URL nor --to" : "--to together with what belongs to a URL";
  const allowed = "a URL with --method and --header, or --to with --from";
  throw new InvalidInput("the question", [{ at: "explain", got, allowed, change: "see explain --help" }]);
}

async function explained(app: App, question: Question, options: Options): Promise<Explanation> {
  const { explainConnection, explainRequest } = await import("../../verification/answers/explain/explain");
  const { header: headers = [], folder, format, ...asked } = options;
  return "to" in question
    ? explainConnection(app, { ...asked, ...question })
    : explainRequest(app, { ...asked, ...question, headers });
}
