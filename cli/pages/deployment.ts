import { isCounted, type Seen } from "../../operations/deploy/live-checks";
import { longestRun } from "../../verification/render/escape";

const OUTCOMES = ["holds", "differs", "can't tell"] as const;

/**
 * The answers as Markdown. The first line is a heading made of fixed words and the environment's name, so that it can be the
 * title of an issue: it changes when the outcome of a check does.
 */
export function liveReport(environment: string, seen: readonly Seen[]): string {
  const troubled = seen.filter((each) => each.code !== 0 && isCounted(each));
  const said = troubled.map(({ check, code }) => `${check.name} ${OUTCOMES[code]}`).join(", ");
  const title = `# ${environment}: ${said === "" ? "nothing differs" : said}`;
  const rows = seen.map(({ check, code }) => `| ${check.name} | ${OUTCOMES[code]} |`);
  const table = ["| check | outcome |", "| --- | --- |", ...rows].join("\n");
  const pages = seen.map(({ check, code, text }) => `## ${check.name}: ${OUTCOMES[code]}\n\n${fenced(text)}`);
  return `${[title, table, ...pages].join("\n\n")}\n`;
}

/** How much of a check is shown: an issue holds 65,536 characters. */
const LONGEST = 12_000;

/** Text that others had a part in stays text: the fence is longer than any in it. */
function fenced(text: string): string {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}\n(cut: the run's log has all of it)` : text;
  const fence = "`".repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}text\n${shown}\n${fence}`;
}
