import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { STATEMENTS } from "../../policy/statements";

const ROOT = join(__dirname, "../..");

const DECISIONS = readdirSync(join(ROOT, "docs/decisions")).filter((name) => name !== "README.md");
const GUIDES = [
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "docs/glossary.md",
  "docs/provider-checksums.md",
  "docs/threat-model.md",
  ...["README.md", ...DECISIONS].map((name) => `docs/decisions/${name}`),
];

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** The targets of relative links of a document that aren't there, from the root of the project. */
function deadLinks(path: string, text: string): readonly string[] {
  return [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)]
    .map(([, target = ""]) => join(dirname(path), target))
    .filter((target) => !existsSync(join(ROOT, target)));
}

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

test("a dead link would be seen", () => {
  expect(deadLinks("docs/a.md", "[b](b.md#c), [d](https://example.com), [e](../README.md)")).toEqual(["docs/b.md"]);
});

test("CONTRIBUTING.md sends every change to where something is", () => {
  expect(deadPaths(read("CONTRIBUTING.md"))).toEqual([]);
  expect(deadPaths("| a noun | `policy/nowhere.ts` |")).toEqual(["policy/nowhere.ts"]);
});

test("the list of decisions names each once", () => {
  const listed = [...read("docs/decisions/README.md").matchAll(/\]\((\d{4}-[a-z-]+\.md)\)/g)].map(([, name]) => name);
  expect(listed).toEqual([...DECISIONS].sort());
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
