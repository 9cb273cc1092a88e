import { Strength } from "../policy/statements";
import { chaptersOf, type Report } from "../verification/answers/verify";
import { verifyCommand } from "../verification/render/commands";
import { oneLine } from "../verification/render/escape";
import type { Annotation } from "./app";

export interface Proof {
  readonly report: Report;
  /** The SHA-256 of `proof.json`, in hexadecimal digits. */
  readonly hash: string;
  /** The output folder. */
  readonly folder: string;
}

/** The line that a proven synth prints at its end. */
export function closingLine({ report, hash, folder }: Proof): string {
  const { proven, accepted, lowered } = chaptersOf(report);
  const strengths = proven.map(({ strength }) => strength);
  const counts = [Strength.ENFORCED, Strength.ASSERTED, Strength.DECLARED]
    .map((strength) => ({ strength, count: strengths.filter((each) => each === strength).length }))
    .flatMap(({ strength, count }) => (count === 0 ? [] : [`${count} ${strength}`]));
  const statements = `${proven.length} ${proven.length === 1 ? "statement" : "statements"} proven`;
  const held = counts.length === 0 ? statements : `${statements} (${counts.join(", ")})`;
  const found = [held, ...named(accepted, "accepted by name"), ...named(lowered, "accepted as declared")].join(", ");
  return `${found}. See what they rest on: ${verifyCommand(folder)}. proof sha256 ${hash}`;
}

function named(results: Report["results"], how: string): readonly string[] {
  const names = results.map(({ environment, statement }) => `${environment} ${statement}`).join(", ");
  return results.length === 0 ? [] : [`${results.length} ${how}: ${names}`];
}

/** How cdktf's CLI names the levels that let a synth go on. */
const REMARKS: Readonly<Record<string, string>> = { "@cdktf/info": "INFO", "@cdktf/warn": "WARN" };

/** One line for each information and warning, as cdktf's CLI prints them. */
export function remarksOf(annotations: readonly Annotation[]): readonly string[] {
  return annotations.flatMap(({ constructPath, level, message }) => {
    const name = REMARKS[level];
    return name === undefined ? [] : [oneLine(`${name} [${constructPath}]: ${message}`)];
  });
}
