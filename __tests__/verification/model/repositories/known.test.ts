import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TOOL_VERSIONS } from "../../../../constructs/scan-schedule/files/pins";
import { production } from "../../../../environments/production";
import known from "../../../../verification/model/repositories/known-hashes.json";
import { sha256 } from "../../../../verification/model/sha256";
import { actionOf, documentOf, scriptOf, standingOf } from "../../../../verification/model/repositories/known";
import { isReleased } from "../../../../verification/model/repositories/known-versions";
import { workflowOf } from "../../../../verification/model/repositories/workflow";
import { writtenRepository } from "../../../../verification/model/repositories/written-repository";
import { withoutValues } from "../../../../verification/statements/repositories/pentest-scope";
import { sceneOf } from "../../../support/proof-scenes";

const PROGRAMS = join(__dirname, "../../../../constructs/scan-schedule/files/programs");
const { model } = sceneOf([production]);
const files = ["example/api", "example/dashboard"].flatMap((name) => writtenRepository(model, name).files);
const steps = files
  .filter(({ path }) => path.endsWith(".yml") && path.includes("workflows"))
  .flatMap((file) => workflowOf(file).jobs.flatMap((job) => job.steps));

/** When one of these fails: read what has changed, then write its hash into known-hashes.json; move a released one to `released`. */
describe("what is known by its hash", () => {
  test("is every file of every program that is shipped, and no other", () => {
    const shipped = readdirSync(PROGRAMS).filter((name) => name.endsWith(".cjs"));
    const hashes = shipped.map((name) => [name, sha256(readFileSync(join(PROGRAMS, name), "utf8"))]);
    expect(Object.assign({}, ...known.programs.map((program) => program.files))).toEqual(Object.fromEntries(hashes));
  });

  test("is every script and every action that the workflows use", () => {
    const scripts = steps.flatMap(({ body: { run } }) =>
      typeof run === "string" && !run.startsWith("node ") ? [run] : [],
    );
    expect(new Set(scripts.map(scriptOf))).toEqual(new Set(known.scripts.map(({ name }) => name)));
    const uses = steps.flatMap(({ body: { uses } }) => (typeof uses === "string" ? [uses] : []));
    expect(uses.map(actionOf).filter(({ isKnown, isPinned }) => !isKnown || !isPinned)).toEqual([]);
  });

  test("is every version of a tool that the workflows install", () => {
    const { snyk, uv, python } = TOOL_VERSIONS;
    expect([isReleased("snyk", snyk), isReleased("uv", uv), isReleased("python", python)]).toEqual([true, true, true]);
    expect([isReleased("snyk", "v0.0.0"), isReleased("uv", python), isReleased("python", "3.1")]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test("is the scope that the firm is told", () => {
    const scope = files.find(({ path }) => path.endsWith("pentest-scope.md"))?.text ?? "";
    expect([sha256(withoutValues(scope)), documentOf(withoutValues(scope))]).toEqual([
      known.documents[0]?.hash,
      "pentest-scope",
    ]);
  });

  test("is a program in one version, not in a mixture", () => {
    const [program] = known.programs;
    const texts = (name: string): string | undefined =>
      name in (program?.files ?? {}) ? readFileSync(join(PROGRAMS, name), "utf8") : undefined;
    expect(standingOf("snyk-scan", texts)).toEqual({ kind: "known" });
    expect(standingOf("snyk-scan", (name) => (name === "snyk-verdict.cjs" ? "" : texts(name)))).toEqual({
      kind: "unknown",
      file: "snyk-verdict.cjs",
    });
    expect(standingOf("snyk-scan", (name) => (name === "snyk-verdict.cjs" ? undefined : texts(name)))).toEqual({
      kind: "missing",
      file: "snyk-verdict.cjs",
    });
    expect(standingOf("other", texts)).toEqual({ kind: "unknown", file: "other.cjs" });
  });

  test("is no action of another repository at a known commit", () => {
    const [checkout] = known.actions.flatMap(({ commits }) => commits);
    expect(actionOf(`evil/checkout@${checkout ?? ""}`)).toMatchObject({ isPinned: true, isKnown: false });
    expect(actionOf("actions/checkout@v7")).toMatchObject({ isPinned: false, isKnown: false });
    expect(() => actionOf("./local")).toThrow();
    expect(() => actionOf("docker://snyk/snyk:python")).toThrow();
  });
});
