import { type Check, type Unasked, type Judgement, worstOf } from "../../../operations/probe/check";
import { ask } from "../../../operations/probe/ask";
import type { StandInInternet } from "../../../rehearsal/internet";

/** Puts the questions of the checks that expect something, and judges the answers by what was expected. */
export async function judged(
  internet: StandInInternet,
  checks: readonly (Check | Unasked)[],
  expects = /^/,
): Promise<readonly Judgement[]> {
  const chosen = checks.filter((check): check is Check => "question" in check && expects.test(check.expects));
  if (chosen.length === 0) throw new Error(`no check expects ${String(expects)}`);
  return Promise.all(
    chosen.map(async ({ question, judge }) => {
      const [first, ...others] = await ask(question, internet.dialler);
      return worstOf(judge(first), ...others.map(judge));
    }),
  );
}

/** Runs `use` with an Internet that ends with it. */
export async function during<T>(internet: StandInInternet, use: (internet: StandInInternet) => Promise<T>): Promise<T> {
  try {
    return await use(internet);
  } finally {
    await internet.stop();
  }
}
