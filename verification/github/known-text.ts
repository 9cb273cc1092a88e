import { readFileSync } from "node:fs";
import { join } from "node:path";

/*
 * Texts that somebody has read, with holes. A text is known where its form finds each hole, each value is plain, and
 * the known text with these values is the same, byte for byte. Nothing of it is interpreted.
 */

/** The values in the holes of a text, by the name of the hole. */
export type Holes = Readonly<Record<string, string>>;

/** Why something isn't known. */
export interface Unknown {
  readonly unknown: string;
}

export const isUnknown = (value: object): value is Unknown => "unknown" in value;

/** ASCII that YAML, an expression and a shell all read as itself. */
const PLAIN = /^[A-Za-z0-9._/:@+-]*$/;

export const isPlain = (value: string): boolean => PLAIN.test(value);

const texts = new Map<string, string>();

/** A known text of the folder `texts`. The test of the known texts holds it to those that ScanSchedule writes. */
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

/**
 * The values that the forms find in a text.
 *
 * @param forms each has one group for its value; a form that matches without it finds an empty value
 */
export function holesIn<Hole extends string>(
  text: string,
  forms: Readonly<Record<Hole, RegExp>>,
): Readonly<Record<Hole, string>> | Unknown {
  const found = Object.entries<RegExp>(forms).map(([hole, form]) => [hole, form.exec(text)] as const);
  const missing = found.find(([, match]) => match === null);
  if (missing !== undefined) return { unknown: `no line says its ${missing[0]} as a known text does` };
  const values = found.map(([hole, match]) => [hole, match?.[1] ?? ""] as const);
  const strange = values.find(([, value]) => !isPlain(value));
  if (strange !== undefined) return { unknown: `its ${strange[0]} holds a character that no value has` };
  return Object.fromEntries(values) as Record<Hole, string>;
}

/** The form of a line that only some texts have: it matches the end of the others. */
export const optional = (form: RegExp): RegExp => new RegExp(`${form.source}|$(?![^])`, "m");

/** Why a text isn't the known one: the first line that differs; undefined where all bytes are the same. */
export function unlessSame(known: string, text: string): Unknown | undefined {
  if (known === text) return undefined;
  const [lines, others] = [known, text].map((each) => each.split("\n"));
  const index = lines?.findIndex((line, at) => line !== others?.[at]) ?? -1;
  return { unknown: `line ${(index < 0 ? (lines?.length ?? 0) : index) + 1} differs from the text that is known here` };
}

/** The holes of a workflow that say when it starts: at one time of each week. */
export const WEEKLY = {
  minute: /^ {4}- cron: "(\d+) \d+ \* \* \d"$/m,
  hour: /^ {4}- cron: "\d+ (\d+) \* \* \d"$/m,
  weekday: /^ {4}- cron: "\d+ \d+ \* \* (\d)"$/m,
} as const;

const LAST = [
  ["minute", 59],
  ["hour", 23],
  ["weekday", 6],
] as const;

/** @see https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule */
export function unlessWeekly(holes: Readonly<Record<keyof typeof WEEKLY, string>>): Unknown | undefined {
  const wrong = LAST.find(([name, last]) => !/^(?:0|[1-9]\d?)$/.test(holes[name]) || Number(holes[name]) > last);
  return wrong === undefined ? undefined : { unknown: `its ${wrong[0]} is no time` };
}
