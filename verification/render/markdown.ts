import { mermaidOf } from "./drawing";
import { htmlCode, inlineCode, joined, longestRun, type Piece, pieces } from "./escape";
import type { Grid, Line, Page, Section, Text } from "./page";
import { plain } from "./text";

/**
 * A page as Markdown that GitHub renders: its verdict is the first line. Nothing in a text of others has a meaning.
 *
 * @param longest the most characters that it may have. A cut is said.
 */
export function markdownOf({ headlines, sections }: Page, longest = Infinity): string {
  const shown = (text: Text): string => inline(longest === Infinity ? text : shortened(text));
  const blocks = [
    ...headlines.map(({ text }, index) => ({ text: index === 0 ? `**${shown(text)}**` : shown(text) })),
    ...sections.flatMap((each) => blocksOf(each, "###", shown)),
  ];
  return `${within(longest, blocks)}\n`;
}

/** Lines that are cut together or not at all, and what stands within them. */
interface Block {
  readonly text: string;
  /** Whether it is the next line of a list or of code. @default false - an empty line stands before it */
  readonly isNext?: boolean;
  readonly content?: readonly Block[];
  /** The end of it, behind its content. */
  readonly end?: string;
}

const BETWEEN = "\n\n";

type Shown = (text: Text) => string;

function blocksOf(section: Section, heading: string, shown: Shown): readonly Block[] {
  const { title, lines, picture, drawing, grid, sections = [], isFolded = false } = section;
  const chart = picture === undefined ? drawing : mermaidOf(picture);
  const isCopied = lines.length > 0 && lines.every((each) => each.isCopied === true);
  const content = [
    ...(isCopied
      ? [
          code(
            "yaml",
            lines.map(({ text }) => plain(text)),
          ),
        ]
      : listed(lines, "", shown)),
    ...(chart === undefined ? [] : [code("mermaid", chart.split("\n"))]),
    ...(grid === undefined ? [] : [{ text: table(grid) }]),
    ...sections.flatMap((each) => blocksOf(each, `${heading}#`, shown)),
  ];
  if (!isFolded) return [{ text: `${heading} ${shown(title)}` }, ...content];
  return [{ text: `<details><summary>${inHtml(title)}</summary>`, content, end: `${BETWEEN}</details>` }];
}

function listed(lines: readonly Line[], indent: string, shown: Shown): readonly Block[] {
  return lines.flatMap(({ text, below, isFolded = false }, index) => {
    const content = listed(below, `${indent}  `, shown);
    const isNext = indent !== "" || index > 0;
    const item: Block = { text: `${indent}- ${shown(text)}`, isNext };
    return isFolded && content.length > 0 ? [item, foldedBelow(content, `${indent}  `)] : [item, ...content];
  });
}

/** The lines that belong to an item, folded. */
function foldedBelow([first, ...others]: readonly Block[], indent: string): Block {
  return {
    text: `${indent}<details><summary>Details</summary>`,
    isNext: true,
    content: first === undefined ? others : [{ ...first, isNext: false }, ...others],
    end: `${BETWEEN}${indent}</details>`,
  };
}

/** A block of code, in a fence that is longer than any in it. */
function code(language: string, lines: readonly string[]): Block {
  const fence = "`".repeat(Math.max(3, longestRun(lines.join("\n")) + 1));
  return {
    text: `${fence}${language}`,
    content: lines.map((text) => ({ text, isNext: true })),
    end: `\n${fence}`,
  };
}

const CUT = "**The rest is cut**, since a comment holds no more. The summary of the run has all of it.";

/** As many blocks as there is room for, each of them closed. */
function within(longest: number, blocks: readonly Block[]): string {
  const all = written(blocks, longest - BETWEEN.length - CUT.length, "");
  return all.isCut ? `${all.text}${BETWEEN}${CUT}` : all.text;
}

/** @param text what stands before them */
function written(blocks: readonly Block[], room: number, text = BETWEEN) {
  let all = "";
  for (const { text: own, isNext = false, content = [], end = "" } of blocks) {
    const before = isNext ? "\n" : all === "" ? text : BETWEEN;
    const left = room - all.length - before.length - own.length - end.length;
    if (left < 0) return { text: all, isCut: true };
    const inner: { readonly text: string; readonly isCut: boolean } = written(content, left);
    all += `${before}${own}${inner.text}${end}`;
    if (inner.isCut) return { text: all, isCut: true };
  }
  return { text: all, isCut: false };
}

/** The most characters of one text, where a page is cut. */
const LONGEST_TEXT = 2_000;

function shortened(text: Text): Text {
  const characters = [...plain(text)];
  if (characters.length <= LONGEST_TEXT) return text;
  return [{ code: characters.slice(0, LONGEST_TEXT).join("") }, `… (${characters.length} characters)`];
}

const inline = (text: Text): string => trimmed(piecesOf(text).map(inMarkdown).join(""));
const inHtml = (text: Text): string => trimmed(piecesOf(text).map(asHtml).join(""));

/** Spaces around a text may make it code, or end what is bold. */
const trimmed = (text: string): string => text.trim() || inlineCode("");

const inMarkdown = ({ isCode, text }: Piece): string => (isCode ? inlineCode(text) : text);
const asHtml = ({ isCode, text }: Piece): string => (isCode ? htmlCode(text) : text);

function piecesOf(text: Text): readonly Piece[] {
  return joined(text.flatMap((part) => (typeof part === "string" ? pieces(part) : { isCode: true, text: part.code })));
}

function table({ heads, rows }: Grid): string {
  return [
    row(["", ...heads.map((head) => inHtml([head]))]),
    row(["---", ...heads.map(() => "---")]),
    ...rows.map(({ names: [name = "", ...others], cells }) =>
      row([
        [`**${inHtml([name])}**`, ...others.map((other) => inHtml([other]))].join(" "),
        ...cells.map(({ text }) => inHtml([text])),
      ]),
    ),
  ].join("\n");
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
