import { clipped, oneLine } from "./escape";
import type { Grid, Line, Page, Section, Text, Tone } from "./page";

/** How text is written to a terminal. */
export interface TextOptions {
  /** How many characters a line may have. Lines of fewer than 40 would be columns of words. */
  readonly columns: number;
  readonly hasColour: boolean;
}

const PLAIN: TextOptions = { columns: Infinity, hasColour: false };
const NARROWEST = 40;
const BOLD = 1;
/** SGR: ECMA-48, section 8.3.117. */
const COLOURS: Readonly<Record<Tone, number>> = { open: 32, closed: 31, unsure: 33 };
const INDENT = "  ";
/** The rest of a line stands further in than the lines that belong to it. */
const CONTINUED = "    ";
const GAP = "  ";
/** How long a name of a grid's row is. */
const LONGEST_NAME = 24;

/** A page for a terminal. @default options - plain, and lines as long as they are */
export function textOf({ headlines, sections }: Page, { columns, hasColour }: TextOptions = PLAIN): string {
  const width = Math.max(columns, NARROWEST);
  const painted: Paint = (text, ...codes) => (hasColour ? `\x1b[${codes.join(";")}m${text}\x1b[0m` : text);
  const head = headlines.flatMap(({ tone, text }) =>
    wrap(plain(text), width).map((each) => painted(each, BOLD, COLOURS[tone])),
  );
  const blocks = [...(head.length === 0 ? [] : [head]), ...sections.flatMap((each) => blocksOf(each, width, painted))];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

type Paint = (text: string, ...codes: readonly number[]) => string;
type Block = readonly string[];

function blocksOf({ title, lines, grid, sections = [] }: Section, width: number, painted: Paint): readonly Block[] {
  // A drawing says nothing that the rest doesn't.
  if (lines.length === 0 && grid === undefined && sections.length === 0) return [];
  return [
    [
      ...wrap(plain(title), width).map((each) => painted(each, BOLD)),
      ...lines.flatMap((each) => written(each, INDENT, width)),
    ],
    ...(grid === undefined ? [] : tables(grid, width, painted)),
    ...sections.flatMap((each) => blocksOf(each, width, painted)),
  ];
}

function written({ text, below, isCopied = false }: Line, indent: string, width: number): readonly string[] {
  const words = plain(text).trimStart();
  if (isCopied) return [`${indent}${words}`];
  const [first = ""] = wrap(words, width - indent.length);
  const others = words.slice(first.length).trimStart();
  const rest = others === "" ? [] : wrap(others, width - indent.length - CONTINUED.length);
  return [
    `${indent}${first}`.trimEnd(),
    ...rest.map((each) => `${indent}${CONTINUED}${each}`),
    ...below.flatMap((each) => written(each, `${indent}${INDENT}`, width)),
  ];
}

/** A text in one line, with nothing in it that a terminal obeys. */
export function plain(text: Text): string {
  return text.map((part) => oneLine(typeof part === "string" ? part : part.code)).join("");
}

/** As many tables as the width asks for, each with the names of the rows. */
function tables({ heads, rows }: Grid, width: number, painted: Paint): readonly Block[] {
  const names = namesOf(rows);
  const [first = ""] = names;
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map(({ cells }) => textAt(cells, at).length)));
  return chunked(widths, width - first.length).map((chunk) => [
    [" ".repeat(first.length), ...chunk.map((at) => pad(heads[at] ?? "", widths[at] ?? 0))].join(GAP).trimEnd(),
    ...rows.map(({ cells }, row) => {
      const shown = chunk.map((at, index) => {
        const text = textAt(cells, at);
        const end = index === chunk.length - 1 ? "" : " ".repeat((widths[at] ?? 0) - text.length);
        return `${painted(text, COLOURS[cells[at]?.tone ?? "unsure"])}${end}`;
      });
      return [names[row], ...shown].join(GAP);
    }),
  ]);
}

const textAt = (cells: Grid["rows"][number]["cells"], at: number): string => cells[at]?.text ?? "";

/** The places of columns that stand beside each other. */
function chunked(widths: readonly number[], available: number): readonly (readonly number[])[] {
  const chunks: number[][] = [];
  let used = 0;
  widths.forEach((width, at) => {
    used += GAP.length + width;
    if (at === 0 || used > available) {
      chunks.push([]);
      used = GAP.length + width;
    }
    chunks.at(-1)?.push(at);
  });
  return chunks;
}

/** The names of each row, all of one width. A name that the row before has too stands once. */
function namesOf(rows: Grid["rows"]): readonly string[] {
  const shown = rows.map(({ names }) => names.map((name) => clipped(oneLine(name), LONGEST_NAME)));
  const count = Math.max(0, ...shown.map((names) => names.length));
  const widths = Array.from({ length: count }, (_, at) => Math.max(...shown.map((names) => lengthOf(names[at] ?? ""))));
  return shown.map((names, row) =>
    widths
      .map((width, at) => pad(at === 0 && shown[row - 1]?.[0] === names[0] ? "" : (names[at] ?? ""), width))
      .join(GAP),
  );
}

const pad = (text: string, width: number): string => `${text}${" ".repeat(Math.max(0, width - lengthOf(text)))}`;

/** Breaks a line that is longer than a width, at spaces; a word that is longer itself behind a `/`, else anywhere. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of text.split(" ").flatMap((each) => pieces(each, width))) {
    const both = current === "" ? word.text : `${current}${word.isContinued ? "" : " "}${word.text}`;
    if (lengthOf(both) <= width || current === "") {
      current = both;
      continue;
    }
    lines.push(current);
    current = word.text;
  }
  return [...lines, current];
}

interface Piece {
  readonly text: string;
  /** Whether it follows the one before without a space. */
  readonly isContinued: boolean;
}

function pieces(word: string, width: number): readonly Piece[] {
  if (lengthOf(word) <= width) return [{ text: word, isContinued: false }];
  const parts = word.split(/(?<=\/)/).flatMap((part) => chunks(part, width));
  return parts.map((text, index) => ({ text, isContinued: index > 0 }));
}

function chunks(text: string, width: number): readonly string[] {
  const characters = [...text];
  const count = Math.max(1, Math.ceil(characters.length / width));
  return Array.from({ length: count }, (_, index) => characters.slice(index * width, (index + 1) * width).join(""));
}

const lengthOf = (text: string): number => [...text].length;
