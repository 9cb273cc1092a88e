import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terraformEscape } from "../../../../constructs/scan-schedule/files/template";
import { describeUnless, whyNoProgram } from "../../../support/describe-unless";
import { filesOf } from "./support/input";

const HOSTILE = 'nasty: "$${" %%{ $$$${{ a }} %{ if } "quoted" \\ \t tab é $%{ %${ $';

const TERRAFORM = "terraform";

describeUnless([whyNoProgram(TERRAFORM, "version")], "Terraform itself", () => {
  let folder = "";
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "scan-escape-"))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const terraform = (...args: readonly string[]): string =>
    execFileSync(TERRAFORM, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

  test("reads every escaped file back byte for byte", () => {
    const texts = [...filesOf().values()].map(({ text }) => text).concat(HOSTILE);
    const output = Object.fromEntries(
      texts.map((text, index) => [`f${String(index)}`, { value: terraformEscape(text) }]),
    );
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ output }));
    terraform("apply", "-auto-approve", "-input=false", "-no-color");
    const read = texts.map((_, index) => terraform("output", "-raw", `f${String(index)}`));
    expect(read).toEqual(texts);
  });

  test("refuses a workflow that is not escaped", () => {
    writeFileSync(
      join(folder, "main.tf.json"),
      JSON.stringify({ output: { f: { value: "${{ secrets.SNYK_TOKEN }}" } } }),
    );
    expect(() => terraform("validate", "-no-color")).toThrow();
  });
});
