import type { StatementId } from "../../policy/statements";
import type { Acceptance } from "../result";
import { influenceOf } from "../statements/influence";
import { isLowered, type StatementResult } from "../statements/results";
import type { Model } from "../terraform/model";

/** What is known of an app: every statement in every environment, and what nobody here looks at. */
export interface Report {
  readonly results: readonly StatementResult[];
  /** The types of resources that are outside the model, with how many there are. */
  readonly outside: readonly { readonly type: string; readonly count: number }[];
  /** The files that aren't those that were proven. */
  readonly changed: readonly string[];
}

export function reportOf(model: Model, results: readonly StatementResult[], changed: readonly string[] = []): Report {
  const types = model.resources.map(({ type }) => type).filter((type) => influenceOf(type) === undefined);
  const outside = [...new Set(types)]
    .sort()
    .map((type) => ({ type, count: types.filter((each) => each === type).length }));
  return { results, outside, changed };
}

/** How a command ends that asks whether everything passes: 0 proven, 1 violated, 2 undecided or not what was proven. */
export function exitCodeOf({ results, changed }: Report): 0 | 1 | 2 {
  const open = results.filter(({ passes }) => !passes);
  if (open.some(({ verdict }) => verdict === "violated")) return 1;
  return open.length > 0 || changed.length > 0 ? 2 : 0;
}

/** Results by how they ended. */
export interface Chapters {
  readonly lowered: readonly StatementResult[];
  readonly violated: readonly StatementResult[];
  readonly undecided: readonly StatementResult[];
  readonly proven: readonly StatementResult[];
  readonly notApplicable: readonly StatementResult[];
}

export function chaptersOf({ results }: Report): Chapters {
  const own = results.filter((result) => !isLowered(result));
  const of = (verdict: StatementResult["verdict"]) => own.filter((result) => result.verdict === verdict);
  return {
    lowered: results.filter(isLowered),
    violated: of("violated"),
    undecided: of("undecided"),
    proven: of("proven"),
    notApplicable: of("not applicable"),
  };
}

/** What an environment decided, and for which of its statements, beside those that it lowers. */
export interface SharedAcceptance extends Acceptance {
  readonly environment: string;
  readonly statements: readonly StatementId[];
}

/** What the environments decided, each once. What they lower has a chapter of its own. */
export function acceptancesOf({ results }: Report): readonly SharedAcceptance[] {
  const found = new Map<string, SharedAcceptance>();
  for (const { environment, statement, accepted } of results.filter((result) => !isLowered(result))) {
    for (const { what, reason } of accepted) {
      const key = JSON.stringify([environment, what, reason]);
      const statements = [...(found.get(key)?.statements ?? []), statement];
      found.set(key, { environment, statements, what, reason });
    }
  }
  return [...found.values()];
}

/** An acceptance in one line. */
export function acceptanceText({ environment, statements, what, reason }: SharedAcceptance): string {
  return `${environment} ${statements.join(", ")}: ${what}; reason: ${reason}`;
}

/** The parts of a report by what a reader does about them. */
export interface ReportParts<Part> {
  /** What the environment lowers or accepts. */
  readonly accepted: readonly Part[];
  /** What keeps the environment from being deployed. */
  readonly open: readonly Part[];
  /** What needs no action. */
  readonly settled: readonly Part[];
}

/** The parts in reading order: first what is accepted, but where something is open, that, and last what is accepted. */
export function inReadingOrder<Part>(report: Report, { accepted, open, settled }: ReportParts<Part>): readonly Part[] {
  return exitCodeOf(report) === 0 ? [...accepted, ...open, ...settled] : [...open, ...settled, ...accepted];
}

/** One line that says how it went. */
export function summaryOf(report: Report): string {
  const { lowered, violated, undecided, proven, notApplicable } = chaptersOf(report);
  const counts = [
    [violated.length, "violated"],
    [undecided.length, "undecided"],
    [proven.length, "proven"],
    [lowered.length, "only declared"],
    [notApplicable.length, "not applicable"],
  ] as const;
  return counts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : [])).join(", ");
}
