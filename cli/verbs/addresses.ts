import type { Command } from "commander";
import { InvalidInput } from "../../errors/invalid-input";
import { IS_REPOSITORY } from "../program";
import { inLines } from "../terminal";
import type { Surroundings, Verb } from "../verb";

const REFRESH_HELP = `
In the output + enters, - leaves, ? is what only one of two sources has, and ! says why nothing is written.

Examples:
  npm run -s policy -- addresses refresh --dry-run
  npm run -s policy -- addresses refresh meta
  npm run -s policy -- addresses refresh --accept

Exit codes: 0 written or nothing new, 1 a guard rail refuses it, 2 a source gave no answer, or something can't be read.`;

const CHECK_HELP = `
Examples:
  npm run -s policy -- addresses check
  npm run -s policy -- addresses check meta --today 2027-01-31

Exit codes: 0 every feed is as old as it may be, 1 one is too old, 2 something can't be read.`;

const FEEDS = "meta or cloudflare; every feed when none is named";

interface FolderOptions {
  readonly folder?: string;
}

interface RefreshOptions extends FolderOptions {
  readonly accept?: true;
  readonly dryRun?: true;
  readonly whois?: string;
  readonly announced?: string;
  readonly cloudflare?: string;
}

interface CheckOptions extends FolderOptions {
  readonly today?: string;
}

/** Refreshes the committed addresses of others, and says how old they are. */
export const addresses: Verb = (program, { terminal, environment, finish }: Surroundings) => {
  const verb = program.command("addresses").description("the official addresses of Meta and Cloudflare, as committed");

  asking(verb, "refresh", "ask the sources, and write every feed that has news, or none")
    .option("--dry-run", "print the change and write nothing")
    .option("--accept", "accept a change of any size; look at it first, with --dry-run")
    .option("--whois <host:port>", "ask another whois server for route objects")
    .option("--announced <url>", "ask elsewhere for announced prefixes; {asn} is the system's number")
    .option("--cloudflare <url>", "ask elsewhere for Cloudflare's addresses")
    .addHelpText("after", REFRESH_HELP)
    .action(async (names: readonly string[], options: RefreshOptions) => {
      const { chooseFeeds, readEndpoints } = await import("../../operations/addresses/feed-questions");
      const { DEFAULT_PATIENCE } = await import("../../operations/addresses/sources");
      const { FEEDS_FOLDER, refresh } = await import("../../operations/addresses/refresh");
      const { sayRefresh } = await import("../pages/addresses");
      const { accept = false, dryRun = false, folder = FEEDS_FOLDER, ...endpoints } = options;
      if (!IS_REPOSITORY && folder === FEEDS_FOLDER && !dryRun) throw feedsOfThePackage();
      const terms = { accept, dryRun, folder, patience: DEFAULT_PATIENCE, now: new Date() };
      const refreshed = await refresh({
        feeds: chooseFeeds(names),
        endpoints: readEndpoints(endpoints, environment),
        ...terms,
      });
      terminal.write(inLines(sayRefresh(refreshed, terms)));
      finish(refreshed.code);
    });

  asking(verb, "check", "fail when a committed feed is older than it may be; asks nobody")
    .option("--today <day>", "judge by this day, YYYY-MM-DD (default: the present)")
    .addHelpText("after", CHECK_HELP)
    .action(async (names: readonly string[], options: CheckOptions) => {
      const { ageOf } = await import("../../network/feeds/age");
      const { chooseFeeds } = await import("../../operations/addresses/feed-questions");
      const { FEEDS_FOLDER, readFeed } = await import("../../operations/addresses/refresh");
      const { presentOr } = await import("../day");
      const { sayCommitted } = await import("../pages/addresses");
      const { folder = FEEDS_FOLDER, today } = options;
      const now = presentOr(today);
      const committed = chooseFeeds(names).map(({ name, file }) => ({ name, document: readFeed(folder, file) }));
      terminal.write(inLines(committed.map(({ name, document }) => sayCommitted(name, document, now))));
      finish(committed.every(({ document }) => ageOf(document, now).isAllowed) ? 0 : 1);
    });
};

function asking(verb: Command, name: string, description: string): Command {
  return verb
    .command(name)
    .description(description)
    .argument("[feed...]", FEEDS)
    .option("--folder <folder>", "the folder of the feeds (default: network/feeds of the project)");
}

/** A package that is installed is no place for a change that somebody reviews. */
function feedsOfThePackage(): InvalidInput {
  const allowed = "a folder of your own, or --dry-run";
  const change = "take a newer version of the package, whose feeds were reviewed";
  return new InvalidInput("addresses refresh", [{ at: "--folder", got: "the feeds of the package", allowed, change }]);
}
