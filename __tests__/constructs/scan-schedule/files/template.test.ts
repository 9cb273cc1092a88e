import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { fill, shippedText, terraformEscape } from "../../../../constructs/scan-schedule/files/template";
import { runs } from "../../../support/sample";
import { filesOf } from "./support/input";

test("a placeholder within a line is replaced", () => {
  expect(fill('branches: ["<<branch>>"]\n', { branch: "main" })).toBe('branches: ["main"]\n');
});

test("a block takes the indentation of its comment, and its empty lines stay empty", () => {
  expect(fill("steps:\n    # <<steps>>\nend\n", { steps: "\n- a:\n    b\n" })).toBe(
    "steps:\n\n    - a:\n        b\nend\n",
  );
});

test("an empty block leaves no line behind", () => {
  expect(fill("a\n  # <<nothing>>\nb\n", { nothing: "" })).toBe("a\nb\n");
});

test("a Markdown comment is a block, too", () => {
  expect(fill("<!-- <<list>> -->\n", { list: "- a\n- b\n" })).toBe("- a\n- b\n");
});

test("a value is not read for placeholders", () => {
  expect(fill("<<a>> <<b>>\n", { a: "<<b>>", b: "$&" })).toBe("<<b>> $&\n");
});

test("fails on a placeholder without a value", () => {
  expect(() => fill("<<branch>>", {})).toThrow("<<branch>> has no value");
});

test("fails on a value without a placeholder", () => {
  expect(() => fill("text", { branch: "main" })).toThrow("no placeholder for branch");
});

test("fails on several lines within a line", () => {
  expect(() => fill("name: <<name>>", { name: "a\nb: c" })).toThrow("has several");
});

test("every template says that Terraform manages it, or is a part of one that does", () => {
  const folder = join(__dirname, "../../../../constructs/scan-schedule/files/templates");
  const whole = readdirSync(folder).filter((name) => shippedText(`templates/${name}`).includes("Managed by Terraform"));
  expect(whole).toEqual([
    "dependabot.yml",
    "pentest-cadence.yml",
    "pentest-register.schema.json",
    "pentest-scope.md",
    "snyk.yml",
  ]);
});

/** Reads a Terraform template that holds text only, one character at a time; refuses interpolations and directives. */
function readAsTerraform(template: string): string {
  let text = "";
  for (let at = 0; at < template.length; at += 1) {
    const next = template.slice(at, at + 3);
    if (next === "$${" || next === "%%{") {
      text += next.slice(1);
      at += 2;
    } else if (next.startsWith("${") || next.startsWith("%{")) throw new Error(`a template sequence at ${String(at)}`);
    else text += next.charAt(0);
  }
  return text;
}

const NASTY = fc.string({
  unit: fc.constantFrom("$", "%", "{", "}", '"', "\\", "\n", "\t", "a", "é", "~"),
  maxLength: 40,
});

test("any text is read back by Terraform as it was", () => {
  fc.assert(
    fc.property(NASTY, (text) => readAsTerraform(terraformEscape(text)) === text),
    { seed: 20261124, numRuns: runs(1_000, 10_000) },
  );
});

test("every shipped file is read back by Terraform as it was", () => {
  for (const { text } of filesOf().values()) expect(readAsTerraform(terraformEscape(text))).toBe(text);
});

test("a workflow that is not escaped is refused by Terraform", () => {
  const workflow = [...filesOf().values()].map(({ text }) => text).join("");
  expect(() => readAsTerraform(workflow)).toThrow("a template sequence");
});

test.each([
  ["${{ secrets.TOKEN }}", "$${{ secrets.TOKEN }}"],
  ["%{ if }", "%%{ if }"],
  ["$${", "$$${"],
  ["${${", "$${$${"],
  ["$ { 100% }", "$ { 100% }"],
])("%s is written as %s", (text, escaped) => {
  expect(terraformEscape(text)).toBe(escaped);
});

test("refuses a text with a CDKTF token, which escaping would break", () => {
  expect(() => terraformEscape("branch: ${TfToken[TOKEN.7]}")).toThrow(/CDKTF token/);
});
