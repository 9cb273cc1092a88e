/** A question about a thing that isn't understood. */
interface Row {
  /** The question, in words that complete "it is unknown". */
  readonly asks: string;
  /**
   * Why no environment can accept it. @default - it can, for a thing that stands beside those that the policies name
   */
  readonly refused?: string;
}

const MAY_DO_ANYTHING = "it may do anything";
const RESTED_ON = "a statement rests on it";

/**
 * The one thing about something unknown that the proof can't answer.
 *
 * An environment may accept a question by name where no statement rests on the thing. Nor may the thing change or
 * switch off anything that a statement rests on. Then the worst answer is something new under a name that no policy
 * has. For everything else only `Accept.declared` is honest.
 */
export const QUESTIONS = {
  target: { asks: "what the target of a record serves" },
  repeat: { asks: "how many there are: count, for_each, dynamic" },
  lifecycle: { asks: "what Terraform leaves as others change it, or replaces: ignore_changes, replace_triggered_by" },
  condition: { asks: "when a rule matches" },
  action: { asks: "what a rule does" },
  parameters: { asks: "how a rule does it" },
  type: { asks: "what a resource of this type does", refused: "it may change what statements rest on" },
  authority: { asks: "what people or programs do with the rights that it gives", refused: MAY_DO_ANYTHING },
  adopted: {
    asks: "what an import, moved or removed block changes of what is live",
    refused: "the JSON doesn't show what is live",
  },
  provider: { asks: "which provider manages it, at which version or address", refused: MAY_DO_ANYTHING },
  program: { asks: "what a program does where the apply runs", refused: MAY_DO_ANYTHING },
  stack: { asks: "whose stack it is", refused: "only a whole stack is accepted, by Accept.stack" },
  identity: {
    asks: "which zone, account, repository, host or file it is",
    refused: "it may be one that a policy names",
  },
  owner: { asks: "which of several owners has the last word", refused: RESTED_ON },
  value: { asks: "a value that only the apply knows, or that isn't modelled", refused: RESTED_ON },
  text: { asks: "what a text in a repository does", refused: RESTED_ON },
  secret: { asks: "where a secret goes", refused: "whoever learns a secret may do all that it opens" },
  budget: { asks: "what telling all requests apart would cost", refused: "the proof didn't look at all requests" },
  acceptance: { asks: "what an acceptance is for", refused: "it is no longer true" },
} as const satisfies Readonly<Record<string, Row>>;

export type Question = keyof typeof QUESTIONS;

/** The questions that an environment may accept by name, of a thing that allows it. */
export type AcceptableQuestion = {
  [Name in Question]: (typeof QUESTIONS)[Name] extends { readonly refused: string } ? never : Name;
}[Question];

/** Why a question can't be accepted of any thing; undefined where it can of some. */
export function refusalOf(question: Question): string | undefined {
  const row: Row = QUESTIONS[question];
  return row.refused;
}

export const ACCEPTABLE_QUESTIONS: readonly AcceptableQuestion[] = (Object.keys(QUESTIONS) as Question[]).filter(
  (question): question is AcceptableQuestion => refusalOf(question) === undefined,
);
