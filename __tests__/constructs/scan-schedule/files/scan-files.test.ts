import { consequences } from "../../../../constructs/scan-schedule/declarations";
import { GATE_CHECK, GATE_PATHS } from "../../../../constructs/scan-schedule/files/repository-paths";
import { PENTEST_REGISTER } from "../../../../policy/pentest-policy";
import { scanFiles } from "../../../../constructs/scan-schedule/files/scan-files";
import { INPUT, filesOf } from "./support/input";

const paths = scanFiles(INPUT).map(({ path }) => path);

test("the files that depend on the repository are those that are known", () => {
  const rendered = scanFiles(INPUT).filter(({ path }) => !path.endsWith(".cjs") && !path.endsWith(".schema.json"));
  expect(Object.fromEntries(rendered.map(({ path, text }) => [path, text]))).toMatchSnapshot();
});

test("the register of penetration tests is not written", () => {
  expect(paths).not.toContain(PENTEST_REGISTER);
});

test("the Snyk workflow is written last", () => {
  expect(paths.at(-1)).toBe(".github/workflows/snyk.yml");
});

test("everything that a workflow runs or reads is written before it", () => {
  for (const { path, text } of scanFiles(INPUT).filter((file) => file.path.includes("/workflows/"))) {
    const named = [...text.matchAll(/\.github\/security\/[\w.-]+/g)].map(([name]) => name);
    expect(named.length).toBeGreaterThan(0);
    for (const name of named) {
      expect(paths).toContain(name);
      expect(paths.indexOf(name)).toBeLessThan(paths.indexOf(path));
    }
  }
});

test("every program finds the programs that it requires", () => {
  for (const { text } of scanFiles(INPUT).filter(({ path }) => path.endsWith(".cjs"))) {
    for (const [, name] of text.matchAll(/require\("\.\/(.+?)"\)/g)) {
      expect(paths).toContain(`.github/security/${String(name)}`);
    }
  }
});

test("every file says at its top that Terraform manages it", () => {
  for (const { text } of filesOf().values())
    expect(text.split("\n").slice(0, 2).join("\n")).toContain("Managed by Terraform");
});

test("every file has a commit message of its own", () => {
  expect(new Set(scanFiles(INPUT).map(({ commitMessage }) => commitMessage)).size).toBe(paths.length);
});

test("rendering twice gives the same", () => {
  expect(scanFiles(INPUT)).toEqual(scanFiles(INPUT));
});

test("the check that a ruleset can require is one that the workflow reports", () => {
  expect(filesOf().get(".github/workflows/snyk.yml")?.text.split(`    name: ${GATE_CHECK}\n`)).toHaveLength(2);
});

test("the review of the gate covers the workflows, their programs and Snyk's ignore files", () => {
  expect(GATE_PATHS).toEqual([".github/workflows/**", ".github/security/**", "**/.snyk"]);
});

test("what a repository lacks is said", () => {
  const complete = { ...INPUT, blockWhenUnavailable: true };
  const told = new Set(consequences(complete));
  const more = (changes: Partial<typeof INPUT>): readonly string[] =>
    consequences({ ...complete, ...changes }).filter((sentence) => !told.has(sentence));
  expect(more({ codeScanning: false })).toEqual([expect.stringContaining("no code scanning")]);
  expect(more({ dependabotSecret: false })).toEqual([expect.stringContaining("no Dependabot secret")]);
  expect(more({ blockWhenUnavailable: false })).toEqual([expect.stringContaining("Snyk can't be reached")]);
  expect(more({ monitor: false })).toEqual([expect.stringContaining("between two scans")]);
});
