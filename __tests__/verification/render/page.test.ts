import { inlineCode, markdownText } from "../../../verification/render/escape";
import { markdownOf } from "../../../verification/render/markdown";
import { folded, joined, line, type Page, say, section, toCopy } from "../../../verification/render/page";
import { plain, textOf } from "../../../verification/render/text";

const PAGE: Page = {
  headlines: [
    { tone: "closed", text: ["BLOCKED by ", { code: "a`b" }] },
    { tone: "unsure", text: ["1 more"] },
  ],
  sections: [
    ...section(
      "First",
      line(say`rule ${"x"}`, line("because", line("deeper"))),
      toCopy([{ code: `id ${"y".repeat(60)}` }]),
    ),
    ...folded(section("Evidence <&>", line("much of it"))),
    {
      title: ["Table"],
      lines: [],
      drawing: "flowchart LR",
      grid: {
        heads: ["A", "B"],
        rows: [
          { names: ["meta | x", "IPv4"], cells: [cell("allow"), cell("block 1")] },
          { names: ["meta | x", "IPv6"], cells: [cell("allow"), cell("allow")] },
        ],
      },
      sections: section("Below", line("note")),
    },
  ],
};

function cell(text: string) {
  return { text, tone: text === "allow" ? ("open" as const) : ("closed" as const) };
}

test("a page is text that goes in where something belongs to a line", () => {
  expect(textOf(PAGE).split("\n")).toEqual([
    "BLOCKED by a`b",
    "1 more",
    "",
    "First",
    "  rule x",
    "    because",
    "      deeper",
    `  id ${"y".repeat(60)}`,
    "",
    "Evidence <&>",
    "  much of it",
    "",
    "Table",
    "",
    "                A      B",
    "meta | x  IPv4  allow  block 1",
    "          IPv6  allow  allow",
    "",
    "Below",
    "  note",
    "",
  ]);
});

test("text breaks each line that is too long but one to be copied, and a table that is too wide into several", () => {
  const lines = textOf(PAGE, { columns: 1, hasColour: false }).split("\n");
  expect(lines.filter((each) => each.length > 40)).toEqual([`  id ${"y".repeat(60)}`]);
  const grid = { heads: ["A", "B"], rows: [{ names: ["n".repeat(30)], cells: [cell("allow"), cell("x".repeat(14))] }] };
  expect(
    textOf({ headlines: [], sections: [{ title: ["T"], lines: [], grid }] }, { columns: 40, hasColour: false }),
  ).toBe(
    [
      "T",
      "",
      `${" ".repeat(24)}  A`,
      `${"n".repeat(23)}…  allow`,
      "",
      `${" ".repeat(24)}  B`,
      `${"n".repeat(23)}…  ${"x".repeat(14)}`,
      "",
    ].join("\n"),
  );
});

test("colour adds to the words, and takes none away", () => {
  const coloured = textOf(PAGE, { columns: Infinity, hasColour: true });
  expect(coloured).toContain("\u001b[1;31mBLOCKED by a`b\u001b[0m");
  expect(coloured).toContain("\u001b[31mblock 1\u001b[0m");

  expect(coloured.replace(/\u001b\[[\d;]+m/g, "")).toBe(textOf(PAGE));
});

test("a page is Markdown with headings, lists, what is folded, a drawing and a table", () => {
  expect(markdownOf(PAGE)).toBe(`## BLOCKED by \`\`a\`b\`\`

1 more

### First

- rule \`x\`
  - because
    - deeper
- \`id ${"y".repeat(60)}\`

<details><summary>Evidence &lt;&amp;&gt;</summary>

- much of it

</details>

### Table

\`\`\`mermaid
flowchart LR
\`\`\`

|  | A | B |
| --- | --- | --- |
| **meta \\| x** IPv4 | allow | block 1 |
| **meta \\| x** IPv6 | allow | allow |

#### Below

- note
`);
});

test.each([
  ["- x", "\\- x"],
  ["  + x", "  \\+ x"],
  ["1. x", "1\\. x"],
  ["12) x", "12\\) x"],
  ["# x", "\\# x"],
  ["www.evil.example", "www\\.evil.example"],
  ["https://evil.example", "https:&#47;&#47;evil.example"],
  ["@everyone", "&#64;everyone"],
  ["a_b *c* `d` ~e~ $f$ | ![g](h) {i}", "a\\_b \\*c\\* \\`d\\` \\~e\\~ \\$f\\$ \\| \\!\\[g\\](h) \\{i\\}"],
  ["<b> & &lt;", "&lt;b&gt; &amp; &amp;lt;"],
  ["line\nbreak", "line\\\\u\\{a\\}break"],
  [
    "a plain sentence (with 3.5 words), isn't it: yes - it is.",
    "a plain sentence (with 3.5 words), isn't it: yes - it is.",
  ],
])("text of Markdown is nothing but text: %j", (text, written) => {
  expect(markdownText(text)).toBe(written);
});

test("parts are told apart, and joined with something between them", () => {
  expect(say`a ${"b"}${1}`).toEqual(["a ", { code: "b" }, { code: "1" }]);
  expect(plain(joined([["a"], [{ code: "b\n" }]]))).toBe("a, b\\u{a}");
  expect(section("empty")).toEqual([]);
  expect(inlineCode("``")).toBe("``` `` ```");
});
