import { endOfString } from "./end-of-string";
import { child } from "./json";

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
export function repeatedName(text: string): string | undefined {
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
