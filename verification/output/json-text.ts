import type { Problem } from "../../errors/invalid-input";
import { shown } from "../../errors/invalid-input";

/** What is read: more than any app's JSON has, and little enough to hold. */
const LIMITS = { bytes: 64 * 1024 * 1024, depth: 100 } as const;

/** What a text holds, or why it can't be read. */
export type Parsed = { readonly value: unknown } | { readonly problem: Omit<Problem, "at"> };

/** Parses JSON that anybody may have written. */
export function parseJson(text: string): Parsed {
  if (text.length > LIMITS.bytes) return refused(`${text.length} characters`, `at most ${LIMITS.bytes}`);
  if (depthOf(text) > LIMITS.depth) return refused("JSON that nests without end", `at most ${LIMITS.depth} levels`);
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refused(text.trim() === "" ? "an empty file" : shown(reason), "JSON, whole");
  }
}

function refused(got: string, allowed: string): Parsed {
  return { problem: { got, allowed, change: "synthesize again" } };
}

/** How deep the braces and brackets outside of strings nest. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [sign] of text.matchAll(/"(?:[^"\\]|\\[\s\S])*"|[{}[\]]/g)) {
    if (sign === "{" || sign === "[") deepest = Math.max(deepest, (depth += 1));
    if (sign === "}" || sign === "]") depth -= 1;
  }
  return deepest;
}
