import { readFileSync } from "node:fs";
import { join } from "node:path";

/*
 * Texts that somebody has read, with holes. A text is known where each hole is found by its form, its value is plain, and the
 * known text with these values in its holes is the same byte for byte. Nothing of it is interpreted.
 */

/** What stands in the holes of a text, by the name of the hole. */
export type Holes = Readonly<Record<string, string>>;

/** Why a text isn't known. */
export interface Unknown {
  readonly unknown: string;
}

export const isUnknown = (value: object): value is Unknown => "unknown" in value;

/** ASCII that neither YAML, nor an expression, nor a shell reads as anything but itself. */
const PLAIN = /^[A-Za-z0-9._/:@+-]*$/;

export const isPlain = (value: string): boolean => PLAIN.test(value);

const texts = new Map<string, string>();

/** A known text: see the folder `texts`. Where it changes, the test of the known texts says so. */
function knownText(name: string): string {
  const text = texts.get(name) ?? readFileSync(join(__dirname, "texts", name), "utf8");
  texts.set(name, text);
  return text;
}

const BLOCK = /^( *)# <<([a-z-]+)>>\n/gm;
const HOLE = /<<([a-z-]+)>>/g;

/** A known text with values in its holes. A hole that is a line of its own takes lines, indented as it is. */
export function rendered(name: string, holes: Holes): string {
  return knownText(name)
    .replace(BLOCK, (_, indent: string, hole: string) => (holes[hole] ?? "").replace(/^(?=.)/gm, indent))
    .replace(HOLE, (_, hole: string) => holes[hole] ?? "");
}

/** What the forms find in a text: each has one group. */
export function holesIn(text: string, forms: Readonly<Record<string, RegExp>>): Holes | Unknown {
  const found: Record<string, string> = {};
  for (const [hole, form] of Object.entries(forms)) {
    const value = form.exec(text)?.[1];
    if (value === undefined) return { unknown: `nothing in it says its ${hole} as a known text does` };
    if (!isPlain(value)) return { unknown: `its ${hole} holds a character that no value has` };
    found[hole] = value;
  }
  return found;
}

/** Whether a text is the one that was rendered; where it isn't, the first line that differs. */
export function sameAs(known: string, text: string): Unknown | undefined {
  if (known === text) return undefined;
  const [lines, others] = [known, text].map((each) => each.split("\n"));
  const index = lines?.findIndex((line, at) => line !== others?.[at]) ?? -1;
  return { unknown: `line ${(index < 0 ? (lines?.length ?? 0) : index) + 1} isn't that of a text that is known here` };
}

/** Where a workflow says when it starts: on one day of each week, by the form of the text. */
export const WEEKLY = {
  minute: /^ {4}- cron: "(\d+) \d+ \* \* \d"$/m,
  hour: /^ {4}- cron: "\d+ (\d+) \* \* \d"$/m,
  weekday: /^ {4}- cron: "\d+ \d+ \* \* (\d)"$/m,
} as const;

const LAST: Readonly<Record<keyof typeof WEEKLY, number>> = { minute: 59, hour: 23, weekday: 6 };

/** @see https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule */
export function unlessWeekly(holes: Holes): Unknown | undefined {
  const wrong = Object.entries(LAST).find(
    ([name, last]) => !/^\d\d?$/.test(holes[name] ?? "") || Number(holes[name]) > last,
  );
  return wrong === undefined ? undefined : { unknown: `its ${wrong[0]} is no time` };
}
