import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FEED_QUESTIONS } from "../../../operations/addresses/feed-questions";
import { FEEDS_FOLDER, feedText, readFeed, writeFeeds } from "../../../operations/addresses/feed-files";
import { aFeed } from "./feeds";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "feeds-"));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

describe("feeds", () => {
  test.each(FEED_QUESTIONS)("of $name are committed under the name that a refresh writes", async ({ file, asn }) => {
    expect((await readFeed(FEEDS_FOLDER, file)).asn).toBe(asn);
  });

  test.each(FEED_QUESTIONS)("of $name are committed in the form that a refresh writes", async ({ file }) => {
    const { text } = feedText(FEEDS_FOLDER, file, await readFeed(FEEDS_FOLDER, file));
    expect(readFileSync(join(FEEDS_FOLDER, file), "utf8")).toBe(text);
  });

  test("are written one to a file, and can be read again", async () => {
    await writeFeeds(["a.json", "b.json"].map((file) => feedText(folder, file, aFeed())));
    expect(await readFeed(folder, "b.json")).toEqual(aFeed());
    expect(readdirSync(folder).sort()).toEqual(["a.json", "b.json"]);
  });

  test("are all as they were when one of them can't be written, and nothing is left over", async () => {
    writeFileSync(join(folder, "a.json"), "before");
    const nowhere = join(folder, "missing", "b.json");
    await expect(writeFeeds([feedText(folder, "a.json", aFeed()), { path: nowhere, text: "" }])).rejects.toThrow(
      "the folder of the feeds has 1 problem:",
    );
    expect([readdirSync(folder), readFileSync(join(folder, "a.json"), "utf8")]).toEqual([["a.json"], "before"]);
  });

  test("leave nothing over when a name is taken by a folder", async () => {
    mkdirSync(join(folder, "a.json", "full"), { recursive: true });
    await expect(writeFeeds([feedText(folder, "a.json", aFeed())])).rejects.toThrow("a folder that can be written");
    expect(readdirSync(folder)).toEqual(["a.json"]);
  });
});
