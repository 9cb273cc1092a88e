import { z } from "zod";
import { members } from "./members";
import { ACCEPTABLE_QUESTIONS, type AcceptableQuestion } from "./question";
import { literal, object, reason as words } from "./shapes";
import { STATEMENT_IDS, type StatementId } from "./statements";

/** A decision of an environment, with its reason. Every report leads with these. */
export type Accept = LoweredStatement | AcceptedStack | AcceptedResource | AcceptedThing;

interface Decision {
  /** Why it may be so, in one line that an auditor can judge. */
  readonly reason: string;
}

/** A statement that the environment lowers by name: it is only written down. */
export interface LoweredStatement extends Decision {
  readonly kind: "declared";
  readonly statement: StatementId;
}

/** A stack in the app that belongs to no environment, such as another team's. */
export interface AcceptedStack extends Decision {
  readonly kind: "stack";
  /** The stack's name, as the app gives it. */
  readonly stack: string;
}

/** One question about one resource, or one rule of it, that the proof can't answer and people can. */
export interface AcceptedResource extends Decision {
  readonly kind: "resource";
  readonly stack: string;
  /** As the tool prints it: `<type>.<name>`, or `<type>.<name>.rules[<index>]`. */
  readonly address: string;
  readonly question: AcceptableQuestion;
  /** The digest of everything that was looked at, as the tool prints it: 16 hexadecimal digits. */
  readonly digest: string;
}

/** A thing that the inventory finds on a platform, or a warning of `lint`. */
export interface AcceptedThing extends Decision {
  readonly kind: "thing";
  /** Its id as it is printed: `<platform>/<kind>/<id>`, or `finding:<stack>:<rule>:...`. */
  readonly id: string;
}

const reason = words.regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u, { error: "the reason, in one line of visible characters" });

const stack = literal(/^(?!__proto__$)[A-Za-z0-9_-]+$/, "the name of a stack: letters, digits, - and _");

export const acceptSchema = z.discriminatedUnion(
  "kind",
  [
    object({
      kind: z.literal("declared"),
      statement: z.enum(STATEMENT_IDS, { error: `the id of a statement: ${STATEMENT_IDS.join(", ")}` }),
      reason,
    }),
    object({ kind: z.literal("stack"), stack, reason }),
    object({
      kind: z.literal("resource"),
      stack,
      address: literal(
        /^[a-z]\w*\.[A-Za-z_][\w-]*(?:\.rules\[\d+\])?$/,
        "the address of one resource, as verify prints it",
      ),
      question: z.enum(ACCEPTABLE_QUESTIONS, { error: `a question: ${ACCEPTABLE_QUESTIONS.join(", ")}` }),
      digest: literal(/^[0-9a-f]{16}$/, "the digest that verify prints: 16 hexadecimal digits"),
      reason,
    }),
    object({
      kind: z.literal("thing"),
      id: literal(
        /^(?:(?:cloudflare|render|supabase)\/[a-z0-9-]+\/[A-Za-z0-9._:/-]+|finding:\S+)$/,
        "an id as the inventory or lint prints it: <platform>/<kind>/<the platform's id>, or finding:<stack>:<rule>:...",
      ),
      reason,
    }),
  ],
  { error: "an entry made by Accept.declared, Accept.stack, Accept.resource or Accept.thing" },
);

/** The one list of all that an environment lowers or accepts. Each entry is exact: there are no patterns. */
export const Accept = members("Accept", {
  /** Accepts that the statement is only written down in this environment. */
  declared(statement: StatementId, reason: string): LoweredStatement {
    return { kind: "declared", statement, reason };
  },
  /** Accepts that a stack in the app belongs to no environment. One environment of an app is enough. Its resources are still judged. */
  stack(stack: string, reason: string): AcceptedStack {
    return { kind: "stack", stack, reason };
  },
  /**
   * Accepts one question about one existing thing. `verify` prints the whole line to paste, where one can be accepted.
   * It removes that question and nothing else: all that is known of the thing is still judged. It is an error as soon
   * as the question is gone or its digest is another.
   */
  resource(
    stack: string,
    address: string,
    question: AcceptableQuestion,
    digest: string,
    reason: string,
  ): AcceptedResource {
    return { kind: "resource", stack, address, question, digest, reason };
  },
  /** Accepts a thing that `inventory` finds outside the JSON, or a warning of `lint`, by the id that it prints. */
  thing(id: string, reason: string): AcceptedThing {
    return { kind: "thing", id, reason };
  },
});

/** The entries of a kind. */
export function acceptedAs<Kind extends Accept["kind"]>(
  kind: Kind,
  accept: readonly Accept[] = [],
): readonly Extract<Accept, { readonly kind: Kind }>[] {
  return accept.filter((each): each is Extract<Accept, { readonly kind: Kind }> => each.kind === kind);
}

/** The subject of an entry: two entries of one environment never have the same. */
export function subjectOf(accept: Accept): string {
  switch (accept.kind) {
    case "declared":
      return accept.statement;
    case "stack":
      return accept.stack;
    case "resource":
      return `${accept.stack} ${accept.address} ${accept.question}`;
    case "thing":
      return accept.id;
  }
}

/** The thing that an entry accepts, in words. */
export function inWords(accept: Accept): string {
  switch (accept.kind) {
    case "declared":
      return `${accept.statement} is only declared`;
    case "stack":
      return `the stack ${accept.stack} belongs to no environment`;
    case "resource":
      return `the question "${accept.question}" about ${accept.address} of ${accept.stack}`;
    case "thing":
      return `${accept.id} may be there`;
  }
}

/** The line that accepts a question about a thing, but for the reason. */
export function resourceLine({ stack, address, question, digest }: Omit<AcceptedResource, "kind" | "reason">): string {
  return `Accept.resource(${[stack, address, question, digest].map((part) => JSON.stringify(part)).join(", ")}, reason)`;
}

/** Whether an environment with these acceptances holds a statement, instead of lowering it. */
export function holdsStatement(accept: readonly Accept[], statement: StatementId): boolean {
  return !acceptedAs("declared", accept).some((accepted) => accepted.statement === statement);
}

/** The change that lowers a statement of an environment, as a problem says it. */
export function acceptanceOf(statement: StatementId, environment: string): string {
  return `add Accept.declared("${statement}", reason) to ${environment}.accept`;
}
