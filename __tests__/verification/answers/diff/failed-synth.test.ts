import { failedSynth } from "../../../../verification/answers/diff/failed-synth";
import { reviewOf, exitCodeOf } from "../../../../verification/answers/diff/report";
import { DIFF_FORMATS } from "../../../../verification/render/diff";
import { fitsSarif } from "../../../support/sarif-schema";
import { strangeIn, shownByGithub } from "../../../support/github-markdown";
import { HOSTILE } from "../../render/reports";
import { appOf, given } from "./apps";

const STACK = [
  "    at failureErrorWithLog (node_modules/esbuild/lib/main.js:1752:15)",
  "    at node_modules/esbuild/lib/main.js:1019:50 {",
  "  name: 'TransformError'",
  "}",
  "",
  "Node.js v24.1.0",
].join("\n");

const SYNTAX = `node:internal/process/promises:391
    triggerUncaughtException(err, true /* fromPromise */);
    ^

Error: Transform failed with 1 error:
environments/production.ts:22:21: ERROR: Expected "}" but found "zone"
${STACK}
`;

const TYPE = `environments/production.ts:25
  webhooks: [Webhook.metta("/webhooks/meta")],
                     ^


TypeError: import_policy.Webhook.metta is not a function
    at <anonymous> (environments/production.ts:25:22)
    at Module._compile (node:internal/modules/cjs/loader:1521:14)

Node.js v24.1.0
`;

const INVALID = `WARN [dev]: something else
the policy has 2 problems:
  - production.webhooks[0].path: got "webhooks/meta"; allowed: a path that begins with /
  - production.hosts["app.example.com"].address: got "x.example.com"; allowed: the service's own name under onrender.com
`;

const headline = (said: string, side: "before" | "after" = "after") =>
  shownByGithub(DIFF_FORMATS.comment(reviewOf(sidesWith(said, side)))).lines[0];

const sidesWith = (said: string, side: "before" | "after") => ({
  before: side === "before" ? failedSynth(side, said) : appOf(),
  after: side === "after" ? failedSynth(side, said) : appOf(),
});

describe("a proposal that can't be synthesized", () => {
  test("says by which error, in which line of which file", () => {
    expect(headline(SYNTAX)).toBe(
      'NOT COMPARED: the proposal can\'t be synthesized: Expected "}" but found "zone" (environments/production.ts:22)',
    );
    expect(headline(TYPE)).toBe(
      "NOT COMPARED: the proposal can't be synthesized: " +
        "TypeError: import_policy.Webhook.metta is not a function (environments/production.ts:25)",
    );
  });

  test("says the line of a syntax error that an environment has", () => {
    const said =
      'the environments has 1 problem:\n  - environments/production.ts:22:22: got a syntax error: Expected "}"; allowed: TypeScript\n';
    expect(headline(said)).toBe(
      'NOT COMPARED: the proposal can\'t be synthesized: got a syntax error: Expected "}" (environments/production.ts:22)',
    );
  });

  test("names every problem of bad input, and nothing that is none", () => {
    const { lines } = shownByGithub(DIFF_FORMATS.comment(reviewOf(sidesWith(INVALID, "after"))));
    expect(lines[0]).toMatch(/^NOT COMPARED: the proposal can't be synthesized: production\.webhooks\[0\]\.path: got/);
    expect(lines.slice(1)).toEqual([
      "Error of the proposal",
      'production.webhooks[0].path: got "webhooks/meta"; allowed: a path that begins with /',
      expect.stringMatching(/^production\.hosts\["app\.example\.com"\]\.address: got "x\.example\.com"/) as string,
    ]);
    expect(failedSynth("after", INVALID).problems).toEqual([
      { at: "production.webhooks[0].path", got: '"webhooks/meta"' },
      { at: 'production.hosts["app.example.com"].address', got: '"x.example.com"' },
    ]);
  });

  test("says its last words where none of them is an error, and that there are none", () => {
    expect(headline("npm error code ELIFECYCLE\n")).toContain("npm error code ELIFECYCLE");
    expect(headline("\n")).toContain("the synth ended without a word");
  });

  test("isn't decided, and is an error of code scanning at that line", () => {
    const report = reviewOf(sidesWith(TYPE, "after"));
    expect(exitCodeOf(report)).toBe(2);
    const sarif: unknown = JSON.parse(DIFF_FORMATS.sarif(report));
    expect(fitsSarif(sarif) || fitsSarif.errors).toBe(true);
    expect(sarif).toMatchObject({
      runs: [
        {
          results: [
            {
              ruleId: "SYNTH",
              level: "error",
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: "environments/production.ts" },
                    region: { startLine: 25 },
                  },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  test.each(HOSTILE)("stays text where it says %j", (text) => {
    const comment = DIFF_FORMATS.comment(reviewOf(sidesWith(`Error: ${text}\n  - ${text}: got ${text}`, "after")));
    expect(strangeIn(comment)).toEqual([]);
  });
});

describe("a base that can't be synthesized", () => {
  test("is told, and how the proposal fares", () => {
    const { lines } = shownByGithub(DIFF_FORMATS.comment(reviewOf(sidesWith(TYPE, "before"))));
    expect(lines[0]).toMatch(/^NOT COMPARED: the base can't be synthesized: TypeError/);
    expect(lines[1]).toMatch(/^The proposal: \d+ proven/);
  });

  test("hides nothing that isn't proven of the proposal", () => {
    const after = appOf(undefined, given("cloudflare_zone_setting", "ssl", { value: "off" }));
    const report = reviewOf({ before: failedSynth("before", TYPE), after });
    expect(exitCodeOf(report)).toBe(1);
    expect(shownByGithub(DIFF_FORMATS.comment(report)).lines).toContain(
      "NOT PROVEN in shop: PORTS-1 is violated: Only 443 and 80 are open to the public.",
    );
  });
});
