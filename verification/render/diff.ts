import { HostNotation } from "../../network/host-notation";
import { type Also, Area, type Difference, Direction, isOpen } from "../answers/diff/difference";
import type { Aside } from "../answers/diff/remainder";
import { type DiffReport, exitCodeOf, idsToMean } from "../answers/diff/report";
import { NOT_SERVED } from "../answers/diff/requests/requests";
import { groupedBy } from "../collections";
import { isSamePlace } from "../edge/zone";
import type { Control } from "../result";
import { type Format, formatsWithSarif } from "./formats";
import { type Line, line, type Page, say, section, type Section, type Text, type Tone, toCopy } from "./page";
import type { Alert, SarifRun } from "./sarif-log";
import { counted, countsOf, placeLines } from "./sayings";

/** The forms of a difference. */
export const DIFF_FORMATS = formatsWithSarif(pageOf, dataOf, sarifOf);

export type DiffFormat = Format;

export const NO_CHANGE = "NO CHANGE in behaviour: proven for every request and connection";

const TONES: Readonly<Record<Direction, Tone>> = {
  [Direction.WEAKENED]: "closed",
  [Direction.OPENED]: "closed",
  [Direction.UNDECIDED]: "unsure",
  [Direction.LEFT_STANDING]: "unsure",
  [Direction.CLOSED]: "unsure",
  [Direction.CHANGED]: "unsure",
  [Direction.STRENGTHENED]: "open",
};

/** The nouns of differences that weaken or strengthen. Those that open or close need none. */
const NOUNS: Partial<Readonly<Record<Area, string>>> = {
  [Area.POLICY]: "POLICY",
  [Area.STATEMENT]: "STATEMENT",
  [Area.SETTINGS]: "SETTING",
  [Area.SCANS]: "SCAN",
  [Area.PENTEST]: "PENETRATION TEST",
  [Area.DEMANDS]: "INPUT CHECK",
};

type Headline = Page["headlines"][number];

/** The differences, the most urgent first. */
export function pageOf(whole: DiffReport): Page {
  const report = {
    ...whole,
    differences: acrossEnvironments(whole.differences),
    meant: whole.meant && acrossEnvironments(whole.meant),
  };
  const { differences, meant, stale, asides, rewritten } = report;
  return {
    headlines: headlinesOf(report),
    sections: [
      ...sectionsOf(differences, meant === undefined ? "" : "Not meant: "),
      ...sectionsOf(meant ?? [], "Meant: "),
      ...section(
        "Meant, and nothing needs it",
        stale.map((id) => line(say`${id}`)),
      ),
      ...section("Differs, and bears on no statement", asides.map(asideLine)),
      ...section("Written otherwise", rewritten > 0 ? line(`${counted(rewritten, "resource")} of the JSON`) : []),
      ...section(
        "To mean it, list in the file of --intent",
        idsToMean(whole).map((id) => toCopy([{ code: `- ${id}` }])),
      ),
    ],
  };
}

function headlinesOf({ differences, meant }: DiffReport): readonly Headline[] {
  const [first] = differences;
  const calm: Headline = { tone: "open", text: [NO_CHANGE] };
  if (first === undefined) return meant === undefined || meant.length === 0 ? [calm] : asMeant(meant);
  const own = { tone: TONES[first.direction], text: headline(first, meant === undefined ? "" : "NOT MEANT: ") };
  const isCalm = meant === undefined && !differences.some(isBehaviour);
  const lines = first.direction === Direction.WEAKENED ? [own, ...(keptLines(differences) ?? [calm])] : [calm, own];
  return [...(isCalm ? lines : [own]), ...counts(differences, own.tone)];
}

function asMeant(meant: readonly Difference[]): readonly Headline[] {
  const [first] = meant;
  if (first === undefined) return [];
  return [{ tone: "open", text: headline(first, "AS MEANT: ") }, ...counts(meant, "open")];
}

function headline(difference: Difference, prefix: string): Text {
  const { environments } = difference;
  const place: Text = environments.length === 0 ? [] : say` in ${environments.join(", ")}`;
  return [prefix + titleOf(difference), ...place, ": ", { code: changeOf(difference) }];
}

/** Where another environment still needs a rule that this one drops, that takes the place of NO CHANGE. */
function keptLines(differences: readonly Difference[]): readonly Headline[] | undefined {
  const kept = differences.find(({ isKept }) => isKept);
  return kept && [{ tone: TONES[kept.direction], text: say`UNCHANGED AT THE EDGE: ${kept.notes.join(", ")}` }];
}

/** How many differences there are of each name, where there are several. */
function counts(differences: readonly Difference[], tone: Tone): readonly Headline[] {
  const titles = differences.map((difference) => titleOf(difference).toLowerCase());
  const all = [...new Set(titles)].map((title) => [titles.filter((each) => each === title).length, title] as const);
  return differences.length > 1 ? [{ tone, text: [countsOf(all)] }] : [];
}

/** Whether the differences leave open that anything behaves otherwise. */
function isBehaviour({ area, direction }: Difference): boolean {
  return (area !== Area.POLICY && area !== Area.STATEMENT) || direction === Direction.UNDECIDED;
}

/** The name of a difference, in capitals, as it leads a page. */
function titleOf({ direction, area }: Difference): string {
  const noun = NOUNS[area];
  return `${noun === undefined ? "" : `${noun} `}${direction.replace("-", " ").toUpperCase()}`;
}

/** The name of a section of such differences. */
function sectionOf(difference: Difference): string {
  const title = titleOf(difference);
  return title.slice(0, 1) + title.slice(1).toLowerCase();
}

function sectionsOf(differences: readonly Difference[], prefix: string): readonly Section[] {
  const titles = [...new Set(differences.map(sectionOf))];
  return titles.flatMap((title) =>
    section(
      `${prefix}${title}`,
      differences.filter((difference) => sectionOf(difference) === title).map(differenceLine),
    ),
  );
}

function differenceLine(difference: Difference): Line {
  const { environments, examples, notes, also = [], area, reason } = difference;
  const where: Text = environments.length === 0 ? [] : say`${environments.join(", ")}: `;
  return line(
    [...where, { code: changeOf(difference) }],
    reason === undefined ? [] : line(`reason: ${reason}`),
    [...notes, ...examples].map((each) => line(say`${each}`)),
    also.map(alsoLine),
    area === Area.POLICY ? [] : controlLines(difference),
  );
}

function alsoLine({ what, examples, notes }: Also): Line {
  return line(
    say`and ${shortened(what)}`,
    [...notes, ...examples].map((each) => line(say`${each}`)),
  );
}

/** The rules or resources that decide it. Only of requests it is said that no rule does. */
function controlLines({ area, by: { before, after }, before: was, after: is }: Difference): readonly Line[] {
  if (before !== undefined && after !== undefined && before.name === after.name && isSamePlace(before, after))
    return [controlLine("by", after)];
  const none = (when: string, end: string | undefined): readonly Line[] =>
    area === Area.REQUESTS && (end ?? NOT_SERVED) !== NOT_SERVED ? [line(`${when} by no rule`)] : [];
  return [
    ...(before === undefined ? none("before", was) : [controlLine("before by", before)]),
    ...(after === undefined ? none("now", is) : [controlLine("now by", after)]),
  ];
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

/** Differences that differ by their environment alone, taken together: people read once what several environments do alike. */
function acrossEnvironments(differences: readonly Difference[]): readonly Difference[] {
  return [...groupedBy(differences, saying).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : others.reduce(together, first),
  );
}

function saying({ direction, area, what, before, after, statement, also = [], reason }: Difference): string {
  return JSON.stringify([direction, area, what, before, after, statement, also.map((each) => each.what), reason]);
}

function together(first: Difference, { environments, examples, notes, also = [] }: Difference): Difference {
  const alike = first.also?.map((each, index) => ({
    ...each,
    examples: [...new Set([...each.examples, ...(also[index]?.examples ?? [])])],
  }));
  return {
    ...first,
    environments: [...new Set([...first.environments, ...environments])],
    examples: [...new Set([...first.examples, ...examples])],
    notes: [...new Set([...first.notes, ...notes])],
    ...(alike === undefined ? {} : { also: alike }),
  };
}

/** A difference in words. */
function changeOf({ what, before, after }: Difference): string {
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
  const { differences, meant, stale, asides, rewritten } = report;
  return {
    format: 1,
    exitCode: exitCodeOf(report),
    differences: differences.map(differenceData),
    ...(meant === undefined ? {} : { meant: meant.map(differenceData), stale }),
    asides,
    rewritten,
  };
}

/** A difference as programs read it. */
function differenceData(whole: Difference): object {
  const { announces: _, isKept: __, also, ...difference } = whole;
  return {
    ...withBlocks(difference),
    ...(also === undefined ? {} : { also: also.map(withBlocks) }),
  };
}

/** With its addresses as blocks. */
function withBlocks({ addresses, ...difference }: Pick<Difference, "addresses">): object {
  return { ...difference, ...(addresses === undefined ? {} : { addresses: addresses.cidrs(HostNotation.BARE) }) };
}

/** A difference that strengthens is no alert. */
const LEVELS: Readonly<Partial<Record<Direction, Alert["level"]>>> = {
  [Direction.WEAKENED]: "error",
  [Direction.OPENED]: "error",
  [Direction.UNDECIDED]: "warning",
  [Direction.LEFT_STANDING]: "warning",
  [Direction.CLOSED]: "note",
  [Direction.CHANGED]: "note",
};

/**
 * For code scanning: what is opened, weakened or not meant is an error, what is undecided a warning. A difference that
 * strengthens or is meant is no alert; it stands with the rest in the properties of the run.
 */
function sarifOf(report: DiffReport): SarifRun {
  const { differences, meant } = report;
  const rules = new Map(
    differences.map((difference) => [ruleOf(difference), `${sectionOf(difference)}: ${difference.area}`]),
  );
  return {
    rules: [...rules].sort().map(([id, description]) => ({ id, description })),
    exitCode: exitCodeOf(report),
    alerts: differences.flatMap((difference) => alertOf(difference, meant !== undefined)),
    properties: {
      differences: differences.map(differenceData),
      ...(meant === undefined ? {} : { meant: meant.map(differenceData) }),
    },
  };
}

const ruleOf = ({ area, direction }: Difference): string => `${area}-${direction}`;

/** @param isJudged whether an intent says what is meant: then each difference that is decided and left isn't */
function alertOf(difference: Difference, isJudged: boolean): readonly Alert[] {
  const { direction, area, environments, notes, examples, also = [], by } = difference;
  const level = isJudged && !isOpen(difference) ? "error" : LEVELS[direction];
  if (level === undefined) return [];
  const control = by.after ?? by.before;
  const [environment] = environments;
  const more = also.flatMap((each) => [`and ${each.what}`, ...each.notes, ...each.examples]);
  const stack = environment === undefined ? "manifest.json" : `stacks/${environment}/cdk.tf.json`;
  return [
    {
      ...{ id: difference.id, rule: ruleOf(difference), level },
      message: [`${environments.join(", ")}: ${changeOf(difference)}`, ...notes, ...examples, ...more].join("; "),
      file: area === Area.POLICY ? "policy.json" : stack,
      places: area === Area.POLICY || control === undefined ? [] : [control],
      properties: differenceData(difference),
    },
  ];
}
