import { shown } from "./invalid-input";
import { type FileProblem, textOfFile } from "./user-file";

/** The most levels of lists and objects. */
const DEEPEST = 100;

/**
 * The most values that are read of all texts together: a hundred times those of an environment with every construct, and few
 * enough to hold.
 */
export const MOST_VALUES = 350_000;

/** The value of a text and how many values are in it, or why it can't be read. */
export type Parsed = { readonly value: unknown; readonly values: number } | { readonly problem: FileProblem };

/**
 * Parses JSON that anybody may have written. Its nesting and its values are counted before anything is made of them.
 *
 * @param most the most values, those of lists and objects included
 * @see https://github.com/hashicorp/hcl/blob/main/json/spec.md what Terraform makes of a name that stands twice
 */
export function parseJson(text: string, most: number = MOST_VALUES): Parsed {
  const { isTooDeep, values, repeated } = faultsOf(text, most);
  if (isTooDeep) return problem("JSON that nests without end", `at most ${DEEPEST} levels`);
  if (values > most)
    return problem(`more than ${most} values`, `at most ${most}, and ${MOST_VALUES} in all files together`);
  try {
    const value: unknown = JSON.parse(text);
    if (repeated === undefined) return { value, values };
    return problem(`${shown(repeated)} twice`, "each name once in an object: Terraform would read both");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return problem(text.trim() === "" ? "an empty file" : shown(reason), "JSON, whole");
  }
}

/**
 * Reads a JSON file of a user.
 *
 * @returns undefined where there is no file
 */
export function jsonOfFile(path: string): Parsed | undefined {
  const read = textOfFile(path);
  return read !== undefined && "text" in read ? parseJson(read.text) : read;
}

/** The value of a text that is JSON; undefined where it is none, or can't be read. */
export function jsonOf(text: string): unknown {
  const parsed = parseJson(text);
  return "value" in parsed ? parsed.value : undefined;
}

const problem = (got: string, allowed: string): { readonly problem: FileProblem } => ({ problem: { got, allowed } });

/** The pointer of a member or an element: https://www.rfc-editor.org/rfc/rfc6901 */
export const child = (pointer: string, key: string | number): string =>
  `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** A list or an object that is open where the text is read. */
interface Container {
  /** The member or element that is read. */
  at: string | number;
  /** The names of an object's members; nothing before the first. */
  names?: Set<string>;
}

/** The signs that begin strings, and of which lists and objects are made. */
const SIGN = /["{}[\],]/g;

/** The faults of a text. */
interface Faults {
  readonly isTooDeep: boolean;
  /** How many values are in it; beyond the most, counted no further. */
  readonly values: number;
  readonly repeated?: string;
}

/**
 * The faults of a text that `JSON.parse` may read. `repeated` counts only for JSON.
 *
 * `repeated` is where an object has the second member of a name, as a JSON pointer. Terraform reads both, and `JSON.parse`
 * the last one alone.
 *
 * @see https://github.com/hashicorp/hcl/blob/main/json/spec.md
 */
function faultsOf(text: string, most: number): Faults {
  const open: Container[] = [];
  let values = 1;
  let repeated: string | undefined;
  SIGN.lastIndex = 0;
  while (SIGN.test(text)) {
    const at = SIGN.lastIndex - 1;
    const sign = text[at];
    const container = open.at(-1);
    const isOpened = sign === "{" || sign === "[";
    if (isOpened) open.push({ at: sign === "[" ? 0 : "" });
    // Each list and each object may have a first value, and as many others as it has commas.
    if (isOpened || sign === ",") values += 1;
    if (open.length > DEEPEST || values > most) return { isTooDeep: open.length > DEEPEST, values };
    if (sign === "}" || sign === "]") open.pop();
    if (sign === "," && typeof container?.at === "number") container.at += 1;
    if (sign !== '"') continue;
    const end = endOfString(text, at);
    SIGN.lastIndex = end + 1;
    if (container === undefined || !isName(text, end)) continue;
    container.at = nameOf(text.slice(at, end + 1));
    container.names ??= new Set();
    if (container.names.has(container.at)) repeated ??= open.map((each) => each.at).reduce(child, "");
    container.names.add(container.at);
  }
  return { isTooDeep: false, values, ...(repeated === undefined ? {} : { repeated }) };
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
