import { htmlText, oneLine } from "./escape";
import type { Grid, Line, Page, Section, Text, Tone } from "./page";
import type { Picture } from "../answers/report/picture";

/**
 * A page as HTML, without a document around it. Everything that comes from the JSON is text in it.
 *
 * @param level the level of the first headings
 * @param draw draws a picture; without it, none is drawn
 */
export function htmlOf({ headlines, sections }: Page, level = 2, draw?: Draw): string {
  const verdicts = headlines.map(({ tone, text }) => `<p class="headline ${tone}">${mark(tone)}${inline(text)}</p>`);
  return [...verdicts, ...sections.map((each) => sectionHtml(each, level, draw))].join("\n");
}

/** @param id the beginning of ids in the drawing */
type Draw = (picture: Picture, id: string) => string;

function sectionHtml(section: Section, level: number, draw: Draw | undefined): string {
  const { title, lines, picture, grid, sections = [], isFolded = false, id } = section;
  const content = [
    list(lines),
    ...(picture === undefined || draw === undefined
      ? []
      : [
          `<div class="scroll" role="group" tabindex="0" aria-label="Drawing">${draw(picture, `${id ?? "picture"}-drawing`)}</div>`,
        ]),
    ...(grid === undefined ? [] : [table(grid, title)]),
    ...sections.map((each) => sectionHtml(each, isFolded ? level : level + 1, draw)),
  ].filter((each) => each !== "");
  if (content.length === 0) return "";
  if (isFolded) return ["<details>", `<summary>${inline(title)}</summary>`, ...content, "</details>"].join("\n");
  const heading = `<h${level}${id === undefined ? "" : ` id="${id}"`}>${inline(title)}</h${level}>`;
  return [`<section${id === undefined ? "" : ` aria-labelledby="${id}"`}>`, heading, ...content, "</section>"].join(
    "\n",
  );
}

function list(lines: readonly Line[]): string {
  return lines.length === 0 ? "" : `<ul>${lines.map(item).join("")}</ul>`;
}

function item({ text, below, tone, isFolded = false }: Line): string {
  const marked = tone === undefined ? "<li>" : `<li class="${tone}">${mark(tone)}`;
  if (!isFolded || below.length === 0) return `${marked}${inline(text)}${list(below)}</li>`;
  return `${marked}<details><summary>${inline(text)}</summary>${list(below)}</details></li>`;
}

const MARKS: Readonly<Record<Tone, string>> = { open: "✓", closed: "✕", unsure: "!" };

/** A sign that says by its form what its colour says. The words beside it say it too, so nobody has to hear it. */
const mark = (tone: Tone): string => `<span class="mark" aria-hidden="true">${MARKS[tone]}</span>`;

/** Signs that can't be seen are written out: nothing turns the direction of text or hides in it. */
function inline(text: Text): string {
  return text
    .map((part) =>
      typeof part === "string" ? htmlText(oneLine(part)) : `<code>${htmlText(oneLine(part.code))}</code>`,
    )
    .join("");
}

function table({ heads, rows }: Grid, title: Text): string {
  const row = ({ names, cells }: Grid["rows"][number]): string =>
    [
      `<tr><th scope="row">${names.map((name) => inline([name])).join(" ")}</th>`,
      ...cells.map(({ text, tone }) => `<td${tone === undefined ? "" : ` class="${tone}"`}>${inline([text])}</td>`),
      "</tr>",
    ].join("");
  return [
    `<div class="scroll" role="region" tabindex="0" aria-label="Table: ${attribute(title)}"><table>`,
    `<thead><tr><td></td>${heads.map((head) => `<th scope="col">${inline([head])}</th>`).join("")}</tr></thead>`,
    `<tbody>${rows.map(row).join("")}</tbody>`,
    "</table></div>",
  ].join("");
}

const attribute = (text: Text): string =>
  htmlText(text.map((part) => oneLine(typeof part === "string" ? part : part.code)).join("")).replaceAll('"', "&quot;");
