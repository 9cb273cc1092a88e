import { HostNotation } from "../../network/host-notation";
import { idOfDifference } from "../answers/diff/id";
import { type Also, Area, type Item, Kind } from "../answers/diff/item";
import type { Aside } from "../answers/diff/remainder/resources";
import { type DiffReport, exitCodeOf } from "../answers/diff/report";
import { NOT_SERVED } from "../answers/diff/requests/requests";
import type { Control } from "../statements/conclusion";
import { type Format, formatsWithSarif } from "./formats";
import { type Line, line, type Page, say, section, type Section, type Text, type Tone } from "./page";
import type { Alert, SarifRun } from "./sarif-log";
import { counted, countsOf, placeLines } from "./sayings";

/** The forms of a difference. */
export const DIFF_FORMATS = formatsWithSarif(pageOf, dataOf, sarifOf);

export type DiffFormat = Format;

export const NO_CHANGE = "NO CHANGE in behaviour: proven for every request and connection";

const TONES: Readonly<Record<Kind, Tone>> = {
  [Kind.WEAKENED]: "closed",
  [Kind.OPENED]: "closed",
  [Kind.UNDECIDED]: "unsure",
  [Kind.CLOSED]: "unsure",
  [Kind.CHANGED]: "unsure",
  [Kind.STRENGTHENED]: "open",
};

/** What is weakened or strengthened, by the area: what is opened or closed needs no such word. */
const NOUNS: Partial<Readonly<Record<Area, string>>> = {
  [Area.POLICY]: "POLICY",
  [Area.STATEMENT]: "STATEMENT",
  [Area.SETTINGS]: "SETTING",
  [Area.SCANS]: "SCAN",
  [Area.PENTEST]: "PENETRATION TEST",
  [Area.DEMANDS]: "INPUT CHECK",
};

type Headline = Page["headlines"][number];

/** What differs, the most urgent first. */
function pageOf(report: DiffReport): Page {
  const { items, intended, unused, asides, rewritten } = report;
  return {
    headlines: headlinesOf(report),
    sections: [
      ...sectionsOf(items, intended === undefined ? "" : "Not meant: "),
      ...sectionsOf(intended ?? [], "Meant: "),
      ...section(
        "Meant, and not needed",
        unused.map((entry) => line(say`${JSON.stringify(entry)}`)),
      ),
      ...section("Differs, and bears on no statement", asides.map(asideLine)),
      ...section("Written otherwise", rewritten > 0 ? line(`${counted(rewritten, "resource")} of the JSON`) : []),
    ],
  };
}

function headlinesOf({ items, intended }: DiffReport): readonly Headline[] {
  const [first] = items;
  const calm: Headline = { tone: "open", text: [NO_CHANGE] };
  if (first === undefined) return intended === undefined || intended.length === 0 ? [calm] : asMeant(intended);
  const own = { tone: TONES[first.kind], text: headline(first, intended === undefined ? "" : "NOT MEANT: ") };
  const isCalm = intended === undefined && !items.some(isBehaviour);
  const lines = first.kind === Kind.WEAKENED ? [own, ...(keptLines(items) ?? [calm])] : [calm, own];
  return [...(isCalm ? lines : [own]), ...counts(items, own.tone)];
}

function asMeant(intended: readonly Item[]): readonly Headline[] {
  const [first] = intended;
  if (first === undefined) return [];
  return [{ tone: "open", text: headline(first, "AS MEANT: ") }, ...counts(intended, "open")];
}

function headline(item: Item, prefix: string): Text {
  const { environments } = item;
  const place: Text = environments.length === 0 ? [] : say` in ${environments.join(", ")}`;
  return [prefix + titleOf(item), ...place, ": ", { code: changeOf(item) }];
}

/** Where another environment still needs a rule that this one drops, that takes the place of NO CHANGE. */
function keptLines(items: readonly Item[]): readonly Headline[] | undefined {
  const kept = items.find(({ isKept }) => isKept);
  return kept && [{ tone: TONES[kept.kind], text: say`UNCHANGED AT THE EDGE: ${kept.notes.join(", ")}` }];
}

/** How many differences there are of each name, where there are several. */
function counts(items: readonly Item[], tone: Tone): readonly Headline[] {
  const titles = items.map((item) => titleOf(item).toLowerCase());
  const all = [...new Set(titles)].map((title) => [titles.filter((each) => each === title).length, title] as const);
  return items.length > 1 ? [{ tone, text: [countsOf(all)] }] : [];
}

/** Whether the items leave open that anything behaves otherwise. */
function isBehaviour({ area, kind }: Item): boolean {
  return (area !== Area.POLICY && area !== Area.STATEMENT) || kind === Kind.UNDECIDED;
}

/** The name of a difference, in capitals, as it leads a page. */
function titleOf({ kind, area }: Item): string {
  const noun = NOUNS[area];
  return `${noun === undefined ? "" : `${noun} `}${kind.toUpperCase()}`;
}

/** The name of a section of such differences. */
function sectionOf(item: Item): string {
  const title = titleOf(item);
  return title.slice(0, 1) + title.slice(1).toLowerCase();
}

function sectionsOf(items: readonly Item[], prefix: string): readonly Section[] {
  const titles = [...new Set(items.map(sectionOf))];
  return titles.flatMap((title) =>
    section(`${prefix}${title}`, items.filter((item) => sectionOf(item) === title).map(itemLine)),
  );
}

function itemLine(item: Item): Line {
  const { environments, witnesses, notes, also = [], area } = item;
  const where: Text = environments.length === 0 ? [] : say`${environments.join(", ")}: `;
  return line(
    [...where, { code: changeOf(item) }],
    [...notes, ...witnesses].map((each) => line(say`${each}`)),
    also.map(alsoLine),
    area === Area.POLICY ? [] : controlLines(item),
  );
}

function alsoLine({ what, witnesses, notes }: Also): Line {
  return line(
    say`and ${shortened(what)}`,
    [...notes, ...witnesses].map((each) => line(say`${each}`)),
  );
}

/** What decides it; that no rule does is said of requests alone. */
function controlLines({ area, by: { before, after }, before: was, after: is }: Item): readonly Line[] {
  if (before !== undefined && after !== undefined && isAt(before, after)) return [controlLine("by", after)];
  const none = (when: string, end: string | undefined): readonly Line[] =>
    area === Area.REQUESTS && (end ?? NOT_SERVED) !== NOT_SERVED ? [line(`${when} by no rule`)] : [];
  return [
    ...(before === undefined ? none("before", was) : [controlLine("before by", before)]),
    ...(after === undefined ? none("now", is) : [controlLine("now by", after)]),
  ];
}

function isAt(one: Control, other: Control): boolean {
  return one.name === other.name && one.stack === other.stack && one.pointer === other.pointer;
}

const controlLine = (words: string, control: Control): Line =>
  line([`${words} `, { code: control.name }], placeLines(control));

function asideLine({ type, added, removed, changed }: Aside): Line {
  const told = countsOf([
    [added, "added"],
    [removed, "removed"],
    [changed, "changed"],
  ]);
  return line([{ code: type }, `: ${told}`]);
}

/** What differs and how, in words. */
function changeOf({ what, before, after }: Item): string {
  const whole = shortened(what);
  if (before === undefined && after === undefined) return whole;
  return `${whole}: ${shortened(before ?? "nothing")} → ${shortened(after ?? "nothing")}`;
}

const LONGEST = 300;

/** A text, cut to what a reader reads. */
function shortened(text: string): string {
  const characters = [...text];
  if (characters.length <= LONGEST) return text;
  return `${characters.slice(0, LONGEST).join("")}… (${characters.length} characters)`;
}

function dataOf(report: DiffReport): object {
  const { items, intended, unused, asides, rewritten } = report;
  return {
    format: 1,
    exitCode: exitCodeOf(report),
    items: items.map(itemData),
    ...(intended === undefined ? {} : { intended: intended.map(itemData), unused }),
    asides,
    rewritten,
  };
}

/** An item as programs read it. */
function itemData(whole: Item): object {
  const { announces: _, isKept: __, also, ...item } = whole;
  return {
    id: idOfDifference(whole),
    ...withBlocks(item),
    ...(also === undefined ? {} : { also: also.map(withBlocks) }),
  };
}

/** With its addresses as blocks. */
function withBlocks({ addresses, ...item }: Pick<Item, "addresses">): object {
  return { ...item, ...(addresses === undefined ? {} : { addresses: addresses.cidrs(HostNotation.BARE) }) };
}

/** What is strengthened is no alert. */
const LEVELS: Readonly<Partial<Record<Kind, Alert["level"]>>> = {
  [Kind.WEAKENED]: "error",
  [Kind.OPENED]: "error",
  [Kind.UNDECIDED]: "warning",
  [Kind.CLOSED]: "note",
  [Kind.CHANGED]: "note",
};

/**
 * For code scanning: what is opened, weakened or not meant is an error, what is undecided a warning. What is strengthened or
 * meant is no alert; it stands with the rest in the properties of the run.
 */
function sarifOf(report: DiffReport): SarifRun {
  const { items, intended } = report;
  const rules = new Map(items.map((item) => [ruleOf(item), `${sectionOf(item)}: ${item.area}`]));
  return {
    rules: [...rules].sort().map(([id, description]) => ({ id, description })),
    exitCode: exitCodeOf(report),
    alerts: items.flatMap((item) => alertOf(item, intended !== undefined)),
    properties: {
      items: items.map(itemData),
      ...(intended === undefined ? {} : { intended: intended.map(itemData) }),
    },
  };
}

const ruleOf = ({ area, kind }: Item): string => `${area}-${kind}`;

/** @param isJudged whether an intent says what is meant: then each difference that is decided and left isn't */
function alertOf(item: Item, isJudged: boolean): readonly Alert[] {
  const { kind, area, environments, notes, witnesses, also = [], by } = item;
  const level = isJudged && kind !== Kind.UNDECIDED ? "error" : LEVELS[kind];
  if (level === undefined) return [];
  const control = by.after ?? by.before;
  const [environment] = environments;
  const more = also.flatMap((each) => [`and ${each.what}`, ...each.notes, ...each.witnesses]);
  const stack = environment === undefined ? "manifest.json" : `stacks/${environment}/cdk.tf.json`;
  return [
    {
      ...{ id: idOfDifference(item), rule: ruleOf(item), level },
      message: [`${environments.join(", ")}: ${changeOf(item)}`, ...notes, ...witnesses, ...more].join("; "),
      file: area === Area.POLICY ? "policy.json" : stack,
      places: area === Area.POLICY || control === undefined ? [] : [control],
      properties: itemData(item),
    },
  ];
}
