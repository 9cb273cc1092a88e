import { STATEMENT_IDS, STATEMENTS } from "../../policy/statements";
import { unknownThingsIn, type UnknownThings } from "../answers/unknown-things";
import { acceptancesOf, chaptersOf, exitCodeOf, type Report, type SharedAcceptance } from "../answers/verify";
import { idOf } from "../statements/id";
import { isLowered, type StatementResult } from "../statements/results";
import { type Format, formatsWithSarif } from "./formats";
import { folded, type Line, line, linesOf, type Page, say, section, type Section, listing } from "./page";
import type { Alert, SarifOptions, SarifRule, SarifRun } from "./sarif-log";
import { countsOf, DECLARED, sayingsOf, thingLine, TONES } from "./sayings";
import { type Noun, nounOfResult, sourceOf, type Sources, spotOf } from "./sources";
import { helpOf } from "./statements";
import { plain, textOf } from "./text";

export const REPORT_FORMATS = formatsWithSarif(
  (report: Report, options?: SarifOptions) => pageOf(report, settledIn(report), options?.sources),
  (report) => ({ format: 1, exitCode: exitCodeOf(report), ...report }),
  sarifOf,
);

export type ReportFormat = Format;

/** A report without the statements that hold: those that keep an app from being written, and last those that are lowered. */
export function refusalText(report: Report): string {
  return textOf(refusalPage(report));
}

/** The same page. */
export const refusalPage = (report: Report): Page => pageOf(report, []);

const ACCEPTED = "Accepted, by decision of the environment";

/**
 * How it went, and by name what is lowered or accepted. Then the details: of what is open, where something is, else of what
 * is lowered or accepted.
 */
function pageOf(report: Report, settled: readonly Section[], sources?: Sources): Page {
  const { lowered } = chaptersOf(report);
  const acceptances = acceptancesOf(report);
  const tone = TONES[exitCodeOf(report)];
  const things = thingsIn(report);
  const decided = [...listing(DECLARED, lowered, (result) => lineOf(result, things)), ...acceptedIn(report)];
  return {
    headlines: [
      summaryOf(report),
      ...(lowered.length === 0 ? [] : [`${DECLARED}: ${lowered.map(nameOf).join(", ")}`]),
      ...(acceptances.length === 0 ? [] : [`${ACCEPTED}: ${acceptances.map(bearingOf).join("; ")}`]),
    ].map((text) => ({ tone, text: [text] })),
    sections:
      tone === "open"
        ? [...decided, ...unknownIn(report), ...settled]
        : [...openIn(report, sources), ...settled, ...decided],
  };
}

/** The things that leave statements open, also those that are lowered: each once, by the name that results refer to it by. */
function thingsIn(report: Report): UnknownThings {
  const { undecided, lowered } = chaptersOf(report);
  return unknownThingsIn([...undecided, ...lowered]);
}

function unknownIn(report: Report): readonly Section[] {
  return listing("Unknown", thingsIn(report).all, (thing) => thingLine(thing, report.results));
}

/**
 * The chapters that keep an app from being deployed.
 *
 * @param sources the files of the environments, each of which says what to change
 */
export function openIn(report: Report, sources?: Sources): readonly Section[] {
  const { violated, undecided } = chaptersOf(report);
  const things = thingsIn(report);
  return [
    ...listing("Violated", violated, (result) => inSource(resultLine(result), nounOfResult(result), sources)),
    ...unknownIn(report),
    ...listing("Undecided", undecided, (result) => inSource(lineOf(result, things), nounOfResult(result), sources)),
    ...listing("Not what was proven: these files differ from proof.json", report.changed, (path) =>
      line([{ code: path }]),
    ),
  ];
}

/** A line with the place where an environment writes what it is about. */
export function inSource(whole: Line, noun: Noun | undefined, sources: Sources | undefined): Line {
  const source = noun && sourceOf(noun, sources);
  return source === undefined ? whole : { ...whole, below: [...whole.below, line(say`written in ${spotOf(source)}`)] };
}

/** The decisions of the environments beside what they lower. */
function acceptedIn(report: Report): readonly Section[] {
  return listing(ACCEPTED, acceptancesOf(report), (acceptance) => line(acceptanceText(acceptance)));
}

/** All that environments accept or lower, in a line each. */
export function decisionsIn(report: Report): readonly Line[] {
  return [
    ...chaptersOf(report).lowered.map((result) =>
      line(`${nameOf(result)} is only declared; reason: ${result.accepted[0]?.reason ?? ""}`),
    ),
    ...acceptancesOf(report).map((acceptance) => line(acceptanceText(acceptance))),
  ];
}

/** The chapters that need no action. */
function settledIn(report: Report): readonly Section[] {
  const { proven, accepted, notApplicable } = chaptersOf(report);
  return [
    ...section("Accepted", accepted.map(resultLine)),
    ...section("Proven", proven.map(resultLine)),
    ...folded(section("Not applicable", notApplicable.map(resultLine))),
    ...folded(
      listing("Outside the model, and no part of any answer", report.outside, ({ type, count }) =>
        line([{ code: type }, `: ${count}`]),
      ),
    ),
  ];
}

const nameOf = ({ environment, statement }: StatementResult): string => `${environment} ${statement}`;

const resultLine = (result: StatementResult): Line => lineOf(result);

/** @param things those that the line refers to, in place of the reasons why it is undecided */
function lineOf(result: StatementResult, things?: UnknownThings): Line {
  const names = things?.of(result).map(({ name }) => ` [${name}]`) ?? [];
  const sayings = linesOf(sayingsOf(result, things !== undefined));
  return line(`${nameOf(result)}: ${result.sentence}${names.join("")}`, sayings);
}

const bearingOf = ({ environment, statements }: SharedAcceptance): string => `${environment} ${statements.join(", ")}`;

export function acceptanceText(acceptance: SharedAcceptance): string {
  return `${bearingOf(acceptance)}: ${acceptance.what}; reason: ${acceptance.reason}`;
}

export function summaryOf(report: Report): string {
  const { lowered, violated, undecided, proven, accepted, notApplicable } = chaptersOf(report);
  return countsOf([
    [violated.length, "violated"],
    [undecided.length, "undecided"],
    [proven.length, "proven"],
    [accepted.length, "accepted"],
    [lowered.length, "only declared"],
    [notApplicable.length, "not applicable"],
  ]);
}

/** The statements as rules of code scanning. */
export const STATEMENT_RULES: readonly SarifRule[] = STATEMENT_IDS.map((id) => ({
  ...{ id, description: STATEMENTS[id].sentence, help: helpOf(id) },
}));

/** The rule of the files themselves, beside the statements. */
const SAME_FILES = { id: "PROOF", description: "the files are those that were proven" };

/**
 * For code scanning: what is violated is an error, what is undecided a warning, what is lowered or accepted a note, and a file that isn't
 * the one that was proven an error. The run's properties hold every result, those that hold included.
 */
function sarifOf(report: Report): SarifRun {
  return {
    rules: [...STATEMENT_RULES, SAME_FILES],
    exitCode: exitCodeOf(report),
    alerts: [...report.results.flatMap(alertsOf), ...report.changed.map(difference)],
    properties: { results: report.results },
  };
}

/** The alert of a result; none where it is proven or not applicable. */
export function alertsOf(result: StatementResult): readonly Alert[] {
  const level = levelOf(result);
  if (level === undefined) return [];
  const { id, environment, statement, controls, unknown } = result;
  return [
    {
      ...{ id, rule: statement, level, properties: result },
      message: `${nameOf(result)}: ${sayingsOf(result).map(plain).join("; ")}`,
      file: `stacks/${environment}/cdk.tf.json`,
      noun: nounOfResult(result),
      places: [...controls, ...unknown.flatMap(({ place }) => place ?? [])],
    },
  ];
}

function levelOf(result: StatementResult): Alert["level"] | undefined {
  if (isLowered(result)) return "note";
  if (result.verdict === "violated") return "error";
  if (result.verdict === "accepted") return "note";
  return result.verdict === "undecided" ? "warning" : undefined;
}

function difference(path: string): Alert {
  const message = `${path} differs from what proof.json was written for`;
  const id = idOf("finding", "", SAME_FILES.id, path);
  return { id, rule: SAME_FILES.id, level: "error", message, file: path, places: [] };
}
