import type { Command } from "commander";
import type { Surroundings, Verb } from "../verb";

interface RefreshArguments {
  readonly accept?: true;
  readonly dryRun?: true;
  readonly folder?: string;
  readonly whois?: string;
  readonly announced?: string;
  readonly cloudflare?: string;
}

const FEEDS = "meta or cloudflare; all feeds when none is named";

/** Refreshes the committed addresses of others, and says how old they are. */
export const addresses: Verb = (program, surroundings) => {
  const verb = program
    .command("addresses")
    .description("Refreshes the committed addresses of Meta and Cloudflare, and says how old they are.");
  addRefresh(verb, surroundings);
  addCheck(verb, surroundings);
};

function addRefresh(verb: Command, { terminal, finish }: Surroundings): void {
  verb
    .command("refresh")
    .argument("[feed...]", FEEDS)
    .description("Asks the sources and writes the feeds that have news: all of them, or none.")
    .option("--dry-run", "print the change and write nothing")
    .option("--accept", "accept a change of any size; look at it first, with --dry-run")
    .option("--folder <path>", "the folder of the feeds (default: network/feeds of the project)")
    .option("--whois <host:port>", "ask another whois server for route objects")
    .option("--announced <url>", "ask elsewhere for announced prefixes; {asn} is the system's number")
    .option("--cloudflare <url>", "ask elsewhere for Cloudflare's addresses")
    .addHelpText(
      "after",
      `
In the output, + enters, - leaves, ? is what only one of two sources has, ! is why nothing is written.
Ends with 0 (written, or nothing new), 1 (a guard rail refuses it) or 2 (a source gave no answer that can be judged).

Examples:
  npm run policy -- addresses refresh --dry-run
  npm run policy -- addresses refresh meta
  npm run policy -- addresses refresh --accept`,
    )
    .action(async (names: readonly string[], options: RefreshArguments) => {
      const { accept = false, dryRun = false, folder, ...endpoints } = options;
      const { chooseFeeds } = await import("../../operations/addresses/choose-feeds");
      const { readEndpoints } = await import("../../operations/addresses/endpoints");
      const { FEEDS_FOLDER } = await import("../../operations/addresses/feed-files");
      const { DEFAULT_LIMITS } = await import("../../operations/addresses/limits");
      const { refresh } = await import("../../operations/addresses/refresh");
      const { sayRefresh } = await import("../../operations/addresses/say-refresh");
      const refreshed = await refresh({
        feeds: chooseFeeds(names),
        folder: folder ?? FEEDS_FOLDER,
        endpoints: readEndpoints(endpoints),
        limits: DEFAULT_LIMITS,
        now: new Date(),
        accept,
        dryRun,
      });
      terminal.write(lines(sayRefresh(refreshed, { dryRun })));
      finish(refreshed.code);
    });
}

function addCheck(verb: Command, { terminal, finish }: Surroundings): void {
  verb
    .command("check")
    .argument("[feed...]", FEEDS)
    .description("Says how old the committed feeds are. Asks nobody.")
    .option("--folder <path>", "the folder of the feeds (default: network/feeds of the project)")
    .addHelpText(
      "after",
      `
Ends with 0 (every feed is as old as it may be), 1 (one is too old) or 2 (a feed can't be read).

Examples:
  npm run policy -- addresses check
  npm run policy -- addresses check meta`,
    )
    .action(async (names: readonly string[], { folder }: Pick<RefreshArguments, "folder">) => {
      const { check } = await import("../../operations/addresses/check");
      const { chooseFeeds } = await import("../../operations/addresses/choose-feeds");
      const { FEEDS_FOLDER } = await import("../../operations/addresses/feed-files");
      const checked = await check(chooseFeeds(names), folder ?? FEEDS_FOLDER, new Date());
      terminal.write(lines(checked.map(({ line }) => line)));
      finish(checked.every(({ passes }) => passes) ? 0 : 1);
    });
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join("");
}
