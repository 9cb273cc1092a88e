/**
 * The one thing about something unknown that the proof can't answer.
 *
 * An environment may accept a question by name where two things hold. People may know the answer, which this table says. And the
 * thing stands beside what the policies name: no statement rests on it, and it can't change or switch off what does. Then the
 * worst answer is something new under a name that no policy has. Everything else can only be lowered, by `Accept.declared`.
 */
export type Question = keyof typeof QUESTIONS;

interface Row {
  /** The question, in words that complete "it is unknown". */
  readonly asks: string;
  /** Why it can't be accepted. @default - it can, for a thing that stands beside what the policies name */
  readonly refused?: string;
}

const MAY_DO_ANYTHING = "it may do anything";
const RESTED_ON = "a statement rests on it";

const QUESTIONS = {
  target: { asks: "what the target of a record serves" },
  repeat: { asks: "how many there are: count, for_each, dynamic" },
  lifecycle: { asks: "what Terraform leaves as others change it, or replaces: ignore_changes, replace_triggered_by" },
  condition: { asks: "when a rule matches" },
  action: { asks: "what a rule does" },
  parameters: { asks: "how a rule does it" },
  type: { asks: "what a resource of this type does", refused: "it may change what the statements rest on" },
  authority: { asks: "what people or programs do with the rights that it gives", refused: MAY_DO_ANYTHING },
  adopted: {
    asks: "what an import, moved or removed block changes of what is live",
    refused: "no body says what is live",
  },
  provider: { asks: "which provider manages it, at which version or address", refused: MAY_DO_ANYTHING },
  program: { asks: "what a program does where the apply runs", refused: MAY_DO_ANYTHING },
  stack: { asks: "whose stack it is", refused: MAY_DO_ANYTHING },
  identity: { asks: "which zone, account, repository, host or file it is", refused: "it may be one of the policies'" },
  owner: { asks: "which of several owners has the last word", refused: RESTED_ON },
  value: { asks: "a value that only the apply knows, or that isn't modelled", refused: RESTED_ON },
  text: { asks: "what a text in a repository does", refused: RESTED_ON },
  secret: { asks: "where a secret goes", refused: "whoever learns a secret may do anything that it opens" },
  budget: { asks: "what telling all requests apart would cost", refused: "no proof looked at all requests" },
  acceptance: { asks: "what an acceptance is for", refused: "it is no longer true, and has to go" },
} as const satisfies Readonly<Record<string, Row>>;
