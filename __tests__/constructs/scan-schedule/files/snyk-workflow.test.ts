import { GATE_CHECK } from "../../../../constructs/scan-schedule/files/repository-paths";
import { Severity } from "../../../../policy/snyk-options";
import type { ScanFilesInput } from "../../../../constructs/scan-schedule/files/scan-files-input";
import { INPUT, textOf } from "./support/input";
import { readWorkflow, step, usesLines, type Workflow } from "./support/workflow";
import { COMMON_FACTS, type Fact } from "./support/workflow-facts";

const PATH = ".github/workflows/snyk.yml";
const workflow = (changes: Partial<ScanFilesInput> = {}): Workflow => readWorkflow(textOf(PATH, changes));
const scanEnv = (changes: Partial<ScanFilesInput> = {}): Readonly<Record<string, string>> =>
  step(workflow(changes), "scan", "Scan").env ?? {};
const secretsIn = (value: unknown): number => JSON.stringify(value).split("secrets.").length - 1;

const FACTS: readonly Fact[] = [
  {
    title: "it runs on every push to the default branch, with any change",
    holds: ({ on }) => JSON.stringify(on["push"]) === '{"branches":["main"]}',
    broken: ({ on }) => (on["push"] = { branches: ["main"], "paths-ignore": ["docs/**"] }),
  },
  {
    title: "it runs on every pull request to the default branch",
    holds: ({ on }) => JSON.stringify(on["pull_request"]) === '{"branches":["main"]}',
    broken: ({ on }) => delete on["pull_request"],
  },
  {
    title: "one failing leg stops no other",
    holds: ({ jobs }) => jobs["scan"]?.strategy?.["fail-fast"] === false,
    broken: ({ jobs }) => delete jobs["scan"]?.strategy?.["fail-fast"],
  },
  {
    title: "the gate judges every leg, also a failed, skipped or cancelled one",
    holds: ({ jobs }) => jobs["gate"]?.needs?.join() === "scan" && jobs["gate"].if === "${{ always() }}",
    broken: ({ jobs }) => delete jobs["gate"]?.if,
  },
  {
    title: "the gate is the check that a ruleset requires",
    holds: ({ jobs }) => Object.values(jobs).filter(({ name }) => name === GATE_CHECK).length === 1,
    broken: ({ jobs }) => delete jobs["gate"]?.name,
  },
  {
    title: "only the scan sees the secret",
    holds: (all) => secretsIn(all) === 1 && secretsIn(step(all, "scan", "Scan").env) === 1,
    broken: (all) => (all.env = { SNYK_TOKEN: "${{ secrets.SNYK_TOKEN }}" }),
  },
  {
    title: "the CLI is an exact version, from an action that runs no moving image",
    holds: (all) => /^v\d+\.\d+\.\d+$/.test(String(step(all, "scan", "Set up the Snyk CLI").with?.["snyk-version"])),
    broken: (all) => (step(all, "scan", "Set up the Snyk CLI").with = { "snyk-version": "latest" }),
  },
];

describe.each([...COMMON_FACTS, ...FACTS])("$title", ({ holds, broken }) => {
  test.each([true, false])("with code scanning: %s", (codeScanning) =>
    expect(holds(workflow({ codeScanning }))).toBe(true),
  );

  test("fails once that is changed", () => {
    const changed = workflow();
    broken(changed);
    expect(holds(changed)).toBe(false);
  });
});

test("every pin names its release", () => {
  for (const used of usesLines(textOf(PATH))) expect(used).toMatch(/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test("every manifest has a leg of its own", () => {
  expect(workflow().jobs["scan"]?.strategy?.matrix.include).toEqual([
    { manager: "pip", manifest: "requirements.txt", python: "3.12", unscannable: "" },
    { manager: "poetry", manifest: "services/billing/poetry.lock", python: "", unscannable: "" },
    { manager: "uv", manifest: "services/agents/uv.lock", python: "3.13", unscannable: "" },
    { manager: "npm", manifest: "package-lock.json", python: "", unscannable: "" },
    { manager: "pnpm", manifest: "dashboard/pnpm-lock.yaml", python: "", unscannable: "" },
    { manager: "yarn", manifest: "widget/yarn.lock", python: "", unscannable: "" },
  ]);
});

test("a manifest that may pass unscanned says so to the program, and no other one does", () => {
  const [first, ...others] = INPUT.manifests;
  if (first === undefined) throw new Error("there are manifests");
  const legs = workflow({ manifests: [{ ...first, passUnscannable: true }, ...others] }).jobs["scan"]?.strategy?.matrix;
  expect(legs?.include.map(({ unscannable }) => unscannable)).toEqual(["pass", "", "", "", "", ""]);
  expect(scanEnv()["UNSCANNABLE"]).toBe("${{ matrix.unscannable }}");
});

test("a leg may read the repository and upload its findings, and nothing else", () => {
  expect(workflow().jobs["scan"]?.permissions).toEqual({
    contents: "read",
    actions: "read",
    "security-events": "write",
  });
});

test("without code scanning nothing is uploaded, and no leg may", () => {
  const { jobs } = workflow({ codeScanning: false });
  expect(jobs["scan"]?.permissions).toEqual({ contents: "read" });
  expect(jobs["scan"]?.steps.some(({ uses }) => uses?.includes("upload-sarif"))).toBe(false);
  expect(scanEnv({ codeScanning: false })["SARIF_FILE"]).toBe("");
});

test("findings are uploaded although they fail the leg, under a category of its own", () => {
  const upload = step(workflow(), "scan", "Upload the findings");
  expect(upload.if).toBe("${{ !cancelled() && hashFiles('snyk.sarif') != '' }}");
  expect(upload.with).toEqual({
    sarif_file: scanEnv()["SARIF_FILE"],
    category: "snyk/${{ matrix.manager }}/${{ matrix.manifest }}",
  });
});

test("the token secret has the name that is given", () => {
  expect(scanEnv({ tokenSecret: "SNYK_API_TOKEN" })["SNYK_TOKEN"]).toBe("${{ secrets.SNYK_API_TOKEN }}");
});

test("the options reach the program", () => {
  const env = scanEnv({
    severity: Severity.CRITICAL,
    blockWhenUnavailable: true,
    organization: "acme",
    monitor: false,
  });
  expect(env).toMatchObject({
    SEVERITY_THRESHOLD: "critical",
    BLOCK_WHEN_UNAVAILABLE: "true",
    SNYK_CFG_ORG: "acme",
    MONITOR_REFERENCE: "",
  });
  expect(scanEnv()).toMatchObject({ SEVERITY_THRESHOLD: "high", BLOCK_WHEN_UNAVAILABLE: "false" });
  expect(scanEnv()).not.toHaveProperty("SNYK_CFG_ORG");
});

test("a branch whose name YAML would read as something else stays a name", () => {
  expect(workflow({ defaultBranch: "1.0" }).on["push"]).toEqual({ branches: ["1.0"] });
  expect(workflow({ defaultBranch: "true" }).on["push"]).toEqual({ branches: ["true"] });
});

test("repositories have weekly times of their own", () => {
  expect(workflow().on["schedule"]).not.toEqual(workflow({ repository: "example/dashboard" }).on["schedule"]);
  expect(INPUT.repository).not.toBe("example/dashboard");
});
