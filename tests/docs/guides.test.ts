import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { riddlesIn } from "../../__tests__/support/wording";
import { STATEMENTS } from "../../policy/statements";

const ROOT = join(__dirname, "../..");

const DECISIONS = readdirSync(join(ROOT, "docs/decisions")).filter((name) => name !== "README.md");
/** The documents that the package ships (`files` in package.json), beside its README. */
const SHIPPED = [
  "CHANGELOG.md",
  ...readdirSync(join(ROOT, "docs"), { recursive: true })
    .map((name) => `docs/${String(name).replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".md")),
];
const GUIDES = ["README.md", "CONTRIBUTING.md", "SECURITY.md", ...SHIPPED];

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** The anchors of a document's headings, as GitHub makes them. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** The relative links of a document whose file or heading isn't there, from the root of the project. */
function deadLinks(path: string, text: string): readonly string[] {
  return [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)]
    .map(([, target = "", anchor]) => ({ file: target === "" ? path : join(dirname(path), target), anchor }))
    .filter(({ file, anchor }) => {
      if (file !== path && !existsSync(join(ROOT, file))) return true;
      return anchor !== undefined && !anchorsOf(file === path ? text : read(file)).includes(anchor);
    })
    .map(({ file, anchor }) => (anchor === undefined ? file : `${file}#${anchor}`));
}

/** The links of a document that the package ships to a file that it doesn't ship. */
function unshippedLinks(path: string, text: string): readonly string[] {
  return [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)]
    .map(([, target = ""]) => join(dirname(path), target))
    .filter((target) => ![...SHIPPED, "README.md"].includes(target));
}

/**
 * The long lines of a document's text, which a person reads in an editor; no table, no code, no output of a command.
 */
function longLines(text: string): readonly string[] {
  return text
    .replace(/^ *```[^]*?^ *```$|^<!-- \$[^]*?^<!-- end -->$/gm, "")
    .split("\n")
    .filter((line) => line.length > 120 && !/^ *\|/.test(line));
}

/** The cells of tables that hold more words than a reader takes in at a glance. */
function paragraphsInTables(text: string): readonly string[] {
  return text
    .split("\n")
    .filter((line) => /^ *\|/.test(line))
    .flatMap((line) => line.split(/(?<!\\)\|/))
    .filter((cell) => cell.trim().split(/\s+/).length > MOST_WORDS_IN_A_CELL);
}

const MOST_WORDS_IN_A_CELL = 30;

/** The text of a document, but no heading, no code, and nothing that a command printed. */
const prose = (text: string): string => text.replace(/^ *```[^]*?^ *```$|^<!-- \$[^]*?^<!-- end -->$|^#.*$/gm, "");

/** The paths that the guide's table names and that aren't there; `<...>` stands for a name to choose. */
function deadPaths(text: string): readonly string[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .flatMap((line) => [...line.matchAll(/`([\w./-]+\/[\w./-]*)`/g)].map(([, path = ""]) => path))
    .filter((path) => !existsSync(join(ROOT, path)));
}

describe.each(GUIDES)("%s", (path) => {
  test("links to what is there", () => {
    expect(deadLinks(path, read(path))).toEqual([]);
  });

  test("has no line over 120 characters", () => {
    expect(longLines(read(path))).toEqual([]);
  });

  test("has no sentence that begins with a riddle", () => {
    expect(riddlesIn(prose(read(path)))).toEqual([]);
  });

  test("has no table cell that is a paragraph", () => {
    expect(paragraphsInTables(read(path))).toEqual([]);
  });
});

test.each(SHIPPED)("%s links to what the package ships, too", (path) => {
  expect(unshippedLinks(path, read(path))).toEqual([]);
});

test("the README is read in a few minutes", () => {
  expect(read("README.md").split(/\s+/).length).toBeLessThan(900);
});

/** The files that a walk names, each within the folder that the walk named last. */
function lostOnTheWay(text: string): readonly string[] {
  const walks = text.slice(text.indexOf("## Four walks"), text.indexOf("## How it is written"));
  const folders = new Set<string>();
  return [...walks.matchAll(/`([\w-]+(?:\/[\w-]+)*\/?(?:\.(?:ts|json))?)`/g)]
    .map(([, path = ""]) => path)
    .filter((path) => /\/|[.]ts$/.test(path))
    .filter((path) => {
      const found = ["", ...folders].find((folder) => existsSync(join(ROOT, folder, path)));
      if (found === undefined) return true;
      const whole = join(found, path);
      for (const folder of [dirname(whole), dirname(dirname(whole))]) folders.add(folder);
      return false;
    });
}

test("each walk of the guide leads over files that are there", () => {
  const guide = read("CONTRIBUTING.md");
  expect(lostOnTheWay(guide)).toEqual([]);
  expect(lostOnTheWay(guide.replace("webhook-guard.ts", "webhook-lost.ts"))).toEqual([
    "constructs/edge-firewall/webhook-lost.ts",
  ]);
});

test("a dead link, a dead heading, a long line and a paragraph in a table would be seen", () => {
  expect(deadLinks("docs/a.md", "[b](b.md#c), [d](https://example.com), [e](../README.md)")).toEqual(["docs/b.md#c"]);
  expect(deadLinks("docs/a.md", "# One `two`: three\n[b](#one-two-three) [c](#four)")).toEqual(["docs/a.md#four"]);
  expect(unshippedLinks("docs/a.md", "[b](../CONTRIBUTING.md), [c](proof.md)")).toEqual(["CONTRIBUTING.md"]);
  expect(longLines(`${"a".repeat(121)}\n| ${"b".repeat(121)} |\n\`\`\`\n${"c".repeat(121)}\n\`\`\``)).toEqual([
    "a".repeat(121),
  ]);
  expect(riddlesIn("Fine.\n\n- What isn't so, is. What\nelse? Then what?")).toHaveLength(2);
  expect(paragraphsInTables(`| a | ${"word ".repeat(41)}|\n`)).toHaveLength(1);
});

test("CONTRIBUTING.md sends every change to where something is", () => {
  expect(deadPaths(read("CONTRIBUTING.md"))).toEqual([]);
  expect(deadPaths("| a noun | `policy/nowhere.ts` |")).toEqual(["policy/nowhere.ts"]);
});

test("the list of decisions names each once", () => {
  const listed = [...read("docs/decisions/README.md").matchAll(/\]\((\d{4}-[a-z-]+\.md)\)/g)].map(([, name]) => name);
  expect(listed).toEqual([...DECISIONS].sort());
});

test("the README has each statement with the strength that it has to have", () => {
  const rows = [...read("README.md").matchAll(/^\| ([A-Z]+-\d) +\| .+ \| (\w+) \|$/gm)];
  expect(rows.map(([, id, strength]) => [id, strength])).toEqual(
    Object.entries(STATEMENTS).map(([id, { required }]) => [id, required]),
  );
});

test("the threat model speaks of every statement", () => {
  const rows = read("docs/threat-model.md")
    .split("\n")
    .filter((line) => line.startsWith("| ") && line.split("|").length === 6);
  const named = rows.flatMap((row) => (row.split("|")[1] ?? "").split(",").map((id) => id.trim()));
  expect(named).toEqual(expect.arrayContaining(Object.keys(STATEMENTS)));
});

test("the documents synthesize and deploy by the scripts, which keep cdktf from calling home", () => {
  const documents = [
    "README.md",
    "CONTRIBUTING.md",
    ...readdirSync(join(ROOT, "docs"), { recursive: true })
      .map((name) => join("docs", String(name)))
      .filter((name) => name.endsWith(".md")),
  ];
  const called = (text: string): readonly string[] => text.match(/^.*\bcdktf (?:synth|deploy)\b.*$/gm) ?? [];
  const blocks = (text: string): string => (text.match(/^```sh$[^]*?^```$/gm) ?? []).join("\n");
  expect(documents.flatMap((path) => called(blocks(read(path))))).toEqual([]);
  expect(called(blocks("```sh\nnpm ci && npx cdktf synth\n```"))).toHaveLength(1);
  expect(/^```sh\n(.*?)(?: +#.*)?$/m.exec(read("README.md"))?.[1]).toBe("npm ci && npm run synth");
});
