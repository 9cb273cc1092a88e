import { mermaidLabel } from "../../../../verification/render/escape";
import { strangeIn } from "../../../support/github-markdown";
import Ajv from "ajv";
import schema from "../../../../verification/render/matrix.schema.json";
import { Accept } from "../../../../policy/accept";
import { Webhook } from "../../../../policy/webhook";
import type { Matrix } from "../../../../verification/answers/matrix/matrix";
import type { PageFormat } from "../../../../verification/render/formats";
import { MATRIX_FORMATS } from "../../../../verification/render/matrix";
import { aGuest, ZONE_ID } from "../../../support/environments";
import type { Change } from "../../../support/proof-scenes";
import { HOSTILE, UNSEEN } from "../../hostile";
import { withResource, withRules } from "../explain/app";
import { matrixWith, SHOP } from "./cells";

const CUSTOM = "http_request_firewall_custom";
const hostile: Change = (folder) => {
  withRules(
    CUSTOM,
    { ref: HOSTILE, description: HOSTILE, expression: `http.request.uri.path eq ${written(HOSTILE)}`, action: "block" },
    { ref: `c ${HOSTILE}`, description: HOSTILE, expression: 'http.request.method eq "PUT"', action: "challenge" },
  )(folder);
  withResource("cloudflare_spectrum_application", {
    ...{ zone_id: ZONE_ID, protocol: `tcp/22 ${HOSTILE}`, dns: { type: "CNAME", name: HOSTILE } },
    "//": { metadata: { path: `shop/${HOSTILE}` } },
  })(folder);
};

/** A string of the Rules language. */
function written(text: string): string {
  return `"${[...Buffer.from(text, "utf8")].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("")}"`;
}

const several = [
  { ...SHOP, webhooks: [...(SHOP.webhooks ?? []), Webhook.from("/webhooks/bill", "billing", ["198.51.100.0/24"])] },
  aGuest("preview", "shop", { accept: [Accept.declared("SCAN-1", `later ${HOSTILE.replace(/[\s\p{C}]/gu, " ")}`)] }),
];
const ALL: Readonly<Record<string, Matrix>> = {
  plain: matrixWith(),
  several: matrixWith(undefined, several),
  attacked: matrixWith(hostile),
  undecided: matrixWith(withResource("cloudflare_workers_route", { zone_id: ZONE_ID, pattern: HOSTILE })),
};
const NAMES = Object.keys(ALL);
const named = (name: string) => ALL[name] as Matrix;
const write = (matrix: Matrix, format: PageFormat, more = {}) =>
  MATRIX_FORMATS[format](matrix, { columns: 80, hasColour: false, ...more });
const FORMATS = Object.keys(MATRIX_FORMATS) as readonly PageFormat[];

describe.each(NAMES)("%s", (name) => {
  test("fits 80 columns, and narrow ones", () => {
    for (const columns of [40, 80]) {
      for (const line of write(named(name), "text", { columns }).split("\n")) {
        expect([...line].length).toBeLessThanOrEqual(columns);
      }
    }
  });

  test.each(FORMATS)("holds nothing in %s that a terminal takes for a command, and is the same each time", (format) => {
    expect(write(named(name), format)).not.toMatch(UNSEEN);
    expect(write(named(name), format)).toBe(write(named(name), format));
  });

  test("is valid JSON by the published schema, with the values as they are", () => {
    const parsed: unknown = JSON.parse(write(named(name), "json"));
    const validate = new Ajv({ strict: true, strictRequired: false }).compile(schema);
    expect([validate(parsed), validate.errors]).toEqual([true, null]);
    expect(parsed).toEqual(JSON.parse(JSON.stringify(named(name))));
  });

  test("draws in Mermaid what it understands, and nothing else", () => {
    const drawings = [...write(named(name), "markdown").matchAll(/^```mermaid\n([\s\S]*?)\n```$/gm)];
    expect(drawings).toHaveLength(named(name).environments.length);
    for (const [, drawing = ""] of drawings) for (const line of drawing.split("\n")) expect(line).toMatch(MERMAID);
  });

  test("has no other headings, tables, fences or HTML in Markdown than its own", () => {
    const lines = write(named(name), "markdown").split("\n");
    const fences = lines.filter((line) => line.startsWith("```"));
    expect(fences).toEqual(named(name).environments.flatMap(() => ["```mermaid", "```"]));
    expect(strangeIn(lines.join("\n"))).toEqual([]);
    const tables = lines.filter((line) => line.startsWith("|"));
    expect(tables.length).toBe(
      named(name).environments.reduce((sum) => sum + 2, 0) + lines.filter((line) => line.startsWith("| **")).length,
    );
  });
});

/** The few forms of a line of a flowchart that are used here; labels are quoted and hold nothing that ends them. */
const MERMAID =
  /^(flowchart LR| {2}[sc]\d+\["[\w ,.:/()#;-]*"\]| {2}s\d+ (-->|-- "redirect" -->|-\. "[a-z ]+" \.->) c\d+| {2}classDef closed stroke-dasharray: 4 4| {2}class c\d+(,c\d+)* closed)$/;

test("the schema refuses what is no matrix", () => {
  const validate = new Ajv({ strict: true, strictRequired: false }).compile(schema);
  const { plain } = ALL;
  const [environment] = plain?.environments ?? [];
  expect(validate({ ...plain, surprise: 1 })).toBe(false);
  expect(validate({ ...plain, environments: [{ ...environment, rows: [{ source: "x" }] }] })).toBe(false);
});

test("a label of a drawing holds no sign that Mermaid, Markdown or HTML know", () => {
  expect(mermaidLabel('a"b<c>`d`#e;{f}[g]\n')).toBe(
    '"a#34;b#60;c#62;#96;d#96;#35;e#59;#123;f#125;#91;g#93;#92;u#123;a#125;"',
  );
  expect(mermaidLabel("x".repeat(500)).length).toBeLessThan(150);
});

describe("text", () => {
  const text = write(named("plain"), "text");

  test("leads with what is only declared", () => {
    expect(text.split("\n").slice(0, 5)).toEqual([
      "WHO REACHES WHAT: 56 cells, all decided",
      "Only declared, by decision of the environment: shop WORK-2",
      "",
      "Only declared, by decision of the environment",
      "  shop WORK-2: no Gateway on this plan, so it is written down",
    ]);
  });

  test("has a row for each source and a number for what decides", () => {
    expect(text).toMatch(/^meta {14}IPv4\+6 {2}allow {2}allow {4}allow {4}redirect 1 {2}block 2/m);
    expect(text).toMatch(/^anyone else {7}IPv4\+6 {2}allow {2}block 6/m);
    expect(text).toMatch(/^ {2}6: block by edge_hook_1_only_meta, enforced \(HOOK-1\)$/m);
  });

  test("has colour only where it may", () => {
    expect(write(named("plain"), "text", { hasColour: true })).toContain("\u001b[31mblock 6\u001b[0m");
    expect(text).not.toContain("\u001b");
  });
});

test("sources that reach the same are one in the drawing, and what nobody reaches is drawn closed", () => {
  const drawing = write(named("plain"), "markdown");
  expect(drawing).toContain('["Cloudflare (IPv4, IPv6)#59; anyone else (IPv4, IPv6)"]');
  expect(drawing).toMatch(/class c4,c6,c7 closed/);
  expect(drawing).not.toMatch(/--> c6/);
});
