import { type Problem, shown } from "../../errors/invalid-input";
import { endOfString } from "./end-of-string";
import { repeatedName } from "./repeated-name";

/** What is read: more than any app's JSON has, and little enough to hold. */
const LIMITS = { bytes: 64 * 1024 * 1024, depth: 100 } as const;

/** Why a file of this size isn't read, if it isn't. */
export function whyTooLarge(bytes: number): Omit<Problem, "at"> | undefined {
  return bytes > LIMITS.bytes ? problem(`${bytes} bytes`, `at most ${LIMITS.bytes}`) : undefined;
}

/** What a text holds, or why it can't be read. */
export type Parsed = { readonly value: unknown } | { readonly problem: Omit<Problem, "at"> };

/**
 * Parses JSON that anybody may have written.
 *
 * @see https://github.com/hashicorp/hcl/blob/main/json/spec.md what Terraform makes of a name that stands twice
 */
export function parseJson(text: string): Parsed {
  if (depthOf(text) > LIMITS.depth)
    return { problem: problem("JSON that nests without end", `at most ${LIMITS.depth} levels`) };
  try {
    const value: unknown = JSON.parse(text);
    const repeated = repeatedName(text);
    if (repeated === undefined) return { value };
    return { problem: problem(`${shown(repeated)} twice`, "each name once in an object: Terraform would read both") };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: problem(text.trim() === "" ? "an empty file" : shown(reason), "JSON, whole") };
  }
}

function problem(got: string, allowed: string): Omit<Problem, "at"> {
  return { got, allowed, change: "synthesize again" };
}

/** How deep the braces and brackets outside of strings nest. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') at = endOfString(text, at);
    if (sign === "{" || sign === "[") deepest = Math.max(deepest, (depth += 1));
    if (sign === "}" || sign === "]") depth -= 1;
  }
  return deepest;
}
