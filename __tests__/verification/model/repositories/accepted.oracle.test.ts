import * as fc from "fast-check";
import { parse, stringify } from "yaml";
import { accept } from "../../../../verification/model/repositories/accepted/accepted";
import { NotUnderstood } from "../../../../verification/model/repositories/not-understood";
import { workflowOf } from "../../../../verification/model/repositories/workflow";
import type { Resource } from "../../../../verification/model/terraform/stack";
import { textOf } from "../../../constructs/scan-schedule/files/support/input";
import { complaints, parserErrors } from "../../../support/github-parser";
import { runs, sample } from "../../../support/sample";

const SNYK = ".github/workflows/snyk.yml";
const CADENCE = ".github/workflows/pentest-cadence.yml";

type Json = Record<string, unknown>;

const isAccepted = (text: string): boolean => {
  try {
    accept(workflowOf({ path: SNYK, branch: undefined, text, resource: {} as Resource }));
    return true;
  } catch (error) {
    if (error instanceof NotUnderstood) return false;
    throw error;
  }
};

/** A value in place of another one; undefined takes it away. */
function changed(path: string, keys: string, value: unknown): string {
  const document = parse(textOf(path)) as Json;
  const names = keys.split("/");
  const last = names.pop() ?? "";
  const parent = names.reduce((tree, key) => tree[key] as Json, document);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
  return stringify(document, { lineWidth: 0 });
}

type Row = readonly [what: string, path: string, at: string, value: unknown];

/** Each is refused by GitHub's own tools too. */
const MISTAKES: readonly Row[] = [
  ["a job's condition that reads secrets", SNYK, "jobs/scan/if", "${{ secrets.SNYK_TOKEN != '' }}"],
  ["a job's condition that reads the machine", SNYK, "jobs/scan/if", "runner.os == 'Linux'"],
  ["a job's condition that reads the matrix", SNYK, "jobs/scan/if", "matrix.python != ''"],
  ["a job's condition that reads files", SNYK, "jobs/report/if", "hashFiles('x') != ''"],
  ["a job's condition that isn't finished", SNYK, "jobs/report/if", "github.ref =="],
  ["a job's condition of another context", SNYK, "jobs/scan/if", "githb.ref == 'x'"],
  ["a constant in another case", SNYK, "jobs/report/if", "always() || TRUE"],
  ["a step's condition that reads secrets", CADENCE, "jobs/cadence/steps/3/if", "always() && secrets.X != ''"],
  ["a function that doesn't exist", SNYK, "jobs/report/if", "always() && lower(github.ref) == 'x'"],
  ["a function of too few arguments", SNYK, "jobs/report/if", "always() && contains(github.ref)"],
  ["a status where there is none", SNYK, "jobs/report/steps/1/env/ISSUE_OPEN", "${{ failure() }}"],
  ["a group by the machine", SNYK, "concurrency/group", "snyk-${{ runner.temp }}-${{ github.run_id }}"],
  ["a group by a secret", SNYK, "concurrency", "${{ github.run_id }}${{ secrets.X }}"],
  ["a group that is a list", CADENCE, "concurrency", ["a"]],
  ["a group that is nothing", CADENCE, "concurrency/group", undefined],
  ["a job's name by a secret", SNYK, "jobs/report/name", "${{ secrets.X }}"],
  ["a permission that doesn't exist", SNYK, "jobs/scan/permissions/bogus", "read"],
  ["a level that doesn't exist", SNYK, "jobs/report/permissions/issues", "admin"],
  ["a level that the permission hasn't", SNYK, "jobs/report/permissions/id-token", "read"],
  ["a permission of the workflow that doesn't exist", CADENCE, "permissions/bogus", "read"],
  ["a key of a job that doesn't exist", SNYK, "jobs/report/rogue", 1],
  ["a key of a step that doesn't exist", SNYK, "jobs/scan/steps/5/rogue", 1],
  ["a step that runs and uses", SNYK, "jobs/report/steps/0/run", "true"],
  ["a step that does nothing", SNYK, "jobs/report/steps/0/uses", undefined],
  ["a step that uses what is no action", SNYK, "jobs/scan/steps/5/uses", "bogus"],
  ["a job without a machine", SNYK, "jobs/report/runs-on", undefined],
  ["a job that waits for none that is there", SNYK, "jobs/report/needs", ["ghost"]],
  ["a gate that waits for none that is there", SNYK, "jobs/gate/needs", ["scan", "ghost"]],
  ["jobs that wait for each other", SNYK, "jobs/scan/needs", ["report"]],
  ["a job that waits for itself", CADENCE, "jobs/cadence/needs", "cadence"],
  ["two steps of the same id", CADENCE, "jobs/cadence/steps/2/id", "check"],
  ["an id that is reserved", CADENCE, "jobs/cadence/steps/1/id", "__check"],
  ["an id with a space", CADENCE, "jobs/cadence/steps/2/id", "a b"],
  ["a job's id with a dot", SNYK, "jobs/a.b", { "runs-on": "x", steps: [{ run: "true" }] }],
  ["an event that doesn't exist", SNYK, "on/pushed", null],
  ["an event that doesn't exist, alone", CADENCE, "on", "pushed"],
  ["an event that doesn't exist, in a list", CADENCE, "on", ["push", "pushed"]],
  ["a filter that doesn't exist", SNYK, "on/push/branch", ["main"]],
  ["a filter of pull requests that doesn't exist", SNYK, "on/pull_request/tags", ["x"]],
  ["a schedule that is no time", SNYK, "on/schedule", [{ cron: "61 4 * * 1" }]],
  ["a schedule of words", CADENCE, "on/schedule", [{ cron: "@weekly" }]],
  ["a schedule without a time", CADENCE, "on/schedule", [{}]],
  ["a schedule that is no list", CADENCE, "on/schedule", "17 4 * * 1"],
  ["minutes in words", CADENCE, "jobs/cadence/timeout-minutes", "soon"],
  ["a switch in words", CADENCE, "jobs/cadence/steps/1/continue-on-error", "yes"],
  ["a job's switch in words", SNYK, "jobs/report/continue-on-error", "yes"],
  ["a matrix of a word", CADENCE, "jobs/cadence/strategy", { matrix: { x: "a" } }],
  ["a strategy of another key", SNYK, "jobs/scan/strategy/rogue", true],
  ["variables in a list", CADENCE, "jobs/cadence/steps/2/env", ["a"]],
  ["a variable that is a list", SNYK, "jobs/gate/steps/0/env/RESULT", ["a"]],
  ["an expression that doesn't end", SNYK, "jobs/gate/steps/0/env/RESULT", "${{ needs.scan.result"],
  ["a key of the workflow that doesn't exist", CADENCE, "rogue", 1],
];

/** What GitHub refuses, and not its tools; and what nobody here knows. */
const REFUSED: readonly Row[] = [
  ["a job without steps", SNYK, "jobs/report/steps", undefined],
  ["a job with no step", SNYK, "jobs/report/steps", []],
  ["two steps of the same id, in another case", CADENCE, "jobs/cadence/steps/2/id", "CHECK"],
  ["branches that are named and ignored", SNYK, "on/push/branches-ignore", ["other"]],
  ["tags that are named and ignored", SNYK, "on/push", { tags: ["a"], "tags-ignore": ["b"] }],
  ["paths that are named and ignored", CADENCE, "on/push/paths-ignore", ["other"]],
  ["a matrix of nothing", CADENCE, "jobs/cadence/strategy", { matrix: { x: [] } }],
  ["a matrix of no legs", SNYK, "jobs/report/strategy", { matrix: { include: [] } }],
  ["more than 256 legs", SNYK, "jobs/report/strategy", { matrix: { include: Array(257).fill({ x: 1 }) } }],
  ["an exception to no pattern", SNYK, "on/push", { branches: ["!main"] }],
  ["an environment", SNYK, "jobs/report/environment", "production"],
  ["a container", SNYK, "jobs/report/container", "node:20"],
  ["inputs", SNYK, "on/workflow_dispatch", { inputs: { a: { type: "string" } } }],
  ["a time zone", SNYK, "on/schedule", [{ cron: "17 4 * * 1", timezone: "Europe/Madrid" }]],
  ["no minutes", SNYK, "jobs/report/timeout-minutes", 0],
];

const FINE: readonly Row[] = [
  ["a job that waits for two", SNYK, "jobs/report/needs", ["scan", "gate"]],
  ["a job that waits for one, as a text", SNYK, "jobs/report/needs", "scan"],
  ["a condition of every job", SNYK, "jobs/report/if", "!cancelled() && contains(needs.*.result, 'failure')"],
  ["a condition with a function's member", SNYK, "jobs/report/if", "fromJSON(vars.X).y[0].z == github['ref']"],
  ["a condition that compares", SNYK, "jobs/report/if", "(github.run_attempt < 3) && 1 >= 0"],
  ["a switch for an if", SNYK, "jobs/report/if", true],
  ["a step after the scan", SNYK, "jobs/scan/steps/5", { run: "true", "working-directory": "a", shell: "bash" }],
  ["a step by hash", SNYK, "jobs/scan/steps/5/if", "!cancelled() && hashFiles('a', 'b') != ''"],
  ["variables of a job", SNYK, "jobs/report/env", { A: 1, B: true, C: "${{ secrets.X }}" }],
  ["outputs of a job", SNYK, "jobs/scan/outputs", { a: "${{ steps.x.outputs.y }}" }],
  ["a group in short", SNYK, "concurrency", "snyk-${{ github.run_id }}"],
  ["a group of a job", SNYK, "jobs/report/concurrency", { group: "report", "cancel-in-progress": true }],
  ["a matrix of words and numbers", SNYK, "jobs/report/strategy", { matrix: { x: ["a", 1] }, "max-parallel": 1 }],
  ["a pattern that takes out", SNYK, "on/push", { branches: ["**", "!release/*"], tags: ["v*"] }],
  ["one branch, as a text", SNYK, "on/push", { branches: "main" }],
  ["events in a list", SNYK, "on", ["push", "pull_request"]],
  ["one event", SNYK, "on", "push"],
  ["a schedule in UTC", SNYK, "on/schedule", [{ cron: "17 4 * * MON", timezone: "Etc/UTC" }]],
  ["every permission", SNYK, "jobs/report/permissions", { models: "read", "id-token": "write", pages: "none" }],
  ["a title of the run", SNYK, "run-name", "scan of ${{ github.ref }}"],
];

describe("a workflow", () => {
  test.each([SNYK, CADENCE])("that is shipped is taken: %s", (path) => {
    expect(isAccepted(textOf(path))).toBe(true);
  });

  test.each(sample(MISTAKES, 4))("is refused here and by GitHub's own tools with %s", async (_, path, at, value) => {
    const text = changed(path, at, value);
    expect([...(await parserErrors(text)), ...(await complaints(text))]).not.toEqual([]);
    expect(isAccepted(text)).toBe(false);
  });

  test.each(sample(FINE, 4))("is taken here and by GitHub's own parser with %s", async (_, path, at, value) => {
    const text = changed(path, at, value);
    expect([await parserErrors(text), isAccepted(text)]).toEqual([[], true]);
  });

  test.each(REFUSED)("is refused here with %s", (_, path, at, value) => {
    expect(isAccepted(changed(path, at, value))).toBe(false);
  });

  test("that is taken here is taken by GitHub's own parser, whatever stands where", async () => {
    const places = [SNYK, CADENCE].flatMap((path) => placesIn(parse(textOf(path))).map((at) => [path, at] as const));
    const value = fc.constantFrom<unknown>(
      ...["", "x", "scan", "1", "true", "${{ 1 }}", "${{ github.ref }}", "${{ secrets.X }}", "${{ matrix.x }}"],
      ...["${{ always() }}", "${{ steps.a.b }}", "${{ needs.scan.result }}", "a ${{ env.X }} b", "${{ vars.a && }}"],
      ...["always()", "hashFiles('x')", "read", "push", "workflow_dispatch", "a b", "!x", "actions/checkout@v4"],
      ...[0, 1, 5.5, true, false, null, [], ["x"], [1], ["scan"], {}, { x: 1 }, { x: ["y"] }, { run: "x" }],
      ...[undefined, [{ cron: "1 2 * * 3" }], [{ run: "x" }], { matrix: { x: [1] } }, { matrix: { include: [] } }],
      { group: "x" },
    );
    const key = fc.constantFrom(
      ...["", "/if", "/name", "/id", "/env", "/needs", "/permissions", "/contents", "/steps", "/uses", "/run", "/with"],
      ...["/strategy", "/matrix", "/include", "/concurrency", "/group", "/on", "/push", "/branches", "/tags", "/jobs"],
      ...["/timeout-minutes", "/continue-on-error", "/cancel-in-progress", "/outputs", "/shell", "/0", "/schedule"],
    );
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), key, value, async ([path, at], more, put) => {
        const text = changedAt(path, `${at}${more}`, put);
        if (text === undefined || !isAccepted(text)) return;
        taken += 1;
        expect(await parserErrors(text)).toEqual([]);
      }),
      { numRuns: runs(300, 6_000) },
    );
    expect(taken).toBeGreaterThan(0);
  });
});

/** Every path within a value, to objects, lists and leaves. */
function placesIn(value: unknown, at = ""): readonly string[] {
  if (typeof value !== "object" || value === null) return [at];
  const inner = Object.entries(value).flatMap(([key, each]) => placesIn(each, at === "" ? key : `${at}/${key}`));
  return at === "" ? inner : [at, ...inner];
}

/** Undefined where nothing can be put there. */
function changedAt(path: string, at: string, value: unknown): string | undefined {
  try {
    return changed(path, at, value);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
