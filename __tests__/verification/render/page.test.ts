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
  expect(markdownOf(PAGE)).toBe(`**BLOCKED by \`\`a\`b\`\`**

1 more

### First

- rule \`x\`
  - because
    - deeper
- \`id ${"y".repeat(60)}\`

<details><summary>Evidence <code>&#60;&#38;&#62;</code></summary>

- much of it

</details>

### Table

\`\`\`mermaid
flowchart LR
\`\`\`

|  | A | B |
| --- | --- | --- |
| **meta <code>&#124;</code> x** IPv4 | allow | block 1 |
| **meta <code>&#124;</code> x** IPv6 | allow | allow |

#### Below

- note
`);
});

test.each([
  ["- x", "`-` x"],
  ["  + x", "  `+` x"],
  ["1. x", "`1.` x"],
  ["12) x", "`12)` x"],
  ["# x", "`#` x"],
  ["www.evil.example", "`www.evil.example`"],
  ["see https://evil.example, too", "see `https://evil.example`, too"],
  ["(@everyone)", "(`@everyone`)"],
  ["fixes #1 and GH-2: :tada:", "fixes `#1` and `GH-2`: `:tada`:"],
  ["a_b *c* `d` ~e~ $f$", "``a_b *c* `d` ~e~ $f$``"],
  ["<b> & &lt; <!-- </details>", "`<b> & &lt`; `<!-- </details>`"],
  ["use (it is f(x)), or `f()`.", "use (it is `f(x)`), or `` `f()` ``."],
  ['accept it: Accept.declared("WORK-2", reason), or not', 'accept it: `Accept.declared("WORK-2", reason)`, or not'],
  ['a call (that opens("a", and never ends', 'a call (that `opens("a`", and never ends'],
  ["line\nbreak", "`line\\u{a}break`"],
  [
    'a plain sentence (with 3.5 words, "or 4"), isn\'t it: yes - it is. PORTS-1 → 100%',
    'a plain sentence (with 3.5 words, "or 4"), isn\'t it: yes - it is. PORTS-1 → 100%',
  ],
])("text of Markdown is nothing but text: %j", (text, written) => {
  expect(markdownText(text)).toBe(written);
});

test("code that touches code is one", () => {
  const headlines = [{ tone: "open" as const, text: [{ code: "a" }, "@b", { code: "c" }] }];
  expect(markdownOf({ headlines, sections: [] })).toBe("**`a@bc`**\n");
});

test("lines that are all to be copied are a block of code, whose end nothing in it is", () => {
  const [ids] = section("Ids", toCopy([{ code: "- a" }]), toCopy([{ code: "- ```b" }]));
  expect(markdownOf({ headlines: [], sections: ids === undefined ? [] : [ids] })).toBe(
    "### Ids\n\n````yaml\n- a\n- ```b\n````\n",
  );
});

describe("a page that is longer than a comment may be", () => {
  const long = (count: number): Page => ({
    headlines: [{ tone: "closed", text: ["REFUSED"] }],
    sections: [
      ...section("First", line("x".repeat(5_000))),
      ...folded(
        section("Details", ...Array.from({ length: count }, (_, index) => line(`line ${index}`, line("below")))),
      ),
      ...section("Ids", ...Array.from({ length: count }, (_, index) => toCopy([`- id ${index}`]))),
    ],
  });
  const CUT = /\n\n\*\*The rest is cut\*\*[^\n]*\n$/;

  test.each([200, 1_000, 3_000, 3_010, 3_020, 4_000, 6_000, 8_000])(
    "is cut to %d characters, and says so",
    (longest) => {
      const cut = markdownOf(long(300), longest);
      expect(cut.length).toBeLessThanOrEqual(longest + 1);
      expect(cut).toMatch(CUT);
      expect(cut.startsWith("**REFUSED**\n")).toBe(true);
      expect(cut.match(/<details>/g)?.length).toBe(cut.match(/<\/details>/g)?.length);
      expect((cut.match(/^```/gm)?.length ?? 0) % 2).toBe(0);
    },
  );

  test("is whole where there is room for it, but for a text that is too long by itself", () => {
    const whole = markdownOf(long(3), 60_000);
    expect(whole).not.toMatch(CUT);
    expect(whole).toContain("… (5000 characters)");
    expect(markdownOf(long(3))).toContain("x".repeat(5_000));
  });
});

test("parts are told apart, and joined with something between them", () => {
  expect(say`a ${"b"}${1}`).toEqual(["a ", { code: "b" }, { code: "1" }]);
  expect(plain(joined([["a"], [{ code: "b\n" }]]))).toBe("a, b\\u{a}");
  expect(section("empty")).toEqual([]);
  expect(inlineCode("``")).toBe("``` `` ```");
});
