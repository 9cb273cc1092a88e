import { IMPLEMENTATIONS } from "./functions";
import { isArray } from "./request";
import { known, MISSING, type Outcome, type RuntimeValue, unknown } from "./values";

/**
 * The result of a function for arguments that may be missing or unknown. A missing argument makes the result missing,
 * except for `concat`, which leaves it out.
 */
export function callFunction(name: string, given: readonly Outcome[]): Outcome {
  if (name === "concat") return concat(given);
  if (given.some(({ kind }) => kind === "missing")) return MISSING;
  const open = reasonsOf(given);
  if (open.length > 0) return unknown(...open);
  const result = IMPLEMENTATIONS.get(name)?.(...valuesOf(given));
  return result === undefined
    ? unknown(`the result of ${name}() for these arguments is not documented`)
    : known(result);
}

/** Joins strings or arrays: cloudflare/wirefilter (commit af1a1e9) engine/src/functions/concat.rs. */
function concat(given: readonly Outcome[]): Outcome {
  const open = reasonsOf(given);
  if (open.length > 0) return unknown(...open);
  const values = valuesOf(given);
  if (values.length === 0) return unknown("what concat() gives for missing values alone is not documented");
  return known(values.every(isArray) ? values.flat() : values.join(""));
}

function valuesOf(outcomes: readonly Outcome[]): readonly RuntimeValue[] {
  return outcomes.flatMap((outcome) => (outcome.kind === "known" ? [outcome.value] : []));
}

function reasonsOf(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.flatMap((outcome) => (outcome.kind === "unknown" ? outcome.reasons : []));
}
