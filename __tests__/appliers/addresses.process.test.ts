import { join } from "node:path";
import { pathToFileURL } from "node:url";

import fc from "fast-check";

import { PROGRAMS, runNode } from "../support/run-applier";

type Question = readonly [blocks: readonly string[], others: readonly string[]];

/** One process answers all questions: which of the blocks aren't covered by the others. */
async function outside(questions: readonly Question[]): Promise<readonly (readonly string[])[]> {
  const module = pathToFileURL(join(PROGRAMS, "shared/addresses.mjs")).href;
  const script = `
    import { outside } from ${JSON.stringify(module)};
    import { readFileSync } from "node:fs";
    console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(([a, b]) => outside(a, b))));
  `;
  const { stdout, stderr } = await runNode(["--input-type=module", "--eval", script], {
    input: JSON.stringify(questions),
  });
  if (stderr !== "") throw new Error(stderr);
  return JSON.parse(stdout) as readonly (readonly string[])[];
}

/** Blocks of 198.51.100.224/27 with their members, written down one by one. */
const block = fc.tuple(fc.integer({ min: 27, max: 32 }), fc.integer({ min: 224, max: 255 })).map(([length, inside]) => {
  const size = 2 ** (32 - length);
  const first = inside - (inside % size);
  const members = Array.from({ length: size }, (_, index) => first + index);
  return { text: `198.51.100.${String(inside)}/${String(length)}`, members };
});

test("a block is outside exactly when one of its addresses is in none of the others", async () => {
  const blocks = fc.array(block, { maxLength: 4 });
  const samples = fc.sample(fc.tuple(blocks, blocks), { seed: 20_261_124, numRuns: 1_000 });
  const expected = samples.map(([some, others]) => {
    const covered = new Set(others.flatMap(({ members }) => members));
    return some.filter(({ members }) => !members.every((one) => covered.has(one))).map(({ text }) => text);
  });
  const texts = (list: (typeof samples)[number][0]): string[] => list.map(({ text }) => text);
  expect(await outside(samples.map(([some, others]) => [texts(some), texts(others)]))).toEqual(expected);
});

test("spellings of one address are one address", async () => {
  const spellings = [
    "2001:db8::1",
    "2001:DB8:0:0:0:0:0:1/128",
    "2001:0db8::0:1",
    "2001:db8::0.0.0.1",
    "2001:db8:0::1/128",
  ];
  expect(await outside(spellings.map((one) => [[one], ["2001:db8::1/128"]]))).toEqual(spellings.map(() => []));
});

test("the whole of one family covers the whole of it and nothing of the other", async () => {
  const both = ["0.0.0.0/0", "::/0"];
  expect(
    await outside([
      [both, ["0.0.0.0/1", "128.0.0.0/1"]],
      [both, ["8000::/1", "::/1"]],
      [["::ffff:203.0.113.1"], ["203.0.113.1"]],
    ]),
  ).toEqual([["::/0"], ["0.0.0.0/0"], ["::ffff:203.0.113.1"]]);
});

test("a text that isn't a block is outside everything, and covers nothing", async () => {
  const texts = [
    "",
    "any",
    "203.0.113.0/33",
    "203.0.113.0/-1",
    "203.0.113/24",
    "2001:db8::/129",
    "fe80::1%eth0",
    "1/2/3",
    "::/",
  ];
  expect(await outside(texts.map((text) => [[text], ["0.0.0.0/0", "::/0"]]))).toEqual(texts.map((text) => [text]));
  expect(await outside(texts.map((text) => [["203.0.113.0/32"], [text]]))).toEqual(texts.map(() => ["203.0.113.0/32"]));
});
