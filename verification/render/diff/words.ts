import { Area, type Difference, Direction } from "../../answers/diff/difference";

/** What is weakened or strengthened, by the area: what is opened or closed needs no such word. */
const NOUNS: Partial<Readonly<Record<Area, string>>> = {
  [Area.POLICY]: "POLICY",
  [Area.STATEMENT]: "STATEMENT",
  [Area.SETTINGS]: "SETTING",
  [Area.SCANS]: "SCAN",
  [Area.PENTEST]: "PENETRATION TEST",
  [Area.DEMANDS]: "INPUT CHECK",
};

/** What a difference is called, in capitals, as it leads a page. */
export function titleOf({ direction, area }: Pick<Difference, "direction" | "area">): string {
  return [NOUNS[area] ?? [], direction.toUpperCase()].flat().join(" ");
}

/** What a section of such differences is called. */
export function sectionOf(item: Pick<Difference, "direction" | "area">): string {
  const [first = "", ...rest] = titleOf(item).toLowerCase();
  return `${first.toUpperCase()}${rest.join("")}`;
}

/** What differs and how, in words. */
export function changeOf({ what, before, after }: Difference): string {
  const whole = shortened(what);
  if (before === undefined && after === undefined) return whole;
  return `${whole}: ${shortened(before ?? "nothing")} → ${shortened(after ?? "nothing")}`;
}

const LONGEST = 300;

/** A text, cut to what a reader reads. */
export function shortened(text: string): string {
  const characters = [...text];
  if (characters.length <= LONGEST) return text;
  return `${characters.slice(0, LONGEST).join("")}… (${characters.length} characters)`;
}

/** Whether the items leave open that anything behaves otherwise. */
export function isBehaviour({ area, direction }: Difference): boolean {
  return (area !== Area.POLICY && area !== Area.STATEMENT) || direction === Direction.UNDECIDED;
}

export const NO_CHANGE = "NO CHANGE in behaviour: proven for every request and connection";

/** How many differences there are of each name. */
export function countsOf(items: readonly Difference[]): string {
  const counts = new Map<string, number>();
  for (const item of items) {
    const title = titleOf(item).toLowerCase();
    counts.set(title, (counts.get(title) ?? 0) + 1);
  }
  return [...counts].map(([title, count]) => `${count} ${title}`).join(", ");
}
