import { type StatementId, STATEMENT_IDS } from "../../../policy/statements";
import type { Place, Resource } from "../../terraform/stack";
import type { Unknown } from "../../result";
import { influenceOf } from "../influence";

/** What stands in an app's JSON and isn't understood, before it is asked whom it concerns. */
export interface Suspicion {
  /** The statements that it bears on. */
  readonly statements: readonly StatementId[];
  /** The resource that it stands in. What stands in none concerns every environment. */
  readonly resource?: Resource;
  readonly doubt: Unknown;
}

/** The statements that a resource bears on. */
export function statementsOf({ type }: Resource): readonly StatementId[] {
  return influenceOf(type)?.statements ?? [];
}

/** What may do anything bears on every statement of every environment. */
export function ofEverything(reason: string, place: Place): Suspicion {
  return { statements: STATEMENT_IDS, doubt: { reason, place } };
}
