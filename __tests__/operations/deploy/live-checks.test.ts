import { liveReport } from "../../../cli/pages/deployment";
import { chooseChecks, LIVE_CHECKS, liveCode, look, type Seen } from "../../../operations/deploy/live-checks";
import { standInPrograms } from "./support/stand-in-program";

const subject = { environment: "dev", folder: "out", proxies: ["red-a=b.render.com"] };
const own = { command: ["node", "cli"], root: "/project" } as const;

const seen = (codes: Readonly<Record<string, Seen["code"]>>, text = "said"): readonly Seen[] =>
  LIVE_CHECKS.filter(({ name }) => codes[name] !== undefined).map((check) => ({
    check,
    code: codes[check.name] ?? 0,
    text,
  }));

test("every check is a command of this project", async () => {
  const programs = standInPrograms(() => ({ output: "fine\n" }));
  const all = await look(LIVE_CHECKS, subject, { run: programs.run, variables: { A: "1" }, ...own });
  expect(programs.lines()).toEqual([
    "node cli deployment plan dev out",
    "node cli deployment appliers dev out",
    "node cli probe dev --folder=out --proxy=red-a=b.render.com",
    "node cli inventory dev --folder=out",
  ]);
  expect(all.map(({ code, text }) => [code, text])).toEqual(all.map(() => [0, "fine"]));
  expect(liveCode(all)).toBe(0);
});

test("what a check says is kept for the report: none of them speaks to a workflow's runner", async () => {
  const programs = standInPrograms(() => undefined);
  await look(LIVE_CHECKS, subject, { run: programs.run, variables: { GITHUB_ACTIONS: "true", A: "1" }, ...own });
  expect(programs.calls.map(({ environment }) => environment)).toEqual(
    LIVE_CHECKS.map(() => ({ GITHUB_ACTIONS: "", A: "1" })),
  );
});

test("a check that can't be run can't tell", async () => {
  const { run } = standInPrograms(() => ({ code: undefined, output: "no such program" }));
  const [first] = await look(LIVE_CHECKS, subject, { run, variables: {}, ...own });
  expect(first?.code).toBe(2);
});

test.each([
  [{ plan: 0, appliers: 0, probe: 0, inventory: 0 }, 0, "# dev: nothing differs"],
  [{ plan: 1, appliers: 0, probe: 0, inventory: 0 }, 1, "# dev: plan differs"],
  [{ plan: 0, appliers: 2, probe: 0, inventory: 1 }, 1, "# dev: appliers can't tell, inventory differs"],
  [{ plan: 0, appliers: 2, probe: 0, inventory: 0 }, 2, "# dev: appliers can't tell"],
  [{ plan: 0, appliers: 0, probe: 2, inventory: 0 }, 0, "# dev: nothing differs"],
  [{ probe: 1 }, 1, "# dev: probe differs"],
] as const)("%j ends with %d", (codes, code, title) => {
  expect(liveCode(seen(codes))).toBe(code);
  expect(liveReport("dev", seen(codes)).split("\n")[0]).toBe(title);
});

test("a probe that can't tell is in the report all the same", () => {
  expect(liveReport("dev", seen({ probe: 2 }, "no answer"))).toContain(
    "## probe: can't tell\n\n```text\nno answer\n```",
  );
});

test("what others wrote stays text", () => {
  const report = liveReport("dev", seen({ plan: 1 }, "```\n# @everyone"));
  expect(report).toContain("````text\n```\n# @everyone\n````");
});

test("a report fits into an issue", () => {
  const report = liveReport("dev", seen({ plan: 1, appliers: 1, probe: 1, inventory: 1 }, "x".repeat(100_000)));
  expect(report.length).toBeLessThan(65_536);
});

test("checks are chosen by their names", () => {
  expect(chooseChecks(undefined)).toBe(LIVE_CHECKS);
  expect(chooseChecks(["inventory", "plan"]).map(({ name }) => name)).toEqual(["plan", "inventory"]);
  expect(() => chooseChecks(["scan"])).toThrow('--only: got "scan"; allowed: plan, appliers, probe, inventory');
});
