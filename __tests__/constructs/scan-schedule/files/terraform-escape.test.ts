import * as fc from "fast-check";
import { terraformEscape } from "../../../../constructs/scan-schedule/files/template";
import { filesOf } from "./support/input";
import { runs } from "../../../support/sample";

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
