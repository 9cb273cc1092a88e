import type { StatementId } from "../../../../policy/statements";
import { allOf, type Result } from "../../../../verification/result";
import { DB_1, PORTS_3 } from "../../../../verification/statements/applied/databases";
import { PORTS_4 } from "../../../../verification/statements/applied/key-values";
import { WEB_1_INGRESS } from "../../../../verification/statements/applied/web-services";
import { WORK_1 } from "../../../../verification/statements/applied/workers";
import type { Scene } from "../../../../verification/statements/scene";
import type { Proposition } from "../../../../verification/statements/vocabulary";
import { basisInWords } from "../../../support/basis-in-words";

/** The statements that rest on appliers, of WEB-1 the part on Render. */
const APPLIED = {
  "PORTS-3": PORTS_3,
  "PORTS-4": PORTS_4,
  "WEB-1": WEB_1_INGRESS,
  "DB-1": DB_1,
  "WORK-1": WORK_1,
} as const satisfies Partial<Record<StatementId, readonly Proposition[]>>;

export type AppliedStatement = keyof typeof APPLIED;

export const APPLIED_STATEMENTS = Object.keys(APPLIED) as readonly AppliedStatement[];

/** What is known of a statement in a scene. */
export function judged(statement: AppliedStatement, scene: Scene): Result {
  return allOf(APPLIED[statement].map(({ conclude }) => conclude(scene)));
}

/** A conclusion in words: its verdict, and all that a reader is told of it. */
export function inWords(conclusion: Result): string {
  switch (conclusion.verdict) {
    case "violated": {
      const { counterexample, wrong, controls, change } = conclusion;
      const [by] = controls;
      return `violated: ${counterexample.join(", ")} ${String(wrong)} [${by?.stack ?? ""}${by?.pointer ?? ""}] ${String(change)}`;
    }
    case "undecided":
      return `undecided: ${conclusion.unknown
        .map(({ reason, place }) => `${reason} [${place?.stack ?? ""}${place?.pointer ?? ""}]`)
        .join("; ")}`;
    case "proven":
      return `proven, ${String(conclusion.strength)}: ${basisInWords(conclusion)}`;
    case "not applicable":
      return conclusion.verdict;
  }
}
