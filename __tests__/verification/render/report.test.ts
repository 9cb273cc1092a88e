import { acceptancesOf, chaptersOf, exitCodeOf, type Report, reportOf } from "../../../verification/answers/verify";
import { acceptanceText, summaryOf } from "../../../verification/render/report";
import { NOT_APPLICABLE, type Result } from "../../../verification/result";
import { Model } from "../../../verification/terraform/model";
import { ACCEPTED, ALL_WELL, EVERYTHING, PROVEN, result, UNDECIDED, VIOLATED } from "./reports";

const reportWith = (...conclusions: readonly Result[]): Report => ({
  ...{ outside: [], changed: [] },
  results: conclusions.map((each) => result("PORTS-1", each)),
});

describe("the exit code of a report", () => {
  test.each<[string, Report, number]>([
    ["is 0 where all is proven", ALL_WELL, 0],
    ["is 0 where nothing applies", reportWith(NOT_APPLICABLE), 0],
    ["is 0 where what is open is lowered", { ...ALL_WELL, results: [result("WORK-2", VIOLATED, { lowered: "x" })] }, 0],
    ["is 0 where the rest is accepted", reportWith(PROVEN, ACCEPTED), 0],
    ["is 2 where something beside the accepted is undecided", reportWith(ACCEPTED, UNDECIDED), 2],
    ["is 1 where something is violated", reportWith(PROVEN, VIOLATED), 1],
    ["is 1 where something is violated and something undecided", reportWith(UNDECIDED, VIOLATED), 1],
    ["is 1 where something is violated and a file is another", { ...reportWith(VIOLATED), changed: ["x"] }, 1],
    ["is 2 where something is undecided", reportWith(UNDECIDED, PROVEN), 2],
    ["is 2 where a file is another", { ...ALL_WELL, changed: ["x"] }, 2],
  ])("%s", (_what, report, code) => {
    expect(exitCodeOf(report)).toBe(code);
  });
});

test("every result is in one chapter, and what is lowered in none but its own", () => {
  const chapters = chaptersOf(EVERYTHING);
  expect(
    Object.fromEntries(
      Object.entries(chapters).map(([name, all]) => [
        name,
        (all as Report["results"]).map(({ statement }) => statement),
      ]),
    ),
  ).toEqual({
    lowered: ["WORK-2"],
    violated: ["PORTS-1", "HOOK-1"],
    undecided: ["PORTS-2"],
    proven: ["WEB-1"],
    accepted: [],
    notApplicable: ["DB-1"],
  });
});

test("a decision that bears on several statements of an environment is told once", () => {
  const results = [
    result("PORTS-3", PROVEN),
    result("DB-1", PROVEN),
    result("DB-1", PROVEN, { environment: "other" }),
    result("WORK-2", PROVEN, { lowered: "x" }),
  ];
  expect(acceptancesOf({ ...ALL_WELL, results }).map(acceptanceText)).toEqual([
    "shop PORTS-3, DB-1: db admits wide blocks; reason: the region's ranges are wide",
    "other DB-1: db admits wide blocks; reason: the region's ranges are wide",
  ]);
});

test("the summary counts what there is", () => {
  expect(summaryOf(EVERYTHING)).toBe("2 violated, 1 undecided, 1 proven, 1 only declared, 1 not applicable");
  expect(summaryOf(ALL_WELL)).toBe("1 proven");
  expect(summaryOf(reportWith(PROVEN, ACCEPTED, ACCEPTED))).toBe("1 proven, 2 accepted");
});

test("a report says which types it doesn't look at, and no others", () => {
  const resource = {
    aws_vpc: { a: {}, b: {} },
    cloudflare_ruleset: { r: {} },
    random_id: { x: {} },
    cloudflare_x: { y: {} },
  };
  const report = reportOf(Model.of([{ name: "shop", json: { resource } }]), []);
  expect(report).toEqual({
    ...{ results: [], changed: [] },
    outside: [
      { type: "aws_vpc", count: 2 },
      { type: "random_id", count: 1 },
    ],
  });
});
