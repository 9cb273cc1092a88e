import type { StatementId } from "../../../policy/statements";
import type { Resource } from "../../model/terraform/stack";
import type { Doubt } from "../conclusion";
import { familyOf, influenceOf } from "../influence";

/** What stands in an app's JSON and isn't understood, before it is asked whom it concerns. */
export interface Suspicion {
  /** The statements that it bears on. */
  readonly statements: readonly StatementId[];
  /** The resource that it stands in. What stands in none concerns every environment. */
  readonly resource?: Resource;
  readonly doubt: Doubt;
}

/** The statements that a resource bears on. A provisioner may do whatever its platform's resources do, whichever it stands in. */
export function statementsOf({ type, body }: Resource): readonly StatementId[] {
  const { statements = [] } = influenceOf(type) ?? {};
  return "provisioner" in body ? [...statements, ...familyOf(type)] : statements;
}
