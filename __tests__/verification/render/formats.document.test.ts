import { shownByGithub, strangeIn } from "../../support/github-markdown";
import Ajv2020 from "ajv/dist/2020";
import schema from "../../../verification/render/report.schema.json";
import { STATEMENT_IDS } from "../../../policy/statements";
import { REPORT_FORMATS, type ReportFormat, refusalText } from "../../../verification/render/report";
import { fitsSarif } from "../../support/sarif-schema";
import {
  ACCEPTED as ACCEPTED_RESULT,
  ALL_WELL,
  EVERYTHING,
  HOSTILE,
  hostile,
  PROVEN,
  result,
  UNDECIDED,
  VIOLATED,
} from "./reports";

const fits = new Ajv2020({ strict: true, strictRequired: false }).compile(schema);

const FORMATS = Object.keys(REPORT_FORMATS) as readonly ReportFormat[];
const { text, markdown, json, sarif: asSarif } = REPORT_FORMATS;

interface SarifLog {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly properties: { readonly results: readonly object[] };
    readonly invocations: readonly { readonly exitCode: number }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
        readonly logicalLocations?: readonly { readonly fullyQualifiedName: string }[];
      }[];
    }[];
  }[];
}

const OF_ACCEPTED = { ...ALL_WELL, results: [result("WEB-1", ACCEPTED_RESULT)] };

const runOf = (report: typeof EVERYTHING) => {
  const [run] = (JSON.parse(asSarif(report)) as SarifLog).runs;
  if (run === undefined) throw new Error("there is no run");
  return run;
};

describe("a report as text", () => {
  const LOWERED = [
    "Only declared, by decision of the environment",
    "  shop WORK-2: Internal workers reach out only to AI and payment APIs. [U1] [U2]",
    "    accepted by shop: the statement is only declared; reason: there is no Gateway here",
    "    found: undecided",
    "    for example curl -i https://app.shop.dev/y # from 192.0.2.1",
  ].join("\n");

  const REFUSED =
    "    can't be accepted by name, since it may change what statements rest on; Accept.declared would lower all that it may bear on";

  const UNKNOWN = [
    "Unknown",
    "  [U1] what a cloudflare_page_rule does isn't modelled",
    "    in stacks/shop/cdk.tf.json#/resource/a~1b",
    "    may bear on PORTS-2, WORK-2 of shop",
    REFUSED,
    "  [U2] what a Worker does isn't modelled",
    "    may bear on PORTS-2, WORK-2 of shop",
    REFUSED,
  ].join("\n");

  const ACCEPTED = [
    "Accepted, by decision of the environment",
    "  shop WEB-1: db admits wide blocks; reason: the region's ranges are wide",
  ].join("\n");

  const HEAD = [
    "2 violated, 1 undecided, 1 proven, 1 only declared, 1 not applicable",
    "Only declared, by decision of the environment: shop WORK-2",
    "Accepted, by decision of the environment: shop WEB-1",
  ].join("\n");

  test("that fails leads with the count and what is lowered or accepted by name, and goes on with what is violated, then what is undecided", () => {
    expect(text(EVERYTHING).split("\n\n")).toEqual([
      HEAD,
      [
        "Violated",
        "  shop PORTS-1: Only 443 and 80 are open to the public.",
        "    curl -i https://app.shop.dev/x # from 192.0.2.1",
        "    curl -i https://app.shop.dev/x # from 2001:db8::1",
        "    reaches the origin",
        "    by guard (stacks/shop/cdk.tf.json#/resource/cloudflare_ruleset/guard/rules/0, shop/Edge/Rules)",
        "    change: block it",
        "    note: other ports of Cloudflare still accept connections, for other customers: the rules block the requests on them",
        "  shop HOOK-1: The webhook endpoint accepts only Meta's official IP ranges.",
        "    reaches the origin",
        "    nothing in the JSON decides it",
        "    change: block it",
      ].join("\n"),
      UNKNOWN,
      [
        "Undecided",
        "  shop PORTS-2: 80 only redirects to 443. [U1] [U2]",
        "    for example curl -i https://app.shop.dev/y # from 192.0.2.1",
      ].join("\n"),
      "Not what was proven: these files differ from proof.json\n  stacks/shop/cdk.tf.json",
      [
        "Proven",
        "  shop WEB-1: The web service (FastAPI) accepts inbound traffic only from Cloudflare / the Render load balancer.",
        "    asserted: 12 classes of traffic, 3 rules",
        "    held by late",
        "    as long as the application refuses requests without the edge secret",
        "    as long as only the deploy and the application know the edge secret",
        "    as long as nothing outside the JSON answers before its rules, such as a Worker, a Page Rule or a ruleset of the account",
        "    as long as the ranges that the environment declares are those of pay alone",
        "    note: rule bots may stop some of these requests: managed_challenge",
        "    accepted by shop: db admits wide blocks; reason: the region's ranges are wide",
      ].join("\n"),
      expect.stringMatching(/^Not applicable\n {2}shop DB-1: /),
      "Outside the model, and no part of any answer\n  aws_vpc: 2",
      LOWERED,
      `${ACCEPTED}\n`,
    ]);
  });

  test("that passes leads with what is lowered or accepted", () => {
    const passing = { ...EVERYTHING, changed: [], results: EVERYTHING.results.filter(({ passes }) => passes) };
    const [head, ...chapters] = text(passing).split("\n\n");
    expect(head?.split("\n").slice(1)).toEqual(HEAD.split("\n").slice(1));
    expect(chapters.slice(0, 2)).toEqual([LOWERED, ACCEPTED]);
    expect(chapters.slice(2, 4).map((chapter) => chapter.split("\n")[0])).toEqual(["Unknown", "Proven"]);
  });

  test("of a refusal is the same without what needs no action", () => {
    const titles = refusalText(EVERYTHING)
      .split("\n\n")
      .map((chapter) => chapter.split("\n")[0]);
    expect(titles).toEqual([
      HEAD.split("\n")[0],
      "Violated",
      "Unknown",
      "Undecided",
      "Not what was proven: these files differ from proof.json",
      "Only declared, by decision of the environment",
      "Accepted, by decision of the environment",
    ]);
  });

  test("has no line that is wider than the terminal, and marks what is continued", () => {
    const lines = text(EVERYTHING, { columns: 60, hasColour: false }).split("\n");
    expect(lines.filter((line) => line.length > 60)).toEqual([]);
    expect(lines).toEqual(
      expect.arrayContaining([
        "    by guard (stacks/shop/cdk.tf.json#/resource/",
        "        cloudflare_ruleset/guard/rules/0, shop/Edge/Rules)",
        "  shop HOOK-1: The webhook endpoint accepts only Meta's",
        "      official IP ranges.",
      ]),
    );
    const words = (written: string) => written.replace(/\s+/g, "");
    expect(words(lines.join(""))).toBe(words(text(EVERYTHING)));
  });

  test("has bold titles where there is colour, and the same words", () => {
    const coloured = text(EVERYTHING, { columns: 200, hasColour: true });
    expect(coloured).toContain("\u001b[1mViolated\u001b[0m\n  shop PORTS-1");
    expect(coloured.replace(/\u001b\[[\d;]+m/g, "")).toBe(text(EVERYTHING));
  });

  test("counts one as one", () => {
    const one = result("PORTS-1", { ...PROVEN, classes: 1, rules: 1 });
    expect(text({ ...ALL_WELL, results: [one] })).toContain("\n    asserted: 1 class of traffic, 1 rule\n");
  });

  test("says nothing of what there isn't", () => {
    expect(text(ALL_WELL)).toMatch(/^1 proven\n\nProven\n[^]*\n$/);
    expect(text(ALL_WELL)).not.toMatch(/Violated|Undecided|declared|Outside|differ/);
  });
});

describe("a report as Markdown", () => {
  test("is a heading and a list for each chapter, in which what needs no action is folded", () => {
    const lines = markdown(EVERYTHING).split("\n");
    expect(lines[0]).toBe("**2 violated, 1 undecided, 1 proven, 1 only declared, 1 not applicable**");
    expect(lines.filter((line) => line.startsWith("### "))).toEqual([
      "### Violated",
      "### Unknown",
      "### Undecided",
      "### Not what was proven: these files differ from `proof.json`",
      "### Proven",
      "### Only declared, by decision of the environment",
      "### Accepted, by decision of the environment",
    ]);
    expect(lines.filter((line) => line.startsWith("<details>"))).toEqual([
      "<details><summary>Not applicable</summary>",
      "<details><summary>Outside the model, and no part of any answer</summary>",
    ]);
    expect(lines.filter((line) => line === "</details>")).toHaveLength(2);
    expect(lines.filter((line) => line.startsWith("- shop ") && !line.includes("reason: "))).toHaveLength(6);
    const first = lines.indexOf("- shop PORTS-1: Only 443 and 80 are open to the public.");
    expect(lines[first + 1]).toBe("  - `curl -i https://app.shop.dev/x # from 192.0.2.1`");
  });
});

describe("a report as JSON", () => {
  test("fits the published schema, and holds the report as it is", () => {
    const parsed = JSON.parse(json(EVERYTHING)) as object;
    expect(fits(parsed) || fits.errors).toBe(true);
    expect(parsed).toMatchObject({
      ...{ format: 1, exitCode: 1, outside: EVERYTHING.outside, changed: EVERYTHING.changed },
      results: [
        {
          statement: "PORTS-1",
          sentence: "Only 443 and 80 are open to the public.",
          passes: false,
          ...{ id: "result:shop:PORTS-1", verdict: "violated", controls: [{ path: "shop/Edge/Rules" }] },
        },
        { statement: "HOOK-1" },
        {
          statement: "PORTS-2",
          unknown: [{ place: { pointer: "/resource/a~1b" } }, { reason: "what a Worker does isn't modelled" }],
        },
        { statement: "WEB-1", required: "asserted", strength: "asserted", classes: 12 },
        { statement: "DB-1", verdict: "not applicable" },
        { statement: "WORK-2", accepted: [{ reason: "there is no Gateway here" }], passes: true },
      ],
    });
    expect(fits(JSON.parse(json(ALL_WELL)))).toBe(true);
    expect(fits(JSON.parse(json(OF_ACCEPTED))) || fits.errors).toBe(true);
  });

  test.each<[string, (report: Record<string, unknown>) => void]>([
    ["another format", (report) => (report["format"] = 2)],
    ["another exit code", (report) => (report["exitCode"] = 3)],
    ["something more", (report) => (report["more"] = 1)],
    ["no changed files", (report) => delete report["changed"]],
    ["an unknown verdict", (report) => (report["results"] = [{ ...ALL_WELL.results[0], verdict: "maybe" }])],
    ["a proof of no strength", (report) => (report["results"] = [without("strength", ALL_WELL.results[0])])],
    ["a proof of no assumptions", (report) => (report["results"] = [without("assumptions", ALL_WELL.results[0])])],
    [
      "an accepted with a strength",
      (report) => (report["results"] = [{ ...result("WEB-1", ACCEPTED_RESULT), strength: "enforced" }]),
    ],
    [
      "an accepted of nothing",
      (report) => (report["results"] = [{ ...result("WEB-1", ACCEPTED_RESULT), accepted: [] }]),
    ],
    [
      "an undecided without a reason",
      (report) => (report["results"] = [{ ...result("PORTS-1", UNDECIDED), unknown: [] }]),
    ],
    [
      "a violation that says nothing of what is wrong",
      (report) => (report["results"] = [without("wrong", result("PORTS-1", VIOLATED))]),
    ],
  ])("isn't one with %s", (_what, change) => {
    const report = JSON.parse(json(ALL_WELL)) as Record<string, unknown>;
    change(report);
    expect(fits(report)).toBe(false);
  });
});

describe("a report as SARIF", () => {
  test("fits the schema of SARIF 2.1.0", () => {
    for (const report of [EVERYTHING, ALL_WELL, OF_ACCEPTED, { results: [], outside: [], changed: [] }]) {
      expect(fitsSarif(JSON.parse(asSarif(report))) || fitsSarif.errors).toBe(true);
    }
    expect(fitsSarif({ version: "2.1.0", runs: [{ tool: { driver: {} } }] })).toBe(false);
  });

  test("has a note for what is accepted, with the reason", () => {
    const { results, invocations } = runOf(OF_ACCEPTED);
    expect(invocations).toMatchObject([{ exitCode: 0 }]);
    expect(results).toMatchObject([
      {
        ruleId: "WEB-1",
        level: "note",
        message: { text: expect.stringContaining("the vendor of the documents") as string },
      },
    ]);
  });

  test("has a rule for each statement, and a result for whatever isn't proven", () => {
    const { tool, invocations, results } = runOf(EVERYTHING);
    expect(tool.driver.rules.map(({ id }) => id)).toEqual([...STATEMENT_IDS, "PROOF"]);
    expect(invocations).toMatchObject([{ exitCode: 1 }]);
    expect(results.map(({ ruleId, level }) => `${level} ${ruleId}`)).toEqual([
      "error PORTS-1",
      "error HOOK-1",
      "warning PORTS-2",
      "note WORK-2",
      "error PROOF",
    ]);
  });

  test("names files, and the constructs as logical locations", () => {
    const [ports1, hook1, ports2, , proof] = runOf(EVERYTHING).results.map(({ locations }) => locations[0]);
    expect(ports1).toEqual({
      physicalLocation: { artifactLocation: { uri: "stacks/shop/cdk.tf.json" } },
      logicalLocations: [{ fullyQualifiedName: "shop/Edge/Rules", kind: "resource" }],
      properties: { stack: "shop", pointer: "/resource/cloudflare_ruleset/guard/rules/0" },
    });
    expect(hook1).toEqual({ physicalLocation: { artifactLocation: { uri: "stacks/shop/cdk.tf.json" } } });
    expect(ports2?.logicalLocations).toMatchObject([{ fullyQualifiedName: "/resource/a~1b" }]);
    expect(proof?.physicalLocation.artifactLocation.uri).toBe("stacks/shop/cdk.tf.json");
  });

  test("knows each again by its id, and holds every result, those that code scanning shows nothing of included", () => {
    const { results, properties } = runOf(EVERYTHING);
    expect(results.map(({ partialFingerprints }) => partialFingerprints["primaryLocationLineHash"])).toEqual([
      ...["result:shop:PORTS-1", "result:shop:HOOK-1", "result:shop:PORTS-2", "result:shop:WORK-2"],
      "finding::PROOF:stacks/shop/cdk.tf.json",
    ]);
    expect(properties).toEqual({ results: EVERYTHING.results.map((each) => ({ ...each })) });
  });

  test("has no links or placeholders in its messages", () => {
    const messages = runOf(hostile("[link](https://evil.example) {0}")).results.map(({ message }) => message.text);
    expect(messages.length).toBeGreaterThan(3);
    for (const message of messages) expect(message).not.toMatch(/(?<!\\)[[\]]|(?<!\{)\{0|0\}(?!\})/);
  });
});

describe.each(HOSTILE.map((each) => [JSON.stringify(each), each] as const))("a text of others (%s)", (_shown, each) => {
  const report = hostile(each);

  test.each(FORMATS)("is nothing that a terminal would obey, as %s", (format) => {
    expect(REPORT_FORMATS[format](report).replaceAll("\n", "")).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]*$/u);
  });

  test("adds no line and no chapter to the text", () => {
    expect(text(report).split("\n").length).toBe(text(hostile("x")).split("\n").length);
  });

  test("adds no line, tag, link or mention to the Markdown", () => {
    const [lines, plain] = [report, hostile("x")].map((one) => markdown(one).split("\n"));
    expect(lines?.length).toBe(plain?.length);
    expect(shownByGithub(markdown(report)).structure).toEqual(shownByGithub(markdown(hostile("x"))).structure);
    expect(strangeIn(markdown(report))).toEqual([]);
  });

  test("stays what it is, as JSON and SARIF, which fit their schemas", () => {
    const parsed = JSON.parse(json(report)) as { readonly changed: readonly string[] };
    expect(fits(parsed) || fits.errors).toBe(true);
    expect(parsed.changed).toEqual([each]);
    expect(fitsSarif(JSON.parse(asSarif(report))) || fitsSarif.errors).toBe(true);
  });
});

/** A result that lacks a member. */
function without(member: string, whole: object | undefined): object {
  return Object.fromEntries(Object.entries(whole ?? {}).filter(([key]) => key !== member));
}
