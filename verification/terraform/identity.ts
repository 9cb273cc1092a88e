import { isObject } from "./json";
import { sha256 } from "./source";

/**
 * Whether an id is written as it is. The ids of Cloudflare, Render and Supabase consist of these signs; a text
 * with another sign, such as an interpolation, a directive or a rounded number, may stand for any id.
 */
export const isKnownId = (text: string): boolean => /^[\w-]+$/.test(text);

/** Whether two ids may be of one thing: they are of two only where both are known and differ. */
export function mayBeSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase() || !isKnownId(one) || !isKnownId(other);
}

/**
 * A place by names and not by positions, so that what is added before or behind it doesn't change it: a resource by its
 * address, a rule by its `ref`, another element of a list by what it holds.
 *
 * @param json a stack's Terraform JSON
 * @param pointer a JSON pointer into it: https://www.rfc-editor.org/rfc/rfc6901
 * @returns the names on the way there; none for the whole stack
 */
export function canonicalPlace(json: unknown, pointer: string): readonly string[] {
  const names: string[] = [];
  let value = json;
  for (const key of keysIn(pointer)) {
    // A resource's body may stand in a list of one.
    const isBody = names.length === BODY && Array.isArray(value) && value.length === 1;
    if (!isBody) names.push(Array.isArray(value) ? nameIn(value, Number(key)) : key);
    value = memberOf(value, key);
  }
  const [block, type = "", name, ...rest] = names;
  return block === "resource" && name !== undefined ? [`${type}.${name}`, ...rest] : names;
}

/** How many names lead to a resource's body: `resource`, its type and its name. */
const BODY = 3;

/** What stands at a place; undefined where nothing does. */
export function valueAt(json: unknown, pointer: string): unknown {
  return keysIn(pointer).reduce(memberOf, json);
}

function keysIn(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** An element's name; of those with the same one, the second has a number. */
function nameIn(list: readonly unknown[], index: number): string {
  const name = ownName(list[index]);
  const earlier = list.slice(0, index).filter((each) => ownName(each) === name).length;
  return earlier === 0 ? name : `${name} (${earlier + 1})`;
}

function ownName(element: unknown): string {
  if (!isObject(element)) return typeof element === "string" ? element : JSON.stringify(element ?? null);
  const { ref } = element;
  return typeof ref === "string" ? ref : sha256(JSON.stringify(element)).slice(0, 8);
}

function memberOf(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
