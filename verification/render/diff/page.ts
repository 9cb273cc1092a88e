import { type Also, Area, type Difference, Direction } from "../../answers/diff/difference";
import type { Aside } from "../../answers/diff/remainder/resources";
import { type DiffReport, idsToMean } from "../../answers/diff/report";
import { NOT_SERVED } from "../../answers/diff/requests/requests";
import type { Control } from "../../result";
import { line, type Line, type Page, say, section, type Text, type Tone } from "../explain/page";
import { placeLines } from "../explain/request-page";
import { acrossEnvironments } from "./across-environments";
import { changeOf, countsOf, isBehaviour, NO_CHANGE, sectionOf, shortened, titleOf } from "./words";

const TONES: Readonly<Record<Direction, Tone>> = {
  [Direction.WEAKENED]: "closed",
  [Direction.OPENED]: "closed",
  [Direction.UNDECIDED]: "unsure",
  [Direction.CLOSED]: "unsure",
  [Direction.CHANGED]: "unsure",
  [Direction.STRENGTHENED]: "open",
};

type Headline = Page["headlines"][number];

/** What differs as a page that begins with what matters most. */
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
      ...section("Written otherwise", rewritten > 0 ? line([`${plural(rewritten, "resource")} of the JSON`]) : []),
      ...section(
        "To mean it, list in the file of --intent",
        idsToMean(whole).map((id) => ({ ...line(say`- ${id}`), isCopied: true })),
      ),
    ],
  };
}

function headlinesOf(report: DiffReport): readonly Headline[] {
  const { differences, meant } = report;
  const [first] = differences;
  const calm: Headline = { tone: "open", text: [NO_CHANGE] };
  if (first === undefined) return meant === undefined || meant.length === 0 ? [calm] : asMeant(meant);
  const own = { tone: TONES[first.direction], text: headline(first, meant === undefined ? "" : "NOT MEANT: ") };
  const isCalm = meant === undefined && !differences.some(isBehaviour);
  const lines = first.direction === Direction.WEAKENED ? [own, ...(keptLines(differences) ?? [calm])] : [calm, own];
  return [
    ...(isCalm ? lines : [own]),
    ...(differences.length > 1 ? [{ tone: own.tone, text: [countsOf(differences)] }] : []),
  ];
}

/** Where another environment still needs a rule that this one drops, that takes the place of NO CHANGE. */
function keptLines(items: readonly Difference[]): readonly Headline[] | undefined {
  const kept = items.find(({ isKept }) => isKept);
  return kept && [{ tone: TONES[kept.direction], text: ["UNCHANGED AT THE EDGE: ", { data: kept.notes.join(", ") }] }];
}

function asMeant(intended: readonly Difference[]): readonly Headline[] {
  const [first] = intended;
  if (first === undefined) return [];
  return [
    { tone: "open", text: headline(first, "AS MEANT: ") },
    ...(intended.length > 1 ? [{ tone: "open" as const, text: [countsOf(intended)] }] : []),
  ];
}

function headline(item: Difference, prefix: string): Text {
  return [prefix + titleOf(item), ...placed(item), ": ", { data: changeOf(item) }];
}

function placed({ environments }: Difference): Text {
  return environments.length === 0 ? [] : [" in ", { data: environments.join(", ") }];
}

function sectionsOf(items: readonly Difference[], prefix: string): Page["sections"] {
  const titles = [...new Set(items.map(sectionOf))];
  return titles.flatMap((title) =>
    section(`${prefix}${title}`, items.filter((item) => sectionOf(item) === title).map(itemLine)),
  );
}

function itemLine(item: Difference): Line {
  const { environments, examples, notes, also = [], area, reason } = item;
  const where: Text = environments.length === 0 ? [] : [{ data: environments.join(", ") }, ": "];
  return line(
    [...where, { data: changeOf(item) }],
    reason === undefined ? [] : line(say`reason: ${reason}`),
    notes.map((note) => line(say`${note}`)),
    examples.map((witness) => line(say`${witness}`)),
    also.map(alsoLine),
    area === Area.POLICY ? [] : controlLines(item),
  );
}

function alsoLine({ what, examples, notes }: Also): Line {
  return line(
    say`and ${shortened(what)}`,
    [...notes, ...examples].map((each) => line(say`${each}`)),
  );
}

/** What decides it; that no rule does is said of requests alone. */
function controlLines({ area, by: { before, after }, before: was, after: is }: Difference): readonly Line[] {
  if (before !== undefined && after !== undefined && isAt(before, after)) return [controlLine("by", after)];
  const none = (when: string, end: string | undefined): readonly Line[] =>
    area === Area.REQUESTS && (end ?? NOT_SERVED) !== NOT_SERVED ? [line([`${when} by no rule`])] : [];
  return [
    ...(before === undefined ? none("before", was) : [controlLine("before by", before)]),
    ...(after === undefined ? none("now", is) : [controlLine("now by", after)]),
  ];
}

function isAt(one: Control, other: Control): boolean {
  return one.name === other.name && one.stack === other.stack && one.pointer === other.pointer;
}

function controlLine(words: string, control: Control): Line {
  return line([`${words} `, { data: control.name }], placeLines(control));
}

function asideLine({ type, added, removed, changed }: Aside): Line {
  const counts = [
    [added, "added"],
    [removed, "removed"],
    [changed, "changed"],
  ] as const;
  const told = counts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : [])).join(", ");
  return line([{ data: type }, `: ${told}`]);
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;
