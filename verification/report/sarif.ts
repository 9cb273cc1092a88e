import { STATEMENT_IDS, STATEMENTS } from "../../policy/statements";
import type { Place } from "../model/terraform/stack";
import type { Doubt } from "../statements/conclusion";
import type { Result } from "../statements/result";
import { oneLine, sarifText, visibleJson } from "./escape";
import { exitCodeOf, type Report } from "./report";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** The rule of the files themselves, beside the statements. */
const SAME_FILES = { id: "PROOF", shortDescription: { text: "the files are those that were proven" } };

/**
 * A report for code scanning: what is violated is an error, what is undecided a warning, what is lowered a note, and a file
 * that isn't the one that was proven an error.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function reportSarif(report: Report): string {
  const statements = STATEMENT_IDS.map((id) => ({ id, shortDescription: { text: STATEMENTS[id].sentence } }));
  const driver = { name: "livestreamsell-security-infrastructure", rules: [...statements, SAME_FILES] };
  const invocations = [{ executionSuccessful: true, exitCode: exitCodeOf(report) }];
  const results = [...report.results.flatMap(findings), ...report.changed.map(difference)];
  return `${visibleJson({ $schema: SCHEMA, version: "2.1.0", runs: [{ tool: { driver }, invocations, results }] })}\n`;
}

function findings(result: Result): readonly object[] {
  const { conclusion, lowered } = result;
  if (lowered !== undefined) return [finding(result, "note", `only declared: ${lowered}`)];
  if (conclusion.kind === "violated") {
    const { witnesses, what, by, change } = conclusion;
    return [finding(result, "error", [...witnesses, what, `change: ${change}`].join("; "), by)];
  }
  const doubts: readonly Doubt[] = conclusion.kind === "undecided" ? conclusion.doubts : [];
  return doubts.map(({ reason, place }) => finding(result, "warning", reason, place));
}

function finding({ environment, statement }: Result, level: string, message: string, place?: Place): object {
  const file = `stacks/${place?.stack ?? environment}/cdk.tf.json`;
  return located(file, statement, level, `${environment} ${statement}: ${message}`, place?.path ?? place?.pointer);
}

function difference(path: string): object {
  return located(path, SAME_FILES.id, "error", `${path} differs from what proof.json was written for`);
}

function located(file: string, ruleId: string, level: string, message: string, logical?: string): object {
  const name = logical === undefined ? undefined : oneLine(logical);
  return {
    ruleId,
    level,
    message: { text: sarifText(message) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(file) } },
        ...(name === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: name, kind: "resource" }] }),
      },
    ],
  };
}

const uriOf = (path: string): string => oneLine(path).split("/").map(encodeURIComponent).join("/");
