import { STATEMENT_IDS, STATEMENTS } from "../../policy/statements";
import { exitCodeOf, type Report } from "../answers/verify";
import { idOf } from "../statements/id";
import { isLowered, type StatementResult } from "../statements/results";
import { type Alert, sarifLog } from "./sarif-log";
import { type Saying, sayingsOf } from "./sayings";

/** The rule of the files themselves, beside the statements. */
const SAME_FILES = { id: "PROOF", description: "the files are those that were proven" };

/**
 * A report for code scanning: what is violated is an error, what is undecided a warning, what is lowered a note, and a file
 * that isn't the one that was proven an error. The run's properties hold every result, those that hold included.
 */
export function reportSarif(report: Report): string {
  const statements = STATEMENT_IDS.map((id) => ({ id, description: STATEMENTS[id].sentence }));
  return sarifLog({
    rules: [...statements, SAME_FILES],
    exitCode: exitCodeOf(report),
    alerts: [...report.results.flatMap(alertOf), ...report.changed.map(difference)],
    properties: { results: report.results },
  });
}

function alertOf(result: StatementResult): readonly Alert[] {
  const level = levelOf(result);
  if (level === undefined) return [];
  const { id, environment, statement, controls, unknown } = result;
  const message = `${environment} ${statement}: ${sayingsOf(result).map(written).join("; ")}`;
  const places = [...controls, ...unknown.flatMap(({ place }) => place ?? [])];
  const file = `stacks/${environment}/cdk.tf.json`;
  return [{ id, rule: statement, level, message, file, places, properties: result }];
}

function levelOf(result: StatementResult): Alert["level"] | undefined {
  if (isLowered(result)) return "note";
  if (result.verdict === "violated") return "error";
  return result.verdict === "undecided" ? "warning" : undefined;
}

const written = (saying: Saying): string => saying.map((said) => ("code" in said ? said.code : said.text)).join("");

function difference(path: string): Alert {
  const message = `${path} differs from what proof.json was written for`;
  const id = idOf("finding", "", SAME_FILES.id, path);
  return { id, rule: SAME_FILES.id, level: "error", message, file: path, places: [] };
}
