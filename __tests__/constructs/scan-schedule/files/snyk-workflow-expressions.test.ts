import { textOf } from "./support/input";
import { EVENTS, again } from "./support/events";
import { type Contexts, allows, filledIn } from "./support/expressions";
import { readWorkflow, step } from "./support/workflow";

const workflow = readWorkflow(textOf(".github/workflows/snyk.yml"));
const group = (contexts: Contexts): string => filledIn(workflow.concurrency.group, contexts);
const env = (name: string, contexts: Contexts): string =>
  filledIn(String(step(workflow, "scan", "Scan").env?.[name]), contexts);

test.each(["push", "schedule", "a run by hand on main"] as const)("no later run can cancel %s", (event) => {
  expect(group(EVENTS[event])).not.toBe(group(again(EVENTS[event])));
  expect(filledIn(String(workflow.concurrency["cancel-in-progress"]), EVENTS[event])).toBe("false");
});

test("a new push to a pull request cancels the scan of the last one", () => {
  const event = EVENTS["a pull request"];
  expect(group(event)).toBe(group(again(event)));
  expect(filledIn(String(workflow.concurrency["cancel-in-progress"]), event)).toBe("true");
});

test.each([
  ["push", true],
  ["schedule", true],
  ["a run by hand elsewhere", true],
  ["a pull request", true],
  ["a pull request from a fork", false],
  ["a pull request whose fork is gone", false],
] as const)("the legs run on %s: %s", (event, run) => {
  expect(allows(String(workflow.jobs["scan"]?.if), EVENTS[event])).toBe(run);
});

test.each([
  ["push", "", "/runner/api"],
  ["schedule", "", "/runner/api"],
  ["a pull request", "/runner/_temp/base", "/runner/_temp/base"],
] as const)("on %s the base is %j and the programs are those of %s", (event, base, programs) => {
  expect([env("BASE_TREE", EVENTS[event]), env("PROGRAMS", EVENTS[event])]).toEqual([base, programs]);
});

test.each([
  ["push", "main"],
  ["schedule", "main"],
  ["a run by hand on main", "main"],
  ["a run by hand elsewhere", ""],
  ["a pull request", ""],
] as const)("on %s Snyk keeps watching %j", (event, reference) => {
  expect(env("MONITOR_REFERENCE", EVENTS[event])).toBe(reference);
});

test.each([
  ["schedule", true],
  ["push", false],
  ["a pull request", false],
] as const)("the issue is kept on %s: %s", (event, run) => {
  expect(allows(String(workflow.jobs["report"]?.if), EVENTS[event])).toBe(run);
});

test.each([
  ["success", "false"],
  ["failure", "true"],
  ["cancelled", "true"],
  ["skipped", "true"],
])("after a weekly scan that ended with %s the issue is open: %s", (result, open) => {
  const issue = step(workflow, "report", "Keep one issue").env?.["ISSUE_OPEN"];
  expect(filledIn(String(issue), { ...EVENTS.schedule, needs: { scan: { result } } })).toBe(open);
});
