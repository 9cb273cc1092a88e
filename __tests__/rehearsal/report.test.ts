import type { Step } from "../../rehearsal/deploy";
import { faultNamed } from "../../rehearsal/faults";
import { deployReport, faultReport } from "../../rehearsal/report";
import type { Call } from "../../rehearsal/server";
import { type Moment, platformOf } from "../../rehearsal/watch";

const ZONE = `zones/${"a".repeat(32)}`;

function moment(method: string, path: string, status = 200): Moment {
  const call: Call = { method, path, body: {}, at: 0, status };
  return { platform: platformOf(call), call, published: [], openings: new Map() };
}

const MOMENTS = [
  moment("POST", `${ZONE}/rulesets`),
  moment("POST", `${ZONE}/rulesets`),
  moment("POST", `${ZONE}/dns_records`),
  moment("PATCH", "/v1/services/srv-c0ffee0c0ffee0c0ffee"),
  moment("PUT", "repos/acme/api/contents/.github/workflows/snyk.yml", 409),
];

const step = (change: Partial<Step> = {}): Step => ({
  ...{ name: "apply", isGood: true, said: "Apply complete!", seconds: 1.25, calls: 9 },
  ...{ moments: MOMENTS, open: MOMENTS.map(() => []), published: [["app.shop.dev", 3]] },
  ...change,
});

const common = { copy: { environments: [], replaced: ["a: b"], proven: "15 statements proven. More." }, seconds: 2 };
const report = (steps: readonly Step[], escapes = 0) =>
  deployReport({ ...common, engine: "OpenTofu 1.10.6", parts: [{ environment: "dev", steps }], earlier: "", escapes });

test("the report has its verdict, the writes in their order, and when a host became public", () => {
  const { text, isGood } = report([step()]);
  expect(isGood).toBe(true);
  expect(text.split("\n\n")).toEqual([
    "Everything went well: 9 calls, 2 s, 0 attempts to reach anything but loopback.",
    expect.stringMatching(/^A rehearsal with OpenTofu 1\.10\.6, .* no evidence of them\.$/),
    "Rehearsal values stand for 1 example value in a copy. 15 statements proven.",
    [
      "dev",
      "  ok   apply (1.3 s, 9 calls, 5 writes): Apply complete!",
      "         1-2    Cloudflare  POST rulesets",
      "         3      Cloudflare  POST dns_records",
      "         4      Render  PATCH services",
      "         5      GitHub  PUT contents/.github/workflows/snyk.yml refused 409",
      "         app.shop.dev is public after write 3",
      "         after no write a host was public without its guards, or anything more open than before\n",
    ].join("\n"),
  ]);
});

test.each<[string, Partial<Step>, number, string]>([
  ["a step that failed", { isGood: false, said: "Error: no" }, 0, "       Error: no"],
  ["a step by its name", { isGood: false }, 0, "Something did not go well (dev: apply): 9 calls"],
  [
    "a moment in which more was open",
    { open: [[], ["Postgres of a"], [], [], []] },
    0,
    "open after write 2: Postgres of a",
  ],
  ["a second run that writes", { name: "apply again" }, 0, "FAIL apply again"],
  ["a program that looked elsewhere", {}, 1, "1 attempt to reach anything but loopback"],
])("%s isn't good", (_, change, escapes, line) => {
  const { text, isGood } = report([step(change)], escapes);
  expect([isGood, text]).toEqual([false, expect.stringContaining(line)]);
});

test.each<[boolean, { readonly open?: readonly string[]; readonly converged?: boolean }, string]>([
  [true, {}, "After each fault, nothing was more open than before, and the next apply converged"],
  [false, { open: ["Redis of red-1"] }, "Something was more open than before"],
  [false, { converged: false }, "An apply did not converge"],
])("a table of faults is good: %s where the outcome is %j", (isGood, change, verdict) => {
  const outcome = {
    ...{ environment: "dev", write: "Render PATCH services", failed: true, open: [], converged: true },
  };
  const struck = [{ ...outcome, said: "20217", ...change }];
  const answer = faultReport({
    ...common,
    engine: "Terraform 1.11.4",
    struck,
    fault: faultNamed("render:500"),
    most: 3,
  });
  expect(answer.isGood).toBe(isGood);
  expect(answer.text.split("\n")[0]).toBe(`${verdict}: 2 s.`);
  expect(answer.text).toContain("At most 3 writes of an environment were struck.");
  expect(answer.text).toContain(`  ${isGood ? "ok  " : "FAIL"} dev  Render PATCH services: the apply failed, `);
});

test("faults that struck nothing prove nothing", () => {
  const asked = { ...common, engine: "Terraform 1.11.4", struck: [], fault: faultNamed("render:500"), most: 3 };
  expect(faultReport(asked)).toMatchObject({
    isGood: false,
    text: expect.stringMatching(/^No write was struck: 2 s\./),
  });
});
