import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fill, shippedText } from "../../../../constructs/scan-schedule/files/template";

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
