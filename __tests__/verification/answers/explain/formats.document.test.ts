import { shownByGithub, strangeIn } from "../../../support/github-markdown";
import Ajv from "ajv";
import schema from "../../../../verification/render/explain.schema.json";
import { Datastore } from "../../../../policy/datastore";
import { explainConnection, explainRequest } from "../../../../verification/answers/explain/explain";
import type { Explanation } from "../../../../verification/answers/explain/explanation";
import type { PageFormat } from "../../../../verification/render/formats";
import { EXPLAIN_FORMATS } from "../../../../verification/render/explain";
import { inlineCode } from "../../../../verification/render/escape";
import { wrap } from "../../../../verification/render/text";
import { anEnvironment, ZONE_ID } from "../../../support/environments";
import type { Change } from "../../../support/proof-scenes";
import { appOf, asked, withResource, withRules } from "./app";

const CUSTOM = "http_request_firewall_custom";
/** Text that a terminal, a Markdown reader or a person might take for something else. */
const HOSTILE =
  "\u001b[2J\u001b]0;pwned\u0007\u009b31m\r\n# Title\n| a | b |\n|---|---|\n```\n`code` <script>alert(1)</script> " +
  "<!-- @everyone ![x](https://evil.example/x.png) [ok](javascript:alert(1)) \u202egnirts\u202c\u200b\u2028 &amp;";

const hostile: Change = withRules(
  CUSTOM,
  {
    ref: `first ${HOSTILE}`,
    description: HOSTILE,
    expression: `http.host eq "${HOSTILE.replaceAll('"', "")}"`,
    action: "block",
  },
  { ref: HOSTILE, description: HOSTILE, expression: 'http.request.uri.path eq "/never"', action: HOSTILE },
  { ref: "unread", description: HOSTILE, expression: HOSTILE, action: "block" },
);
const options = { columns: 80, hasColour: false };
const write = (explanation: Explanation, format: PageFormat, more = {}) =>
  EXPLAIN_FORMATS[format](explanation, { ...options, ...more });
const FORMATS = Object.keys(EXPLAIN_FORMATS) as readonly PageFormat[];

const blocked = asked();
const passed = asked({ from: "31.13.24.5", headers: ["X-Team: red"] });
const undecided = asked({}, withResource("cloudflare_workers_route", { zone_id: ZONE_ID, pattern: "*/*" }));
const attacked = asked(
  { url: "https://app.shop.dev/`<b>|*x*|</b>`?a=[x](javascript:1)", headers: ["X-Team: `</code><img src=x>|"] },
  hostile,
);
const redirected = asked({ url: "http://app.shop.dev/a" });
const refused = asked({ url: "https://app.shop.dev:22/" });
const databases = explainConnection(
  appOf(undefined, [
    anEnvironment({ datastores: [Datastore.supabase("abcdefghijklmnopqrsu", { lockedOut: `nobody yet ${HOSTILE}` })] }),
  ]),
  { to: "postgres", from: "8.8.8.8" },
);
const ALL: Readonly<Record<string, Explanation>> = {
  blocked,
  passed,
  undecided,
  attacked,
  redirected,
  refused,
  databases,
};
const NAMES = Object.keys(ALL);
const named = (name: string) => ALL[name] as Explanation;

/** Control and formatting characters, but the end of a line. */
const UNSEEN = /[^\n\P{Cc}]|\p{Cf}|\p{Zl}|\p{Zp}/u;

describe.each(NAMES)("%s", (name) => {
  test("fits 80 columns, and narrow ones", () => {
    for (const columns of [40, 80]) {
      for (const line of write(named(name), "text", { columns }).split("\n")) {
        expect([...line].length).toBeLessThanOrEqual(columns);
        expect(line).toBe(line.trimEnd());
      }
    }
  });

  test.each(FORMATS)("holds nothing in %s that a terminal takes for a command", (format) => {
    expect(write(named(name), format)).not.toMatch(UNSEEN);
  });

  test("is valid JSON by the published schema, with the values as they are", () => {
    const parsed: unknown = JSON.parse(write(named(name), "json"));
    const validate = new Ajv({ strict: true, strictRequired: false }).compile(schema);
    expect([validate(parsed), validate.errors]).toEqual([true, null]);
    expect(parsed).toEqual(JSON.parse(JSON.stringify(named(name))));
  });

  test("is the same each time", () => {
    for (const format of FORMATS) expect(write(named(name), format)).toBe(write(named(name), format));
  });
});

test("the schema refuses what isn't an explanation", () => {
  const validate = new Ajv({ strict: true, strictRequired: false }).compile(schema);
  expect(validate({ ...blocked, decision: { kind: "maybe" } })).toBe(false);
  expect(validate({ ...blocked, surprise: 1 })).toBe(false);
  expect(validate({ ...databases, targets: [] })).toBe(false);
});

describe("text", () => {
  test("begins with the decision, the rule and its statement", () => {
    const first = (explanation: Explanation) => write(explanation, "text").split("\n")[0];
    expect(first(blocked)).toBe("BLOCKED, 403 by edge_hook_1_only_meta (HOOK-1)");
    expect(first(passed)).toBe("REACHES THE ORIGIN shop.onrender.com");
    expect(first(undecided)).toBe("UNDECIDED; by the rules alone blocked, 403 by edge_hook_1_only_meta");
    expect(first(refused)).toBe("REFUSED: the edge doesn't answer on port 22");
  });

  test("has colour only where it may", () => {
    expect(write(blocked, "text", { hasColour: true })).toContain("\u001b[1;31mBLOCKED");
    expect(write(blocked, "text")).not.toContain("\u001b");
  });
});

describe("Markdown", () => {
  test("has no other headings, tables, fences or HTML than its own, whatever the JSON says", () => {
    const written = write(attacked, "markdown");
    expect(strangeIn(written)).toEqual([]);
    expect(shownByGithub(written).structure).not.toContain("<table>");
  });

  test("keeps data in code that nothing in it ends", () => {
    expect(inlineCode("plain")).toBe("`plain`");
    expect(inlineCode("a `b` ``c``")).toBe("``` a `b` ``c`` ```");
    expect(inlineCode(" x ")).toBe("`  x  `");
    expect(inlineCode("\n")).toBe("`\\u{a}`");
    expect(inlineCode("")).toBe("(empty)");
  });
});

describe("a line", () => {
  test.each([
    ["a b c", 3, ["a b", "c"]],
    ["abcdef", 4, ["abcd", "ef"]],
    ["x /aaa/bbb/cc", 6, ["x /", "aaa/", "bbb/cc"]],
    ["", 4, [""]],
  ])("is broken at spaces, else behind a slash, else anywhere: %j", (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });
});

test("a request of a hostile folder is still explained", () => {
  const { decision, phases } = explainRequest(appOf(hostile), { url: "https://app.shop.dev/", from: "8.8.8.8" });
  expect(decision.kind).toBe("undecided");
  expect(phases.flatMap(({ steps }) => steps).map(({ state }) => state)).toContain("undecided");
});
