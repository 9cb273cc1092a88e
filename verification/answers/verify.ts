import type { Acceptance } from "../result";
import { isOutside } from "../statements/coverage";
import { isLowered, type StatementResult } from "../statements/results";
import type { Model } from "../terraform/model";
import type { Bearing } from "./unknown-things";

/** The results of an app: every statement in every environment, and the types outside the model. */
export interface Report {
  readonly results: readonly StatementResult[];
  /** The types of resources that are outside the model, with how many there are. */
  readonly outside: readonly { readonly type: string; readonly count: number }[];
  /** The files that aren't those that were proven. */
  readonly changed: readonly string[];
}

export function reportOf(model: Model, results: readonly StatementResult[], changed: readonly string[] = []): Report {
  const types = model.resources.map(({ type }) => type).filter(isOutside);
  const outside = [...new Set(types)]
    .sort()
    .map((type) => ({ type, count: types.filter((each) => each === type).length }));
  return { results, outside, changed };
}

/** How a result ended, and how strongly it is held where it is proven. */
export function outcomeInWords({ verdict, strength }: Pick<StatementResult, "verdict" | "strength">): string {
  return strength === undefined ? verdict : `${verdict}, ${strength}`;
}

/** How a command ends that asks whether everything passes: 0 proven, 1 violated, 2 undecided or not what was proven. */
export function exitCodeOf({ results, changed }: Report): 0 | 1 | 2 {
  const open = results.filter(({ passes }) => !passes);
  if (open.some(({ verdict }) => verdict === "violated")) return 1;
  return open.length > 0 || changed.length > 0 ? 2 : 0;
}

/** Results by how they ended. Those that hold but for what their environments accept by name are accepted. */
export function chaptersOf({ results }: Report) {
  const own = results.filter((result) => !isLowered(result));
  const of = (verdict: StatementResult["verdict"]) => own.filter((result) => result.verdict === verdict);
  return {
    lowered: results.filter(isLowered),
    violated: of("violated"),
    undecided: of("undecided"),
    proven: of("proven"),
    accepted: of("accepted"),
    notApplicable: of("not applicable"),
  };
}

/** A decision of an environment, with its statements, beside those that it lowers. */
export interface SharedAcceptance extends Acceptance, Bearing {}

/** The decisions of the environments, each once. Lowered statements have a chapter of their own. */
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
