import { Strength } from "../policy/statements";
import { verifyCommand } from "../verification/render/commands";
import { chaptersOf, type Report } from "../verification/answers/verify";

export interface Proof {
  readonly report: Report;
  /** The SHA-256 of `proof.json`, in hexadecimal digits. */
  readonly hash: string;
  /** The output folder. */
  readonly folder: string;
}

/** The line by which a synth says what it has proven. */
export function closingLine({ report, hash, folder }: Proof): string {
  const { proven, lowered } = chaptersOf(report);
  const strengths = proven.map(({ strength }) => strength);
  const counts = [Strength.ENFORCED, Strength.ASSERTED, Strength.DECLARED]
    .map((strength) => ({ strength, count: strengths.filter((each) => each === strength).length }))
    .flatMap(({ strength, count }) => (count === 0 ? [] : [`${count} ${strength}`]));
  const statements = `${proven.length} ${proven.length === 1 ? "statement" : "statements"} proven`;
  const held = counts.length === 0 ? statements : `${statements} (${counts.join(", ")})`;
  const accepted = lowered.map(({ environment, statement }) => `${environment} ${statement}`).join(", ");
  const found = lowered.length === 0 ? held : `${held}, ${lowered.length} accepted as declared: ${accepted}`;
  return `${found}. What they rest on: ${verifyCommand(folder)}. proof sha256 ${hash}`;
}
