import type { ArrowKind, Picture, Thing } from "../answers/report/picture";
import { mermaidLabel } from "./escape";
import type { Grid, Tone } from "./page";

/** The words of an arrow, and how good the news is. */
export const ARROWS: Readonly<Record<ArrowKind, { readonly words: string; readonly tone: Tone }>> = {
  allow: { words: "allowed", tone: "open" },
  redirect: { words: "redirected to HTTPS", tone: "open" },
  block: { words: "blocked", tone: "closed" },
  challenge: { words: "challenged", tone: "unsure" },
  mixed: { words: "partly blocked", tone: "unsure" },
  undecided: { words: "undecided", tone: "unsure" },
  accepted: { words: "accepted", tone: "unsure" },
  declared: { words: "only declared", tone: "unsure" },
};

/** A drawing in the language of Mermaid: https://mermaid.js.org/syntax/flowchart.html */
export const flowchart = (direction: "LR" | "TB", lines: readonly string[]): string =>
  [`flowchart ${direction}`, ...lines.map((line) => `  ${line}`)].join("\n");

/** A box of a drawing by its id. */
export const box = (id: string, label: string): string => `${id}[${mermaidLabel(label)}]`;

/** A line of a drawing with its words: a solid one, or a dotted one, to an arrow or to a stop. */
export const solid = (label: string): string => `-- ${mermaidLabel(label)} -->`;
export const dotted = (label: string, end: ">" | "x" = ">"): string => `-. ${mermaidLabel(label)} .-${end}`;

/** A drawing of arrows, in which a box is written where it stands first. */
export function arrowsAlone(
  arrows: readonly { readonly from: string; readonly arrow: string; readonly to: string }[],
): string {
  const known = new Map<string, string>();
  const end = (kind: string, label: string): string => {
    const key = `${kind} ${label}`;
    const name = known.get(key) ?? `${kind}${known.size}`;
    const isNew = !known.has(key);
    known.set(key, name);
    return isNew ? box(name, label) : name;
  };
  return flowchart(
    "LR",
    arrows.map(({ from, arrow, to }) => `${end("from", from)} ${arrow} ${end("to", to)}`),
  );
}

/** A picture as a drawing. */
export function mermaidOf({ things, arrows }: Picture): string {
  const place = new Map(things.map(({ id }, at) => [id, `t${at}`]));
  return flowchart("TB", [
    ...things.map(({ name, lines }, at) => box(`t${at}`, [name, ...lines].join(", "))),
    ...arrows.map(({ from, to, kind, labels }) => {
      const label = `${ARROWS[kind].words}: ${labels.join("; ")}`;
      const arrow = kind === "allow" ? solid(label) : dotted(label, kind === "block" ? "x" : ">");
      return `${place.get(from) ?? ""} ${arrow} ${place.get(to) ?? ""}`;
    }),
  ]);
}

/** A picture as a table, which says all that the drawing says. */
export function gridOf({ things, arrows }: Picture): Grid {
  const nameOf = (id: string): string =>
    things
      .filter((each) => each.id === id)
      .map(titleOf)
      .join();
  return {
    heads: ["to", "is", "what"],
    rows: arrows.map(({ from, to, kind, labels }) => ({
      names: [nameOf(from)],
      cells: [nameOf(to), ARROWS[kind].words, labels.join("; ")].map((text) => ({ text, tone: ARROWS[kind].tone })),
    })),
  };
}

function titleOf({ role, name, lines }: Thing): string {
  const isNamed = role === "internet" || role === "edge" || lines.length === 0;
  return isNamed ? name : `${name} ${lines[0] ?? ""}`;
}
