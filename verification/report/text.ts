import { STATEMENTS } from "../../policy/statements";
import type { Conclusion, Control, Doubt } from "../statements/conclusion";
import type { Place } from "../model/terraform/stack";
import type { Result } from "../statements/result";
import { oneLine } from "./escape";
import type { TextOptions } from "./text-options";
import { wrap } from "./wrap";
import { chaptersOf, inReadingOrder, type Report, summaryOf } from "./report";

const PLAIN: TextOptions = { columns: Infinity, hasColour: false };

/**
 * A report for a terminal, everything in full: what is lowered first, but where something is violated or undecided, that.
 *
 * @default options - plain, and lines as long as they are
 */
export function reportText(report: Report, options: TextOptions = PLAIN): string {
  const { proven, notApplicable } = chaptersOf(report);
  const settled = [
    chapter("Proven", proven, provenLines),
    chapter("Not applicable", notApplicable, (result) => [titleOf(result)]),
    outsideLines(report),
  ];
  return textOf(report, settled, options);
}

/** What keeps an app from being written, and last what its environments lower: a report without what holds. */
export function refusalText(report: Report): string {
  return textOf(report, [], PLAIN);
}

type Lines = readonly string[];

function textOf(report: Report, settled: readonly Lines[], options: TextOptions): string {
  const { lowered, violated, undecided } = chaptersOf(report);
  const chapters = inReadingOrder<Lines>(report, {
    accepted: [chapter("Only declared, by decision of the environment", lowered, loweredLines)],
    open: [chapter("Violated", violated, openLines), chapter("Undecided", undecided, openLines), changedLines(report)],
    settled,
  });
  return `${[...chapters, [summaryOf(report)]]
    .filter((lines) => lines.length > 0)
    .map((lines) => laidOut(lines, options).join("\n"))
    .join("\n\n")}\n`;
}

/** Where a line is continued. */
const CONTINUED = "    ";
/** Lines of fewer characters would be columns of words. */
const NARROWEST = 40;

function laidOut([title = "", ...lines]: readonly string[], { columns, hasColour }: TextOptions): readonly string[] {
  const width = Math.max(columns, NARROWEST);
  const folded = [title, ...lines].map((line) => {
    const [, indent = "", words = ""] = /^( *)(.*)$/s.exec(line) ?? [];
    const [first = ""] = wrap(words, width - indent.length);
    const rest = words.slice(first.length).trimStart();
    const more = rest === "" ? [] : wrap(rest, width - indent.length - CONTINUED.length);
    return [`${indent}${first}`, ...more.map((each) => `${indent}${CONTINUED}${each}`)];
  });
  const [head = [], ...body] = folded;
  return [...(hasColour ? head.map((each) => `\x1b[1m${each}\x1b[0m`) : head), ...body.flat()];
}

function chapter(title: string, results: readonly Result[], linesOf: (result: Result) => readonly string[]) {
  return results.length === 0
    ? []
    : [title, ...results.flatMap((result) => linesOf(result).map((line) => `  ${line}`))];
}

const titleOf = ({ environment, statement }: Result): string =>
  `${environment} ${statement}  ${STATEMENTS[statement].sentence}`;

function loweredLines(result: Result): readonly string[] {
  return [titleOf(result), `  reason: ${oneLine(result.lowered ?? "")}`, `  found: ${result.conclusion.kind}`];
}

function openLines(result: Result): readonly string[] {
  return [titleOf(result), ...detailsOf(result.conclusion).map((line) => `  ${line}`)];
}

function provenLines(result: Result): readonly string[] {
  const { conclusion, statement } = result;
  if (conclusion.kind !== "proven") return [];
  const { assumption } = { assumption: undefined, ...STATEMENTS[statement] };
  const { strength, classes, rules, notes } = conclusion;
  return [
    `${titleOf(result)}`,
    `  ${strength}${classes > 0 ? `: ${classes} classes, ${rules} rules` : ""}`,
    ...(assumption === undefined ? [] : [`  as long as ${assumption}`]),
    ...notes.map((note) => `  note: ${oneLine(note)}`),
  ];
}

function detailsOf(conclusion: Conclusion): readonly string[] {
  switch (conclusion.kind) {
    case "violated":
      return [
        ...conclusion.witnesses.map(oneLine),
        oneLine(conclusion.what),
        ...(conclusion.by === undefined ? ["nothing decides it"] : [`by ${controlText(conclusion.by)}`]),
        `change: ${oneLine(conclusion.change)}`,
      ];
    case "undecided":
      return conclusion.doubts.map(doubtText);
    default:
      return [];
  }
}

const controlText = (control: Control): string => `${oneLine(control.name)} (${placeText(control)})`;

const doubtText = ({ reason, place }: Doubt): string =>
  `${oneLine(reason)}${place === undefined ? "" : ` (${placeText(place)})`}`;

export function placeText({ stack, pointer, path }: Place): string {
  return oneLine(`stacks/${stack}/cdk.tf.json#${pointer}${path === undefined ? "" : `, ${path}`}`);
}

function outsideLines({ outside }: Report): readonly string[] {
  if (outside.length === 0) return [];
  return [
    "Outside the model, and no part of any answer",
    ...outside.map(({ type, count }) => `  ${oneLine(type)}: ${count}`),
  ];
}

function changedLines({ changed }: Report): readonly string[] {
  if (changed.length === 0) return [];
  return ["Not what was proven: these files differ from proof.json", ...changed.map((path) => `  ${oneLine(path)}`)];
}
