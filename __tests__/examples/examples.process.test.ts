import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readOutputFolder } from "../../verification/terraform/folder";
import { reportOf } from "../../verification/answers/verify";
import { resultsOf } from "../../verification/statements/results";
import { FORMS, leftOut } from "../support/left-out";
import { sample } from "../support/sample";
import { fromElsewhere, unguarded } from "../support/other-repository";

const ROOT = join(__dirname, "..", "..");
const EXAMPLES = readdirSync(join(ROOT, "examples")).sort();
const SECONDS = 30_000;

let folder: string;
let outdir: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "example-"));
  outdir = join(folder, "cdktf.out");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const textOf = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** Runs an app as `cdktf synth` does. */
function synth(main: string) {
  const env = { ...process.env, CDKTF_OUTDIR: outdir };
  return spawnSync(process.execPath, ["--import", "tsx", main], { cwd: ROOT, env, encoding: "utf8" });
}

/** An example, with a change of its main.ts. */
function changed(example: string, change: (main: string) => string): string {
  mkdirSync(join(folder, "app"));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  for (const name of readdirSync(join(ROOT, "examples", example)).filter((file) => file.endsWith(".ts"))) {
    const text = textOf(`examples/${example}/${name}`).replaceAll('"../../', `"${ROOT}/`);
    writeFileSync(join(folder, "app", name), name === "main.ts" ? change(text) : text);
  }
  return join(folder, "app", "main.ts");
}

/** Every statement about which the proof says something, with its strength, or with how it is found where it is lowered. */
function proven(): Readonly<Record<string, string>> {
  const { results } = JSON.parse(readFileSync(join(outdir, "proof.json"), "utf8")) as {
    readonly results: readonly { readonly statement: string; readonly verdict: string; readonly strength?: string }[];
  };
  return Object.fromEntries(
    results
      .filter(({ verdict }) => verdict !== "not applicable")
      .map(({ statement, verdict, strength }) => [statement, strength ?? verdict]),
  );
}

/** The statements that each example is proven to hold, with their strengths. */
const HOLDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  shop: { "PORTS-1": "enforced", "PORTS-2": "enforced", "HOOK-1": "enforced", "WEB-1": "asserted" },
  marketplace: {
    "PORTS-1": "enforced",
    "PORTS-2": "enforced",
    "PORTS-3": "asserted",
    "PORTS-4": "asserted",
    "HOOK-1": "enforced",
    "WEB-1": "asserted",
    "DB-1": "asserted",
    "WORK-1": "asserted",
    "WORK-2": "violated",
  },
};

/** How many warnings each prints: marketplace holds WORK-2 by nothing. */
const WARNINGS: Readonly<Record<string, number>> = { shop: 0, marketplace: 1 };

test("every example is tested", () => {
  expect(EXAMPLES).toEqual(Object.keys(HOLDS).sort());
});

test.each(EXAMPLES)(
  "the example %s is synthesized, and proven to hold what it promises, in every format whole",
  (example) => {
    const { status, stdout, stderr } = synth(join("examples", example, "main.ts"));
    expect({ status, warnings: stderr.split("\n").length - 1 }).toEqual({ status: 0, warnings: WARNINGS[example] });
    expect(stdout).toMatch(/^\d statements proven \(.*\n$/);
    expect(proven()).toEqual(HOLDS[example]);

    const { model, policies, changed: others } = readOutputFolder(outdir);
    const report = reportOf(model, resultsOf(model, policies), others);
    expect(FORMS.flatMap((form) => leftOut(form, report))).toEqual([]);
    const { results } = JSON.parse(readFileSync(join(outdir, "proof.json"), "utf8")) as { readonly results: unknown };
    expect(results).toEqual(report.results);
  },
  SECONDS,
);

test.each(sample(EXAMPLES, 2))(
  "the example %s fails, and leaves nothing to deploy, once a rule is switched off behind the construct's back",
  (example) => {
    const main = changed(example, unguarded);
    const { status, stderr } = synth(main);
    expect(status).toBe(1);
    expect(stderr).toMatch(/HOOK-1[^]*curl/);
    expect(readdirSync(outdir, { recursive: true })).toEqual(["stacks"]);
  },
  SECONDS,
);

test("the page of the package shows the shortest example, as another repository writes it", () => {
  expect(textOf("docs/library.md")).toContain(`\`\`\`ts\n${fromElsewhere(textOf("examples/shop/main.ts"))}\`\`\``);
});
