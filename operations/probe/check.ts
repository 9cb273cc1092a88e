import type { AddressSet } from "../../network/address-set";
import type { StatementId } from "../../policy/statements";
import type { Judgement } from "./judgement";
import type { Answer, Question } from "./question";

/** One question, and what its answer means for the policy. */
export interface Check {
  /** The statements that it looks at. */
  readonly statements: readonly StatementId[];
  /** What has to be seen, and where. */
  readonly expects: string;
  readonly question: Question;
  readonly judge: (answer: Answer) => Judgement;
  /**
   * Addresses that are let in: from one of them, the check proves nothing.
   *
   * @default - nobody is let in
   */
  readonly admitted?: AddressSet;
  /**
   * The host whose block is what holds: where all of it is blocked from here, the check proves nothing.
   *
   * @default - the check doesn't rest on a block
   */
  readonly blockedBy?: string;
}

/** What would have to be seen, but can't be asked. */
export interface Unasked extends Pick<Check, "statements" | "expects"> {
  /** Why it can't be asked, and what to do. */
  readonly unasked: string;
}
