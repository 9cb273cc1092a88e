import { STATEMENT_IDS, type StatementId } from "../../policy/statements";
import { Outcome } from "./judge";
import type { JudgedEdit, JudgedMutant } from "./run";

/** How an outcome is written in a cell, behind how often it came. */
const MARKS: Readonly<Record<Outcome, string>> = {
  [Outcome.KILLED]: "",
  [Outcome.UNDECIDED]: "?",
  [Outcome.EQUAL]: "=",
  [Outcome.REFUSED_ELSEWHERE]: "^",
  [Outcome.EQUAL_THERE]: "~",
  [Outcome.SURVIVED]: "!",
};

const OUTCOMES = Object.keys(MARKS) as readonly Outcome[];

/** The outcomes of each kind's mutants, by statement, with a table for each family. */
export function tableOf(judged: readonly JudgedMutant[]): string {
  const families = [...new Set(judged.map(({ family }) => family))];
  return families
    .map((family) =>
      familyTable(
        family,
        judged.filter((each) => each.family === family),
      ),
    )
    .join("\n");
}

function familyTable(family: string, judged: readonly JudgedMutant[]): string {
  const statements = STATEMENT_IDS.filter((id) => countsOf(judged, id).length > 0);
  const kinds = [...new Set(judged.map(({ kind }) => kind))];
  const rows = kinds.map((kind) => {
    const own = judged.filter((each) => each.kind === kind);
    return [kind, ...statements.map((id) => countsOf(own, id).join(" "))];
  });
  return aligned([[family.toUpperCase(), ...statements], ...rows]);
}

function countsOf(judged: readonly JudgedMutant[], statement: StatementId): readonly string[] {
  const outcomes = judged.flatMap(({ cells }) =>
    cells.filter((cell) => cell.statement === statement).map(({ outcome }) => outcome),
  );
  return OUTCOMES.map((outcome) => [outcome, outcomes.filter((each) => each === outcome).length] as const)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${count}${MARKS[outcome]}`);
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const line = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ");
  return `${rows.map((row) => line(row).trimEnd()).join("\n")}\n`;
}

/** How many mutants there are, and how the statements that they should break ended. */
export function totalsOf(judged: readonly JudgedMutant[]): string {
  const outcomes = judged.flatMap(({ cells }) => cells.map(({ outcome }) => outcome));
  const counts = OUTCOMES.map((outcome) => `${outcomes.filter((each) => each === outcome).length} ${outcome}`);
  const kinds = new Set(judged.map(({ kind }) => kind)).size;
  return `${kinds} kinds, ${judged.length} mutants, ${outcomes.length} statements to break: ${counts.join(", ")}.`;
}

/** The mutants that nothing refuses, though they mean something else. */
export function survivorsIn(judged: readonly JudgedMutant[]): readonly string[] {
  return judged.flatMap(({ kind, mutant: { stack, at }, cells }) =>
    cells
      .filter(({ outcome }) => outcome === Outcome.SURVIVED)
      .map(({ statement }) => `${statement}  ${kind}: ${stack} ${at}`),
  );
}

/** The harmless edits after which something is no longer proven. */
export function lostIn(edits: readonly JudgedEdit[]): readonly string[] {
  return edits
    .filter(({ lost }) => lost.length > 0)
    .map(({ kind, edit: { stack, at }, lost }) => `${lost.join(", ")}  ${kind}: ${stack} ${at}`);
}
