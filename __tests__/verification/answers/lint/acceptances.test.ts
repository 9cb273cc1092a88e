import { Accept } from "../../../../policy/accept";
import { exitCodeOf, lintReportOf } from "../../../../verification/answers/lint/report";
import { LINT_FORMATS } from "../../../../verification/render/lint";
import { ACCOUNT_ID, anEnvironment, ZONE_ID } from "../../../support/environments";
import type { Change } from "../../../support/proof-scenes";
import { appOf, withResource } from "../explain/app";

const unused = withResource("cloudflare_list", { account_id: ACCOUNT_ID, kind: "ip", name: "office", items: [] });
const repeated = withResource("cloudflare_dns_record", {
  ...{ for_each: { a: "_a" }, zone_id: ZONE_ID, name: "${each.value}", type: "TXT", content: "x", ttl: 1 },
});
const REASON = "the office reads it by its name";
const reportOf = (change: Change, accept: readonly Accept[] = []) =>
  lintReportOf(appOf(change, [anEnvironment({ accept })]));
const [warning] = reportOf(unused).findings;
const id = warning?.id ?? "";

test("a warning that is accepted by its id is a note, with the reason in every format", () => {
  expect(warning?.severity).toBe("warning");
  const report = reportOf(unused, [Accept.thing(id, REASON)]);
  expect(report.findings).toEqual([{ ...warning, severity: "note", accepted: REASON }]);
  expect(exitCodeOf(report)).toBe(0);
  for (const format of ["text", "markdown", "json", "sarif"] as const) {
    expect(LINT_FORMATS[format](report)).toContain(REASON);
  }
});

test("an acceptance of a warning that isn't there is a finding", () => {
  const report = reportOf(() => undefined, [Accept.thing(id, REASON)]);
  expect(report.findings).toMatchObject([
    { rule: "acceptance", severity: "warning", what: `shop accepts ${id}, and there is no such warning` },
  ]);
  expect(exitCodeOf(report)).toBe(1);
});

test("what is undecided isn't accepted as a warning, and has the line that accepts its question", () => {
  const [open] = reportOf(repeated).findings;
  expect(open?.rule).toBe("undecided");
  expect(open?.change).toMatch(
    /or accept it in shop: Accept\.resource\("shop", "\S+", "repeat", "[0-9a-f]{16}", reason\)$/,
  );
  const report = reportOf(repeated, [Accept.thing(open?.id ?? "", REASON)]);
  expect(report.findings.map(({ rule }) => rule)).toEqual(["undecided", "acceptance"]);
});

test("a question that is accepted is no finding", () => {
  const [open] = reportOf(repeated).findings;
  const [, parts = ""] = /Accept\.resource\((.*), reason\)$/.exec(open?.change ?? "") ?? [];
  const [stack = "", address = "", , digest = ""] = JSON.parse(`[${parts}]`) as string[];
  expect(reportOf(repeated, [Accept.resource(stack, address, "repeat", digest, REASON)]).findings).toEqual([]);
});
