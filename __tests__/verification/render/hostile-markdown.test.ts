import fc from "fast-check";
import { markdownOf } from "../../../verification/render/markdown";
import { folded, line, type Page, say, section, toCopy } from "../../../verification/render/page";
import { shownByGithub, SPECIAL } from "../../support/github-markdown";
import { runs } from "../../support/sample";
import { HOSTILE } from "./reports";

/** A page with a text of others wherever there may be one. */
const pageWith = (text: string): Page => ({
  headlines: [
    { tone: "closed", text: ["REFUSED ", { code: text }, ` ${text}`] },
    { tone: "unsure", text: [text] },
  ],
  sections: [
    ...section(
      text,
      { ...line(text, line(say`by ${text}`), line([{ code: text }, text])), isFolded: true },
      line(text),
    ),
    ...folded(section(text, line(text))),
    {
      title: [text],
      lines: [],
      grid: { heads: [text], rows: [{ names: [text, text], cells: [{ text, tone: "open" }] }] },
    },
    ...section("To copy", toCopy([`- ${text}`])),
  ],
});

const HARMLESS = shownByGithub(markdownOf(pageWith("harmless")));

const MORE = [
  "</details>",
  "</summary></details># x",
  "` `` ``` ````",
  "`",
  "\\`",
  "*",
  "**bold** __bold__ ***",
  "<!--",
  "<!-- x --> <?php <![CDATA[ <!DOCTYPE",
  "@team/all, (@me) a@b.example",
  "#123 GH-7 owner/repo#5 :white_check_mark: 0123abc0123abc0123abc0123abc0123abc01234",
  "| a | b |",
  "---",
  "===",
  "- [x] done",
  "1. one",
  "> quoted",
  "    code",
  "[a]: https://evil.example 'x'",
  "[^1]: note",
  "$$x$$ $`x`$",
  "&lt;b&gt; &#64;me &nbsp;",
  "\u05d0\u05d1\u05d2 \u202e",
];

test.each([...HOSTILE, ...MORE])("a text of others changes nothing but what it stands for: %j", (text) => {
  const shown = shownByGithub(markdownOf(pageWith(text)));
  expect(shown.structure).toEqual(HARMLESS.structure);
  expect(shown.words).not.toMatch(SPECIAL);
});

test("no text that anybody can think of does", () => {
  const signs = [..."`*_~<>!-#@|[]()\\&;:.$+=1a \n\t\"'/?{}^%", "\u202e", "www.", "GH-1", "</details>", "<!--", "-->"];
  const texts = fc.array(fc.constantFrom(...signs), { maxLength: 12 }).map((all) => all.join(""));
  fc.assert(
    fc.property(texts, (text) => {
      const shown = shownByGithub(markdownOf(pageWith(text)));
      expect(shown.structure).toEqual(HARMLESS.structure);
      expect(shown.words).not.toMatch(SPECIAL);
    }),
    { numRuns: runs(200, 5_000) },
  );
});

test("the parser would show what a text that isn't escaped does", () => {
  const { structure, words } = shownByGithub("- </details> @me\n\n| a |\n| - |\n| #1 |\n");
  expect(structure).toContain("</details>");
  expect(structure).toContain("<table>");
  expect(words).toMatch(SPECIAL);
});
