import type { StatementId } from "../../../policy/statements";
import { allOf, type Result } from "../../../verification/result";
import type { Assertions } from "../../../verification/statements/assertion";
import { DB_1 } from "../../../verification/statements/db-1";
import { PORTS_3 } from "../../../verification/statements/ports-3";
import { PORTS_4 } from "../../../verification/statements/ports-4";
import { WEB_1_ON_RENDER } from "../../../verification/statements/web-1";
import { WORK_1 } from "../../../verification/statements/work-1";
import type { Scene } from "../../../verification/statements/scene";
import { basisInWords } from "../../support/basis-in-words";

/** The statements that rest on appliers, of WEB-1 the part on Render. */
const APPLIED = {
  "PORTS-3": PORTS_3,
  "PORTS-4": PORTS_4,
  "WEB-1": WEB_1_ON_RENDER,
  "DB-1": DB_1,
  "WORK-1": WORK_1,
} as const satisfies Partial<Record<StatementId, Assertions>>;

export type AppliedStatement = keyof typeof APPLIED;

export const APPLIED_STATEMENTS = Object.keys(APPLIED) as readonly AppliedStatement[];

export function judged(statement: AppliedStatement, scene: Scene): Result {
  return allOf(APPLIED[statement].map(({ check }) => check(scene)));
}

/** A result in words: its verdict, and all that a reader is told of it. */
export function inWords(result: Result): string {
  switch (result.verdict) {
    case "violated": {
      const { counterexample, wrong, controls, change } = result;
      const [by] = controls;
      return `violated: ${counterexample.join(", ")} ${String(wrong)} [${by?.stack ?? ""}${by?.pointer ?? ""}] ${String(change)}`;
    }
    case "undecided":
      return `undecided: ${result.unknown
        .map(({ reason, place }) => `${reason} [${place?.stack ?? ""}${place?.pointer ?? ""}]`)
        .join("; ")}`;
    case "proven":
      return `proven, ${String(result.strength)}: ${basisInWords(result)}`;
    case "accepted":
    case "not applicable":
      return result.verdict;
  }
}
