import type { LoweredStatement } from "../../policy/accept";
import type { StatementId } from "../../policy/statements";
import { visible } from "../printable";
import { Verdict } from "./judgement";
import type { Vantage } from "./check";

/** What one check came to. */
export interface Finding {
  readonly statements: readonly StatementId[];
  /** What has to be seen, and where. */
  readonly expects: string;
  readonly verdict: Verdict;
  /** What was seen, or why nobody can say. */
  readonly because: string;
}

/** What a probe saw. */
export interface Report {
  readonly environment: string;
  /** The statements that the environment only declares: what breaks them is shown and doesn't count. */
  readonly lowered: readonly LoweredStatement[];
  /** The public addresses that were looked from, as far as they are known. */
  readonly vantage: Vantage;
  readonly findings: readonly Finding[];
}

/** Whether a finding counts: not where each statement that it looks at is only declared. */
function counts({ lowered }: Pick<Report, "lowered">, { statements }: Finding): boolean {
  return !statements.every((id) => lowered.some(({ statement }) => statement === id));
}

/** 0: everything that counts holds. 1: something doesn't. 2: nobody can say. */
export function exitCodeOf(report: Report): 0 | 1 | 2 {
  const verdicts = report.findings.filter((finding) => counts(report, finding)).map(({ verdict }) => verdict);
  if (verdicts.includes(Verdict.VIOLATED)) return 1;
  return verdicts.includes(Verdict.UNDECIDED) ? 2 : 0;
}

/** The report in lines: what is lowered, from where it was looked, every finding, and how many of each there are. */
export function textOf(report: Report): string {
  const { environment, lowered, vantage, findings } = report;
  const addresses = Object.values(vantage);
  const from = addresses.length > 0 ? addresses.join(" and ") : "an address that isn't known";
  const number = (wanted: Verdict) => findings.filter(({ verdict }) => verdict === wanted).length;
  return [
    `${environment}, from ${from}`,
    ...lowered.map(({ statement, reason }) => `only declared: ${statement}: ${reason}`),
    "",
    ...findings.map((finding) => lineOf(finding, counts(report, finding))),
    "",
    `${number(Verdict.HOLDS)} hold, ${number(Verdict.VIOLATED)} violated, ${number(Verdict.UNDECIDED)} undecided`,
    "",
  ].join("\n");
}

function lineOf({ verdict, statements, expects, because }: Finding, isCounted: boolean): string {
  const ids = statements.join(", ").padEnd("PORTS-3, DB-1".length);
  const seen = visible(because, "?");
  const rest = verdict === Verdict.HOLDS || isCounted ? "" : " (only declared)";
  return `${verdict.padEnd("undecided".length)}  ${ids}  ${expects}: ${seen}${rest}`;
}
