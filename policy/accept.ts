import { z } from "zod";
import { members } from "./members";
import { literal, object, reason } from "./shapes";
import { STATEMENT_IDS, type StatementId, Strength } from "./statements";

/** A statement that an environment lowers by name and with a reason. Every report leads with these. */
export interface Accept {
  readonly statement: StatementId;
  readonly strength: Strength.DECLARED;
  /** Why it can't hold here, in words that an auditor can judge. */
  readonly reason: string;
}

export const acceptSchema = object(
  {
    statement: z.enum(STATEMENT_IDS, { error: `the id of a statement: ${STATEMENT_IDS.join(", ")}` }),
    strength: z.literal(Strength.DECLARED, { error: "declared: an entry made by Accept.declared(id, reason)" }),
    reason,
  },
  "an entry made by Accept.declared(id, reason)",
);

/** A stack in the app that belongs to no environment, such as another team's. */
export interface AcceptedStack {
  /** The stack's name, as the app gives it. */
  readonly stack: string;
  /** Why it may be there, in words that an auditor can judge. */
  readonly reason: string;
}

export const acceptedStackSchema = object(
  {
    stack: literal(/^(?!__proto__$)[A-Za-z0-9_-]+$/, "the name of a stack: letters, digits, - and _"),
    reason,
  },
  "an entry made by Accept.stack(name, reason)",
);

export const Accept = members("Accept", {
  /** Accepts that a stack in the app belongs to no environment. Its known resources are still judged. */
  stack(stack: string, reason: string): AcceptedStack {
    return { stack, reason };
  },
  /** Accepts that the statement is only written down in this environment. */
  declared(statement: StatementId, reason: string): Accept {
    return { statement, strength: Strength.DECLARED, reason };
  },
});

/** Whether an environment with these acceptances holds a statement, instead of lowering it. */
export function holdsStatement(accept: readonly Accept[], statement: StatementId): boolean {
  return !accept.some((accepted) => accepted.statement === statement);
}

/** The change that lowers a statement of an environment, as a problem says it. */
export function acceptanceOf(statement: StatementId, environment: string): string {
  return `add Accept.declared("${statement}", reason) to ${environment}.accept`;
}
