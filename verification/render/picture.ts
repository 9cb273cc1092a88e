import { Graph, layout } from "@dagrejs/dagre";
import type { Arrow, ArrowKind, Picture, Thing } from "../answers/report/picture";
import { ARROWS } from "./drawing";
import { clipped, htmlText, oneLine } from "./escape";
import { wrap } from "./text";

/** Sizes of text in pixels: widths are those of a wide font, so that no text leaves its box. */
const SIGN = 6.8;
const BOLD_SIGN = 7.6;
const LINE = 17;
const PADDING = 12;
const MOST_SIGNS = 34;
const LABEL = 25;

/** The first line is bold. */
const widthOf = (lines: readonly string[]): number =>
  Math.max(...lines.map((text, at) => [...text].length * (at === 0 ? BOLD_SIGN : SIGN)));

/**
 * A picture as SVG. Kinds of arrows differ by their dashes, their ends and their words, not by colour alone.
 *
 * @param id the beginning of the ids in it, which a document has once
 */
export function svgOf({ environment, things, arrows }: Picture, id: string): string {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: 16, edgesep: 10, ranksep: 22, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  const boxes = things.map((thing) => ({ thing, lines: [thing.name, ...thing.lines].map(shown) }));
  boxes.forEach(({ thing, lines }) => {
    graph.setNode(thing.id, { width: widthOf(lines) + 2 * PADDING, height: lines.length * LINE + PADDING });
  });
  const ways = arrows.map((arrow, at) => ({ arrow, lines: labelLines(arrow), name: String(at) }));
  ways.forEach(({ arrow, lines, name }) => {
    const size = { width: widthOf(lines) + 8, height: lines.length * LINE, labelpos: "c" as const };
    graph.setEdge(arrow.from, arrow.to, size, name);
  });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const title = `Who reaches what in ${shown(environment)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}">`,
    `<title id="${id}-title">${htmlText(title)}</title>`,
    `<desc id="${id}-desc">The table below the drawing says the same.</desc>`,
    `<defs>${marker(`${id}-arrow`, '<path d="M0 0 10 5 0 10z"/>')}${marker(`${id}-stop`, '<path d="M1 1 9 9M9 1 1 9" class="cross"/>')}</defs>`,
    ...ways.map(({ arrow, name }) => way(graph.edge(arrow.from, arrow.to, name).points ?? [], arrow.kind, id)),
    ...ways.map(({ arrow, lines, name }) => label(graph.edge(arrow.from, arrow.to, name), arrow, lines)),
    ...boxes.map(({ thing, lines }) => box(graph.node(thing.id), thing, lines)),
    "</svg>",
  ].join("\n");
}

const shown = (text: string): string => clipped(oneLine(text), MOST_SIGNS);

/** The words, then the labels, in short lines. */
function labelLines({ kind, labels }: Arrow): readonly string[] {
  return [ARROWS[kind].words, ...labels.flatMap((label) => wrap(oneLine(label), LABEL)).map(shown)];
}

function marker(id: string, shape: string): string {
  return `<marker id="${id}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" orient="auto-start-reverse">${shape}</marker>`;
}

interface Place {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
}

function way(points: readonly { readonly x: number; readonly y: number }[], kind: ArrowKind, id: string): string {
  const path = points.map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${round(x)} ${round(y)}`).join("");
  return `<path class="way ${kind}" d="${path}" marker-end="url(#${id}-${kind === "block" ? "stop" : "arrow"})"/>`;
}

function label(place: Place, { kind }: Arrow, lines: readonly string[]): string {
  return `<g class="label ${kind}">${texts(place, lines)}</g>`;
}

function box(place: Place, { role }: Thing, lines: readonly string[]): string {
  return `<g class="thing ${role}">${frame(place, role === "internet" ? 18 : 4)}${texts(place, lines)}</g>`;
}

function frame({ x = 0, y = 0, width = 0, height = 0 }: Place, radius: number): string {
  const at = `x="${round(x - width / 2)}" y="${round(y - height / 2)}"`;
  return `<rect ${at} width="${round(width)}" height="${round(height)}" rx="${radius}"/>`;
}

function texts({ x = 0, y = 0 }: Place, lines: readonly string[]): string {
  const top = y - (lines.length * LINE) / 2 + LINE / 2;
  return lines
    .map(
      (text, at) =>
        `<text x="${round(x)}" y="${round(top + at * LINE + 4)}"${at === 0 ? ' class="name"' : ""}>${htmlText(text)}</text>`,
    )
    .join("");
}

const round = (value: number): number => Math.round(value * 10) / 10;
