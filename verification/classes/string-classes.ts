import type { Bytes } from "../../network/rules-language";
import type { Machine } from "./machines/machine";
import { answersFor, productClasses, type StringClass, type StringDomain } from "./product";

/** What makes a witness natural. */
export interface Likely {
  /** Values that people expect to see; the first of a class stands for it. */
  readonly values: readonly Bytes[];
  /** A tidier value that may stand for a class instead of its shortest. */
  readonly tidied: (witness: Bytes) => Bytes;
}

/**
 * The classes of a domain's strings, each with the most natural witness: a likely value, else the shortest.
 *
 * @throws BudgetExceeded when there are too many of them
 */
export function stringClasses(
  domain: StringDomain,
  asked: readonly Machine[],
  { values, tidied }: Likely,
): readonly StringClass[] {
  const likely = new Map<string, Bytes>();
  for (const value of [...values].reverse()) {
    const answers = answersFor(domain, asked, value);
    if (answers !== undefined) likely.set(answers.join(), value);
  }
  const [only] = likely.values();
  if (asked.length === 0 && only !== undefined) return [{ answers: [], witness: only }];
  return productClasses(domain, asked).map(({ answers, witness }) => {
    const tidy = tidied(witness);
    const own = answersFor(domain, asked, tidy)?.join() === answers.join() ? tidy : witness;
    return { answers, witness: likely.get(answers.join()) ?? own };
  });
}
