import { sayCommitted } from "../../../cli/pages/addresses";
import { ageOf } from "../../../network/feeds/age";
import { FEEDS_FOLDER, feedText, readFeed, writeFeeds } from "../../../operations/addresses/refresh";
import { chooseFeeds, FEED_QUESTIONS } from "../../../operations/addresses/feed-questions";
import { problemsWith } from "../../support/problems";
import { aFeed, META_BEFORE } from "./feeds";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "feeds-"));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

describe("feeds", () => {
  test.each(FEED_QUESTIONS)("of $name are committed under the name that a refresh writes", ({ file, asn }) => {
    expect(readFeed(FEEDS_FOLDER, file).asn).toBe(asn);
  });

  test.each(FEED_QUESTIONS)("of $name are committed in the form that a refresh writes", ({ file }) => {
    const { content } = feedText(FEEDS_FOLDER, file, readFeed(FEEDS_FOLDER, file));
    expect(readFileSync(join(FEEDS_FOLDER, file), "utf8")).toBe(content);
  });

  test("are written one to a file, and can be read again", () => {
    writeFeeds(["a.json", "b.json"].map((file) => feedText(folder, file, aFeed())));
    expect(readFeed(folder, "b.json")).toEqual(aFeed());
    expect(readdirSync(folder).sort()).toEqual(["a.json", "b.json"]);
  });

  test("are all as they were when one of them can't be written, and nothing is left over", () => {
    writeFileSync(join(folder, "a.json"), "before");
    const nowhere = join(folder, "missing", "b.json");
    expect(() => writeFeeds([feedText(folder, "a.json", aFeed()), { path: nowhere, content: "" }])).toThrow(
      "the folder of the feeds has 1 problem:",
    );
    expect([readdirSync(folder), readFileSync(join(folder, "a.json"), "utf8")]).toEqual([["a.json"], "before"]);
  });

  test("leave nothing over when a name is taken by a folder", () => {
    mkdirSync(join(folder, "a.json", "full"), { recursive: true });
    expect(() => writeFeeds([feedText(folder, "a.json", aFeed())])).toThrow("a folder that can be written");
    expect(readdirSync(folder)).toEqual(["a.json"]);
  });
});

const checked = (day: string, allowedAgeDays = 30) => {
  const [document, now] = [aFeed(META_BEFORE, { compiled: "2026-02-28", allowedAgeDays }), new Date(day)];
  return { line: sayCommitted("meta", document, now), passes: ageOf(document, now).isAllowed };
};

describe("a check", () => {
  test.each([
    ["2026-02-28T00:00:00Z", "compiled on 2026-02-28, 0 days ago, allowed: 30"],
    ["2026-03-01T12:00:00Z", "compiled on 2026-02-28, 1 day ago, allowed: 30"],
    ["2026-03-30T23:59:59Z", "compiled on 2026-02-28, 30 days ago, allowed: 30"],
  ])("passes a feed on %s", (day, age) => {
    expect(checked(day)).toEqual({ line: `meta: 2 IPv4 + 1 IPv6 prefixes; ${age}`, passes: true });
  });

  test("fails a feed that is a day older than it may be, and says what to do", () => {
    expect(checked("2026-03-31T00:00:00Z")).toEqual({
      line:
        "meta: 2 IPv4 + 1 IPv6 prefixes; too old: compiled on 2026-02-28, 31 days ago, allowed: 30; " +
        "change: run npm run -s policy -- addresses refresh, and commit what it writes",
      passes: false,
    });
  });

  test("fails a feed of a day to come, which would never grow old", () => {
    const { passes, line } = checked("2026-02-26T00:00:00Z");
    expect([passes, line]).toEqual([false, expect.stringContaining("which is still to come")]);
  });

  test("goes by the age that the feed itself allows", () => {
    const passes = (allowed: number) => checked("2026-03-05T00:00:00Z", allowed).passes;
    expect([passes(4), passes(5)]).toEqual([false, true]);
  });

  test("refuses a feed that isn't whole", () => {
    writeFileSync(join(folder, "as32934.json"), '{"asn":');
    expect(() => readFeed(folder, "as32934.json")).toThrow("restore the last committed one");
  });
});

test("feeds are chosen by name, in the project's order, and all of them by none", () => {
  const names = (...chosen: readonly string[]) => chooseFeeds(chosen).map(({ name }) => name);
  expect([names("cloudflare", "meta"), names("cloudflare"), names()]).toEqual([
    ["meta", "cloudflare"],
    ["cloudflare"],
    ["meta", "cloudflare"],
  ]);
  expect(problemsWith(() => chooseFeeds(["Meta", "meta"])).map(({ got }) => got)).toEqual(['"Meta"']);
});
