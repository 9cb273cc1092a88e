import { shown } from "../../errors/invalid-input";
import { child } from "./json";
import type { FileProblem } from "./source";

/** The most bytes of JSON that are read: more than any app has, and little enough to hold. */
export const LARGEST_JSON = 64 * 1024 * 1024;

/** The most levels of lists and objects. */
const DEEPEST = 100;

/** The value of a text, or why it can't be read. */
export type Parsed = { readonly value: unknown } | { readonly problem: FileProblem };

/**
 * Parses JSON that anybody may have written.
 *
 * @see https://github.com/hashicorp/hcl/blob/main/json/spec.md what Terraform makes of a name that stands twice
 */
export function parseJson(text: string): Parsed {
  const { isTooDeep, repeated } = faultsOf(text);
  if (isTooDeep) return { problem: problem("JSON that nests without end", `at most ${DEEPEST} levels`) };
  try {
    const value: unknown = JSON.parse(text);
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

/** A list or an object that is open where the text is read. */
interface Container {
  /** The member or element that is read. */
  at: string | number;
  readonly names: Set<string>;
}

/** The signs that begin strings, and of which lists and objects are made. */
const SIGN = /["{}[\],]/g;

/**
 * The faults of a text that `JSON.parse` may read. Of a text that isn't JSON, only `isTooDeep` is meaningful.
 *
 * `repeated` is where an object has the second member of a name, as a JSON pointer. Terraform reads both, and `JSON.parse`
 * the last one alone.
 *
 * @see https://github.com/hashicorp/hcl/blob/main/json/spec.md
 */
function faultsOf(text: string): { readonly isTooDeep: boolean; readonly repeated?: string } {
  const open: Container[] = [];
  let repeated: string | undefined;
  SIGN.lastIndex = 0;
  while (SIGN.test(text)) {
    const at = SIGN.lastIndex - 1;
    const sign = text[at];
    const container = open.at(-1);
    if (sign === "{" || sign === "[") open.push({ at: sign === "[" ? 0 : "", names: new Set() });
    if (open.length > DEEPEST) return { isTooDeep: true };
    if (sign === "}" || sign === "]") open.pop();
    if (sign === "," && typeof container?.at === "number") container.at += 1;
    if (sign !== '"') continue;
    const end = endOfString(text, at);
    SIGN.lastIndex = end + 1;
    if (container === undefined || !isName(text, end)) continue;
    container.at = nameOf(text.slice(at, end + 1));
    if (container.names.has(container.at)) repeated ??= open.map((each) => each.at).reduce(child, "");
    container.names.add(container.at);
  }
  return { isTooDeep: false, ...(repeated === undefined ? {} : { repeated }) };
}

/** The content of a JSON string; of a malformed one, its text. */
function nameOf(string: string): string {
  if (!string.includes("\\")) return string.slice(1, -1);
  try {
    return JSON.parse(string) as string;
  } catch {
    return string;
  }
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
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

/** Whether an odd number of backslashes stands before a quote within a string. */
function isEscaped(text: string, quote: number): boolean {
  let at = quote;
  while (text[at - 1] === "\\") at -= 1;
  return (quote - at) % 2 === 1;
}
