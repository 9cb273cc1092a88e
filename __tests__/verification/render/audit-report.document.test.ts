import { createHash } from "node:crypto";
import { Accept } from "../../../policy/accept";
import { ApiHosts, ApiPurpose } from "../../../policy/api-hosts";
import type { Environment } from "../../../policy/environment";
import { oneLine } from "../../../errors/one-line";
import { STATEMENT_IDS, type StatementId, STATEMENTS } from "../../../policy/statements";
import { Worker } from "../../../policy/worker";
import { requestExplained } from "../../../verification/answers/explain/request";
import { revived, dataOf } from "../../../verification/answers/report/explorer-data";
import { auditReportOf, type Explorer } from "../../../verification/answers/report/audit-report";
import { controlsOf } from "../../../verification/answers/report/evidence";
import { auditHead, auditHtml, auditMarkdown } from "../../../verification/render/audit-report";
import type { StatementResult } from "../../../verification/statements/results";
import { anEnvironment } from "../../support/environments";
import { readHtml } from "../../support/html";
import { saidBy } from "../../support/left-out";
import type { Change } from "../../support/proof-scenes";
import { withRules } from "../answers/explain/app";
import { ORIGIN, outputOf, shippedReport } from "../answers/report/app";
import { UNSEEN } from "../hostile";
import { EVERYTHING } from "./reports";

const SCRIPT = 'console.log("a program");';
const html = auditHtml(shippedReport(), SCRIPT);
const page = readHtml(html);
const named = (name: string) => page.elements.filter((element) => element.name === name);

describe("the page of the shipped environments", () => {
  test("is one file of less than 700 kB, without its program", () => {
    expect(html.length).toBeLessThan(700_000);
  });

  test("is the same whenever it is written", () => {
    expect(auditHtml(shippedReport(), SCRIPT)).toBe(html);
  });

  test("loads nothing: no element has a source, and each link leads into the page", () => {
    const attributes = page.elements.flatMap((element) => Object.entries(element.attributes));
    expect(attributes.filter(([key]) => /^(?:src|srcset|action|data|poster|background|xlink:href)$/.test(key))).toEqual(
      [],
    );
    const links = attributes.flatMap(([key, value]) => (key === "href" ? [value] : []));
    const ids = new Set(page.elements.flatMap(({ attributes: { id } }) => id ?? []));
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((link) => !link.startsWith("#") || !ids.has(link.slice(1)))).toEqual([]);
    expect(page.raw[0]).not.toMatch(/url\(|@import/);
  });

  test("has a policy that lets it load nothing and run its own program alone", () => {
    const [policy] = named("meta").flatMap(({ attributes }) =>
      attributes["http-equiv"] === "Content-Security-Policy" ? (attributes["content"] ?? []) : [],
    );
    const hash = createHash("sha256").update(SCRIPT).digest("base64");
    expect(policy).toBe(
      `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
    expect(page.raw.at(-1)).toBe(SCRIPT);
    expect(
      page.elements.flatMap(({ attributes }) => Object.keys(attributes)).filter((key) => key.startsWith("on")),
    ).toEqual([]);
  });

  test("has one first heading, headings in order, landmarks and a language", () => {
    const levels = page.elements.flatMap(({ name }) => (/^h[1-6]$/.test(name) ? Number(name[1]) : []));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.filter((level, at) => at > 0 && level > (levels[at - 1] ?? 0) + 1)).toEqual([]);
    expect(["html", "header", "nav", "main", "title"].map((name) => named(name).length).slice(0, 4)).toEqual([
      1, 1, 1, 1,
    ]);
    expect(named("html")[0]?.attributes).toEqual({ lang: "en" });
    const ids = page.elements.flatMap(({ attributes: { id } }) => id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("has a name for each drawing and each field, and each drawing as a table too", () => {
    const ids = new Set(page.elements.flatMap(({ attributes: { id } }) => id ?? []));
    const references = [
      ...page.elements.flatMap(({ attributes }) => attributes["aria-labelledby"]?.split(" ") ?? []),
      ...named("label").flatMap(({ attributes }) => attributes["for"] ?? []),
    ];
    expect(references.filter((id) => !ids.has(id))).toEqual([]);
    expect(named("svg")).toHaveLength(3);
    for (const environment of ["dev", "staging", "production"]) {
      expect(page.text).toContain(`The drawing of ${environment} as a table`);
    }
  });

  test("says each statement, what it rests on, what decides it and what it supports", () => {
    for (const id of STATEMENT_IDS) {
      expect(page.text).toContain(`${id}: ${STATEMENTS[id].sentence}`);
      for (const control of controlsOf(id)) expect(page.text).toContain(`${control.framework} ${control.id}`);
    }
    const { report } = shippedReport();
    for (const { assumptions, notes, controls, accepted } of report.results) {
      const texts = [...assumptions, ...notes, ...accepted.map(({ reason }) => reason)];
      expect(texts.filter((text) => !page.text.includes(text))).toEqual([]);
      expect(controls.filter(({ name, pointer }) => !page.text.includes(name) || !page.text.includes(pointer))).toEqual(
        [],
      );
    }
  });

  test("never says that it complies with anything", () => {
    expect(page.text).not.toMatch(/\bcompl(?:y|ies|iant)\b/i);
  });

  test("says the same as Markdown, whose head is the head of the whole", () => {
    const report = shippedReport();
    const markdown = auditMarkdown(report);
    expect(markdown.startsWith(auditHead(report).trimEnd())).toBe(true);
    expect(auditHead(report)).toMatch(/^[^\n]*31 proven, 2 only declared/);
    expect(auditHead(report)).toContain(`proof sha256 \`${"ab".repeat(32)}\``);
    expect(markdown.match(/^```mermaid$/gm)).toHaveLength(3);
  });
});

test("an environment is named with what it accepts, and with what is open", () => {
  const { report } = shippedReport();
  const ends = { "HOOK-1": "accepted", "WEB-1": "undecided" } as Readonly<Record<string, StatementResult["verdict"]>>;
  const results = report.results.map((result) => {
    const { strength: _, ...rest } = result;
    const verdict = result.environment === "production" ? ends[result.statement] : undefined;
    return verdict === undefined ? result : { ...rest, verdict, passes: verdict === "accepted" };
  });
  expect(auditHead({ ...shippedReport(), report: { ...report, results } })).toContain(
    "production: 13 statements hold; accepted: HOOK-1; undecided: WEB-1",
  );
});

/** The text of a statement's section. */
function sectionOf(whole: string, id: StatementId): string {
  const start = whole.indexOf(`<section aria-labelledby="${id.toLowerCase()}">`);
  const end = "</section>";
  return readHtml(whole.slice(start, whole.indexOf(end, start) + end.length)).text;
}

test.each([
  ["the shipped environments", shippedReport().report.results],
  ["a report in which everything happens that can", EVERYTHING.results],
])("the section of a statement leaves out nothing that a result says, of %s", (_what, results) => {
  const of = (id: StatementId) => results.filter(({ statement }) => statement === id);
  const statements = shippedReport().statements.map((entry) => ({ ...entry, results: of(entry.id) }));
  const whole = auditHtml({ ...shippedReport(), report: { ...EVERYTHING, results }, statements }, SCRIPT);
  const leftOut = results.flatMap((result) => {
    const text = sectionOf(whole, result.statement);
    return [result.verdict, ...saidBy(result)].filter((words) => !text.includes(oneLine(words)));
  });
  expect(leftOut).toEqual([]);
});

describe("hostile names in the data", () => {
  const HOSTILE =
    "</script><script>alert(1)</script><!-- ]]> <img src=x onerror=alert(1)> \"'`&amp;&lt; \u202egnirts\u202c \u2028\u2029\u0000\u0007 {{x}} ${y}";
  const BENIGN = "a name";

  const environment = (text: string): Environment =>
    anEnvironment({
      accept: [Accept.declared("WORK-2", `the reason is ${text.replace(/[^ -~]/g, "")}`)],
      workers: [
        Worker.render("srv-c0ffee0c0ffee0c0fff0", {
          reaches: [ApiHosts.of(text, ApiPurpose.AI, ["api.example.com"], "https://example.com/docs")],
        }),
      ],
    });
  const change =
    (text: string): Change =>
    (folder) => {
      withRules("http_request_firewall_custom", {
        ...{ ref: `theirs ${text}`, description: text, expression: 'http.host eq "never.example"', action: "block" },
      })(folder);
      withRules("http_request_late_transform", {
        ...{ ref: `header ${text}`, description: text, expression: 'http.host eq "never.example"', action: "rewrite" },
        action_parameters: { headers: { "X-Theirs": { operation: "set", value: text } } },
      })(folder);
    };
  const written = (text: string) =>
    auditHtml(auditReportOf(outputOf([environment(text)], change(text)), ORIGIN), SCRIPT);
  const [hostile, benign] = [written(HOSTILE), written(BENIGN)];

  test("change no element of the page", () => {
    const elementsOf = (text: string) =>
      readHtml(text).elements.map(({ name, attributes, depth }) => [depth, name, ...Object.keys(attributes)].join(" "));
    expect(elementsOf(hostile)).toEqual(elementsOf(benign));
  });

  test("are shown as text, without what nobody sees", () => {
    const { text, raw } = readHtml(hostile);
    expect(text).toContain("</script><script>alert(1)</script><!--");
    expect(text).not.toMatch(UNSEEN);
    expect(hostile.replaceAll("\n", "")).not.toMatch(UNSEEN);
    const data = JSON.parse(raw.at(-2) ?? "") as unknown;
    expect(JSON.stringify(data)).toContain("<img src=x onerror=alert(1)>");
  });
});

describe("what may be a secret", () => {
  const SECRET = "s3cret-in-the-json";
  const output = outputOf([anEnvironment()], (folder) => {
    withRules("http_request_firewall_custom", {
      ...{ ref: "theirs", description: "x", action: "block" },
      expression: `any(http.request.headers["x-api-key"][*] eq "${SECRET}")`,
    })(folder);
    withRules("http_request_late_transform", {
      ...{ ref: "theirs_too", description: "x", expression: "true", action: "rewrite" },
      action_parameters: { headers: { Authorization: { operation: "set", value: SECRET } } },
    })(folder);
  });

  test("is left out of the data, so that a question about it stays undecided", () => {
    const { edges } = revived(dataOf(auditReportOf(output, ORIGIN).explorer)) as Explorer;
    const question = { url: "https://app.shop.dev/", headers: ["X-Api-Key: guess"] };
    const { decision } = requestExplained(edges, question);
    const reasons = decision.kind === "undecided" ? decision.reasons.map(({ reason }) => reason) : [];
    expect(reasons.join()).toContain("it isn't shown here");
  });

  test("stands nowhere in the page", () => {
    const written = auditHtml(auditReportOf(output, ORIGIN), SCRIPT);
    expect(written.split("\n").filter((line) => line.includes(SECRET))).toEqual([]);
  });
});

test("a change leads the page, with pictures of before and after", () => {
  const before = outputOf([anEnvironment({ webhooks: [] })]);
  const report = auditReportOf(outputOf([anEnvironment()]), ORIGIN, before);
  const markdown = auditMarkdown(report);
  expect(markdown.indexOf("### Change")).toBeLessThan(markdown.indexOf("### About this report"));
  const { elements, text } = readHtml(auditHtml(report, SCRIPT));
  expect(elements.filter(({ name }) => name === "svg").length).toBeGreaterThan(1);
  expect(text).toContain("New in shop");
  expect(text).toContain("CLOSED");
});

describe("the colours of the page", () => {
  const STYLE = page.raw[0] ?? "";
  const paletteOf = (block: string): ReadonlyMap<string, string> =>
    new Map([...block.matchAll(/--(\w+): (#[0-9a-f]{6});/g)].map(([, name = "", colour = ""]) => [name, colour]));
  const [light = "", dark = "", print = ""] = [...STYLE.matchAll(/:root \{([^}]*)\}/g)].map(([, block]) => block);

  /** @see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
  function luminance(colour: string): number {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function contrast(one: string, other: string): number {
    const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (lighter + 0.05) / (darker + 0.05);
  }

  test.each([
    ["by day", light],
    ["by night", dark],
    ["on paper", print],
  ])("are told apart %s: text has a contrast of at least 4.5", (_when, block) => {
    const palette = paletteOf(block);
    const of = (name: string): string => palette.get(name) ?? "";
    expect(palette.size).toBeGreaterThan(8);
    const texts = ["ink", "soft", "link", "open", "closed", "unsure"];
    const pairs = texts.flatMap((text) => ["page", "card"].map((ground) => [text, ground] as const));
    expect(pairs.filter(([text, ground]) => contrast(of(text), of(ground)) < 4.5)).toEqual([]);
  });
});
