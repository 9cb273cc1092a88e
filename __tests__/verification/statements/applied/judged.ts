import type { StatementId } from "../../../../policy/statements";
import { allOf, type Conclusion } from "../../../../verification/statements/conclusion";
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
export function judged(statement: AppliedStatement, scene: Scene): Conclusion {
  return allOf(APPLIED[statement].map(({ conclude }) => conclude(scene)));
}

/** A conclusion in words: its verdict, and all that a reader is told of it. */
export function inWords(conclusion: Conclusion): string {
  switch (conclusion.kind) {
    case "violated": {
      const { witnesses, what, by, change } = conclusion;
      return `violated: ${witnesses.join(", ")} ${what} [${by?.stack ?? ""}${by?.pointer ?? ""}] ${change}`;
    }
    case "undecided":
      return `undecided: ${conclusion.doubts
        .map(({ reason, place }) => `${reason} [${place?.stack ?? ""}${place?.pointer ?? ""}]`)
        .join("; ")}`;
    case "proven":
      return `proven, ${conclusion.strength}: ${basisInWords(conclusion)}`;
    case "not applicable":
      return conclusion.kind;
  }
}
