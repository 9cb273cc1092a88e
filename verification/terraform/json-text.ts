import { shown } from "../../errors/invalid-input";
import { child } from "./json";
import type { FileProblem } from "./source";

/** The most bytes of JSON that are read: more than any app has, and little enough to hold. */
export const LARGEST_JSON = 64 * 1024 * 1024;

/** The most levels of lists and objects. */
const DEEPEST = 100;

/** What a text holds, or why it can't be read. */
export type Parsed = { readonly value: unknown } | { readonly problem: FileProblem };

/**
 * Parses JSON that anybody may have written.
 *
 * @see https://github.com/hashicorp/hcl/blob/main/json/spec.md what Terraform makes of a name that stands twice
 */
export function parseJson(text: string): Parsed {
  if (depthOf(text) > DEEPEST) return { problem: problem("JSON that nests without end", `at most ${DEEPEST} levels`) };
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

function problem(got: string, allowed: string): FileProblem {
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

/** A list or an object that is open where the text is read. */
interface Container {
  /** The member or element that is read. */
  at: string | number;
  readonly names: Set<string>;
}

/**
 * Where an object has the second member of a name, as a JSON pointer. Terraform reads both, and `JSON.parse` the last one
 * alone.
 *
 * @param text JSON, whole
 * @see https://github.com/hashicorp/hcl/blob/main/json/spec.md
 */
function repeatedName(text: string): string | undefined {
  const open: Container[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    const container = open.at(-1);
    if (sign === "{" || sign === "[") open.push({ at: sign === "[" ? 0 : "", names: new Set() });
    if (sign === "}" || sign === "]") open.pop();
    if (sign === "," && typeof container?.at === "number") container.at += 1;
    if (sign !== '"') continue;
    const end = endOfString(text, at);
    if (container !== undefined && isName(text, end)) {
      container.at = JSON.parse(text.slice(at, end + 1)) as string;
      if (container.names.has(container.at)) return open.map((each) => each.at).reduce(child, "");
      container.names.add(container.at);
    }
    at = end;
  }
  return undefined;
}

/** Whether a string that ends here is the name of a member. */
function isName(text: string, end: number): boolean {
  let at = end + 1;
  while (SPACE.has(text[at] ?? "")) at += 1;
  return text[at] === ":";
}

const SPACE: ReadonlySet<string> = new Set([" ", "\t", "\n", "\r"]);

/**
 * Where the quote is that ends a string of JSON; the end of the text where none does. A loop, since a pattern would fall
 * over a long string.
 *
 * @param start where the quote is that begins it
 */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}
