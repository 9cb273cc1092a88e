import type { Checklist, Mark as Marks, Step } from "../../operations/doctor/checklist";
import type { Finding, Level as Levels } from "../../operations/finding";
import { exitCodeOf, type Inventory } from "../../operations/inventory/inventory";
import { groupedBy } from "../../verification/collections";
import { formatsOf, type PageFormat, type Written } from "../../verification/render/formats";
import { line, type Line, type Page, section, type Text, toCopy, type Tone } from "../../verification/render/page";
import { counted, TONES } from "../../verification/render/sayings";

/** The inventory, in every format. */
export const INVENTORY_FORMATS = formatsOf(inventoryPage, (inventory: Inventory) => inventory);

const CHAPTERS: readonly (readonly [level: `${Levels}`, title: string, one: string, many: string])[] = [
  ["failure", "Has to change", "has to change", "have to change"],
  ["undecided", "Unknown", "unknown", "unknown"],
  ["notice", "To know", "to know", "to know"],
];

function inventoryPage(inventory: Inventory): Page {
  const { environments, findings, ignored } = inventory;
  const of = (wanted: string) => findings.filter(({ level }) => level === wanted);
  const counts = CHAPTERS.map(([level, , one, many]) => counted(of(level).length, one, many));
  return {
    headlines: [
      {
        tone: TONES[exitCodeOf(inventory)],
        text: [`${environments.join(", ")}: ${[...counts, `${String(ignored.length)} ignored`].join(", ")}`],
      },
    ],
    sections: [
      ...CHAPTERS.flatMap(([level, title]) => section(title, findingLines(of(level)))),
      ...section(
        "Ignored",
        ignored.map(({ id, what, reason }) => line(what, line(`because ${reason}`), toCopy([{ code: id }]))),
      ),
    ],
  };
}

const CHECKLIST = formatsOf(checklistPage, (checklist: Checklist) => checklist);

/** The checklist of a first deploy, in every format, with the lines to paste at its end. */
export const CHECKLIST_FORMATS: Readonly<Record<PageFormat, Written<Checklist>>> = {
  ...CHECKLIST,
  text: (checklist, options) => `${CHECKLIST.text(checklist, options)}${pasted(checklist, "\n", "\n")}`,
  markdown: (checklist) => `${CHECKLIST.markdown(checklist)}${pasted(checklist, "\n```ts\n", "\n```\n")}`,
};

function pasted({ paste }: Checklist, before: string, after: string): string {
  return paste === undefined ? "" : `${before}${paste}${after}`;
}

const SIGNS: Readonly<Record<`${Marks}`, string>> = { done: "✓", open: "○", unknown: "?" };

function checklistPage({ environment, steps, ignored }: Checklist): Page {
  const number = (wanted: string) => steps.filter(({ mark }) => mark === wanted).length;
  const [open, unknown] = [number("open"), number("unknown")];
  const tone: Tone = open > 0 ? "closed" : unknown > 0 ? "unsure" : "open";
  const counts = [`${String(open)} open`, `${String(unknown)} unknown`, `${String(number("done"))} done`];
  const ready = open + unknown === 0 ? "is ready for its first deploy" : "isn't ready for its first deploy";
  const chapters = [...new Set(steps.map(({ chapter }) => chapter))];
  return {
    headlines: [{ tone, text: [`${environment} ${ready}: ${counts.join(", ")}`] }],
    sections: [
      ...chapters.flatMap((chapter) => section(chapter, stepLines(steps.filter((step) => step.chapter === chapter)))),
      ...section(
        "Ignored, by the word of an environment",
        ignored.map(({ what, reason }) => line(what, line(`because ${reason}`))),
      ),
    ],
  };
}

/** The steps of a chapter. Where several in a row wait for the same, it stands once, below the last of them. */
function stepLines(steps: readonly Step[]): readonly Line[] {
  let waiting: readonly Finding[] = [];
  return steps.map(({ mark, title, findings }, index): Line => {
    const all = [...waiting, ...findings];
    const next = steps[index + 1];
    const isSaidBelow = mark !== "done" && next !== undefined && reasonsOf(next.findings) === reasonsOf(findings);
    waiting = isSaidBelow ? all : [];
    const others = all.filter(({ id }, at) => all.findIndex((other) => other.id === id) === at);
    return line(`${SIGNS[mark]} ${title}`, isSaidBelow ? [] : findingLines(others));
  });
}

/** The words of findings, whatever their subjects. */
function reasonsOf(findings: readonly Finding[]): string {
  return [...new Set(findings.map(reasonOf))].sort().join();
}

/** The words of a finding: where they may be true of other subjects too, without its own. */
function reasonOf({ id, level, what, subject, todo }: Finding): string {
  return subject === undefined ? id : `${level} ${what.slice(subject.length)} ${todo}`;
}

/** How many subjects are named in one line. */
const NAMED = 3;

/** Findings in lines: those that differ in their subjects only are one. */
function findingLines(findings: readonly Finding[]): readonly Line[] {
  return [...groupedBy(findings, reasonOf).values()].flatMap(groupLine);
}

function groupLine(group: readonly Finding[]): readonly Line[] {
  const [first] = group;
  if (first === undefined) return [];
  const { id, what, subject = "", todo, paste } = first;
  const subjects = group.map((finding) => finding.subject ?? "");
  const needs = group.flatMap((finding) => finding.needs ?? []);
  const rights = needs.length === 0 ? "" : `; it takes ${[...new Set(needs)].join("; ")}`;
  return [
    line(
      `${listed(subjects)}${what.slice(subject.length)}`,
      line(["to do: ", ...withCode(todo.replace("<its id>", JSON.stringify(id))), rights]),
      (paste ?? "")
        .split("\n")
        .filter((each) => each !== "")
        .map((each) => toCopy([{ code: each }])),
    ),
  ];
}

/** Words, and code where they have it between backticks. */
function withCode(words: string): Text {
  return words.split(/`([^`]*)`/).map((part, index) => (index % 2 === 0 ? part : { code: part }));
}

function listed(names: readonly string[]): string {
  if (names.length > NAMED + 1) return `${names.slice(0, NAMED).join(", ")} and ${String(names.length - NAMED)} more`;
  const [last = "", ...others] = [...names].reverse();
  return others.length === 0 ? last : `${others.reverse().join(", ")} and ${last}`;
}
