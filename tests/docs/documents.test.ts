import { blocksOf } from "./blocks";
import { documents, upToDate } from "./documents";
import { inShownFolders } from "./shown-folders";

const present = documents();
const shown = Object.keys(present).filter((path) => blocksOf(present[path] ?? "").length > 0);

test("the documents show what the commands print", async () => {
  expect(shown).toContain("docs/proof.md");
  const next = await inShownFolders(async () => {
    const renewed: Record<string, string> = {};
    for (const path of shown) renewed[path] = await upToDate(present[path] ?? "");
    return renewed;
  });
  expect(next).toEqual(Object.fromEntries(shown.map((path) => [path, present[path]])));
}, 30_000);

test("a command may show its first lines only", async () => {
  const short = "```console\n$ npm run -s policy -- nothing | head -1\n```\n";
  expect(blocksOf(short)).toMatchObject([{ args: ["nothing"], lines: 1 }]);
  expect(await upToDate(short)).toBe(short.replace("\n```\n", "\nerror: unknown command 'nothing'\n```\n"));
});

test("a document that shows something else is found", async () => {
  const stale = "# Title\n\n```\n$ npm run -s policy -- nothing\nstale\n```\n";
  expect(blocksOf(stale)).toEqual([{ args: ["nothing"], start: 44, end: 50 }]);
  expect(await upToDate(stale)).toContain("unknown command 'nothing'");
});
