import { acrossEnvironments, Area, changeOf, type Difference, Direction, isOfPolicy } from "../answers/diff/difference";
import type { Aside } from "../answers/diff/remainder";
import type { FailedSynth } from "../answers/diff/failed-synth";
import { type DiffReport, idsToMean, tellsOf, unprovenIn } from "../answers/diff/report";
import { NOT_SERVED } from "../answers/diff/requests/requests";
import { exitCodeOf as exitCodeOfProof } from "../answers/verify";
import { cut, groupedBy } from "../collections";
import { isSamePlace } from "../edge/zone";
import type { Control } from "../result";
import { arrowsAlone } from "./drawing";
import {
  folded,
  type Line,
  line,
  type Headline,
  type Page,
  say,
  section,
  type Section,
  type Text,
  type Tone,
  toCopy,
  linesOf,
  listing,
} from "./page";
import { decisionsIn, inSource, openIn, summaryOf } from "./report";
import type { Alert, SarifOptions } from "./sarif-log";
import { counted, countsOf, placeLines, TONES } from "./sayings";
import { nounOfDifference, nounsOfFailure, sourceOf, type Sources, spotOf } from "./sources";

export const NO_CHANGE = "NO CHANGE in behaviour: proven for every request and connection";

/** A direction as it is shown: how good the news is, the arrow of a drawing, and the alert, if it is one. */
export const SHOWN: Readonly<
  Record<Direction, { readonly tone: Tone; readonly arrow: string; readonly level?: Alert["level"] }>
> = {
  [Direction.WEAKENED]: { tone: "closed", arrow: '== "opened" ==>', level: "error" },
  [Direction.OPENED]: { tone: "closed", arrow: '== "opened" ==>', level: "error" },
  [Direction.UNDECIDED]: { tone: "unsure", arrow: '-. "undecided" .->', level: "warning" },
  [Direction.LEFT_STANDING]: { tone: "unsure", arrow: '-. "left standing" .->', level: "warning" },
  [Direction.CLOSED]: { tone: "unsure", arrow: '-- "closed" --x', level: "note" },
  [Direction.CHANGED]: { tone: "unsure", arrow: '-- "changed" -->', level: "note" },
  [Direction.STRENGTHENED]: { tone: "open", arrow: '-- "closed" --x' },
};

/** The nouns of differences that weaken or strengthen. Those that open or close need none. */
const NOUNS: Partial<Readonly<Record<Area, string>>> = {
  [Area.ACCEPTANCE]: "ACCEPTANCE",
  [Area.POLICY]: "POLICY",
  [Area.STATEMENT]: "STATEMENT",
  [Area.SETTINGS]: "SETTING",
  [Area.SCANS]: "SCAN",
  [Area.PENTEST]: "PENETRATION TEST",
  [Area.DEMANDS]: "INPUT CHECK",
};

/** The differences beside those that are told with what isn't proven. */
export function beside(report: DiffReport, differences: readonly Difference[]): readonly Difference[] {
  const unproven = unprovenIn(report);
  return differences.filter((difference) => !unproven.some((result) => tellsOf(difference, result)));
}

/** The differences, the most urgent first. */
export function pageOf(whole: DiffReport, { sources }: SarifOptions = {}): Page {
  const report = {
    ...whole,
    differences: acrossEnvironments(beside(whole, whole.differences)),
    meant: whole.meant && acrossEnvironments(whole.meant),
  };
  const { differences, meant, stale, asides, rewritten, failures, after } = report;
  return {
    headlines: headlinesOf(report, sources),
    sections: [
      ...failures.flatMap((failure) => failureSection(failure, sources)),
      ...(after === undefined ? [] : openIn({ ...after, results: unprovenIn(whole) }, sources)),
      ...sectionsOf(differences, meant === undefined ? "" : "Not meant: ", sources),
      ...sectionsOf(meant ?? [], "Meant: ", sources),
      ...drawingOf([...differences, ...(meant ?? [])]),
      ...listing("Meant, and nothing needs it", stale, (id) => line(say`${id}`)),
      ...folded([
        ...section("Differs, and bears on no statement", asides.map(asideLine)),
        ...section("Written otherwise", rewritten > 0 ? line(`${counted(rewritten, "resource")} of the JSON`) : []),
      ]),
      ...folded(section("Accepted by the environments", after === undefined ? [] : decisionsIn(after))),
      ...listing("To mean it, list in the file of --intent", idsToMean(whole), (id) => toCopy([{ code: `- ${id}` }])),
    ],
  };
}

function headlinesOf(report: DiffReport, sources: Sources | undefined): readonly Headline[] {
  const urgent = [...report.failures.map((failure) => failureHeadline(failure, sources)), ...unprovenHeadlines(report)];
  if (urgent.length > 0) {
    const all = [...report.differences, ...(report.meant ?? [])];
    return [
      ...urgent,
      ...(all.length === 0 ? [] : [{ tone: "unsure" as const, text: [`The change: ${countOf(all)}`] }]),
    ];
  }
  return changeHeadlines(report);
}

export const SIDES: Readonly<Record<FailedSynth["side"], string>> = { before: "the base", after: "the proposal" };

function failureHeadline(failure: FailedSynth, sources: Sources | undefined): Headline {
  const { work, side, lines, problems, at } = failure;
  const [problem] = problems;
  const [noun] = nounsOfFailure(failure);
  const { path, line: inFile } = at ?? (noun && sourceOf(noun, sources)) ?? {};
  const place = path === undefined ? [] : say` (${spotOf({ path, line: inFile })})`;
  const error =
    problem === undefined ? (lines[0] ?? "").trim() : `${at === undefined ? `${problem.at}: ` : ""}got ${problem.got}`;
  return {
    tone: "unsure",
    text: [`NOT COMPARED: ${SIDES[side]} can't be ${work}: `, { code: shortened(error) }, ...place],
  };
}

function failureSection(failure: FailedSynth, sources: Sources | undefined): readonly Section[] {
  const nouns = nounsOfFailure(failure);
  return listing(`Error of ${SIDES[failure.side]}`, failure.lines, (text, at) =>
    inSource(line([{ code: text }]), nouns[at], sources),
  );
}

/** The first statement that isn't proven, the violated ones first; then how all went. */
function unprovenHeadlines(report: DiffReport): readonly Headline[] {
  const { after, failures } = report;
  if (after === undefined) return [];
  const all = unprovenIn(report);
  const first = all.find(({ verdict }) => verdict === "violated") ?? all[0];
  const summary: Headline = {
    tone: TONES[exitCodeOfProof(after)],
    text: [`The proposal: ${summaryOf(after)}`],
  };
  if (first === undefined) return failures.length === 0 ? [] : [summary];
  const { environment, statement, verdict, sentence } = first;
  return [
    { ...summary, text: ["NOT PROVEN in ", { code: environment }, `: ${statement} is ${verdict}: ${sentence}`] },
    summary,
  ];
}

function changeHeadlines({ differences, meant }: DiffReport): readonly Headline[] {
  const [first] = differences;
  const calm: Headline = { tone: "open", text: [NO_CHANGE] };
  if (first === undefined) return meant === undefined || meant.length === 0 ? [calm] : asMeant(meant);
  const own = { tone: SHOWN[first.direction].tone, text: headline(first, meant === undefined ? "" : "NOT MEANT: ") };
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
  return [prefix + titleOf(difference), ...place, `: ${sentenceOf(difference)}`];
}

/** Where another environment still needs a rule that this one drops, that takes the place of NO CHANGE. */
function keptLines(differences: readonly Difference[]): readonly Headline[] | undefined {
  const kept = differences.find(({ isKept }) => isKept);
  return kept && [{ tone: SHOWN[kept.direction].tone, text: say`UNCHANGED AT THE EDGE: ${kept.notes.join(", ")}` }];
}

/** How many differences there are of each name, where there are several. */
function counts(differences: readonly Difference[], tone: Tone): readonly Headline[] {
  return differences.length > 1 ? [{ tone, text: [countOf(differences)] }] : [];
}

function countOf(differences: readonly Difference[]): string {
  const byTitle = groupedBy(differences, (difference) => titleOf(difference).toLowerCase());
  return countsOf([...byTitle].map(([title, own]) => [own.length, title]));
}

/** Whether the differences leave open that anything behaves otherwise. */
function isBehaviour({ area, direction }: Difference): boolean {
  return !PROMISED.has(area) || direction === Direction.UNDECIDED;
}

/** The name of a difference, in capitals, as it leads a page. */
function titleOf(difference: Difference): string {
  const { direction, area } = difference;
  const noun = NOUNS[area];
  const word = area === Area.ACCEPTANCE ? acceptanceWord(difference) : direction;
  return `${noun === undefined ? "" : `${noun} `}${word.replace("-", " ").toUpperCase()}`;
}

/** The word for a change of an acceptance: it is widened where it bears on another statement than before. */
function acceptanceWord({ direction, before, statement }: Difference): string {
  if (direction === Direction.STRENGTHENED) return "dropped";
  if (statement !== undefined) return "widened";
  return direction === Direction.CHANGED || before !== undefined ? "changed" : "added";
}

/** Areas of promises and proofs: nothing behaves otherwise. */
const PROMISED: ReadonlySet<Area> = new Set([Area.ACCEPTANCE, Area.POLICY, Area.STATEMENT]);

/** The name of a section of such differences. */
export function sectionOf(difference: Difference): string {
  const title = titleOf(difference);
  return title.slice(0, 1) + title.slice(1).toLowerCase();
}

function sectionsOf(
  differences: readonly Difference[],
  prefix: string,
  sources: Sources | undefined,
): readonly Section[] {
  return [...groupedBy(differences, sectionOf)].flatMap(([title, own]) =>
    listing(`${prefix}${title}`, own, (each) => inSource(differenceLine(each), nounOfDifference(each), sources)),
  );
}

function differenceLine(difference: Difference): Line {
  const { environments, also = [], reason } = difference;
  const where: Text = environments.length === 0 ? [] : say`${environments.join(", ")}: `;
  const exactly = shortened(changeOf(difference));
  return {
    ...line(
      [...where, sentenceOf(difference)],
      reason === undefined ? [] : line(`reason: ${reason}`),
      isOfPolicy(difference) || exactly === sentenceOf(difference) ? [] : line(say`exactly: ${exactly}`),
      evidence(difference),
      also.map((each) => line(say`and ${shortened(each.what)}`, evidence(each))),
      isOfPolicy(difference) ? [] : controlLines(difference),
    ),
    isFolded: true,
  };
}

const evidence = ({ notes, examples }: Pick<Difference, "notes" | "examples">): readonly Line[] => [
  ...linesOf(notes),
  ...examples.map((each) => line(say`${each}`)),
];

/** More arrows than people follow. */
const MOST_ARROWS = 12;

/** A drawing of the access that changes, where one sentence doesn't say all of it. */
function drawingOf(differences: readonly Difference[]): readonly Section[] {
  const all = differences.flatMap(({ direction, reach, also = [] }) =>
    [reach, ...also.map((each) => each.reach)].flatMap((each) => (each === undefined ? [] : { direction, ...each })),
  );
  if (all.length < 2) return [];
  const shown = all.slice(0, MOST_ARROWS).map(({ direction, ...ends }) => ({ ...ends, arrow: SHOWN[direction].arrow }));
  const which = shown.length === all.length ? "" : `, the first ${shown.length} of ${all.length}`;
  return [{ title: [`Changed access${which}`], lines: [], drawing: arrowsAlone(shown) }];
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

/** A difference in one sentence, which names what it is about in code. */
export const sentenceOf = ({ sentence }: Difference): string => shortened(sentence);

/** A text, cut to what a reader reads. */
export const shortened = (text: string): string => cut(text, 300);
