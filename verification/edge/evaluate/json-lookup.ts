import { type Bytes, bytesOf, textOf } from "../../../network/rules-language";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"(\s*:)?|-?\d+(?:[.eE][-+.\deE]*)?/gs;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The plain integer or the string at a path in a JSON document.
 *
 * @param path attribute names, and positions from 0
 * @returns the value; undefined where no documentation states it: the text is no JSON, the path leads nowhere or to
 *   another type, an attribute is repeated, or a number is no plain integer
 *
 * Source: https://developers.cloudflare.com/ruleset-engine/rules-language/functions/#lookup_json_string
 */
export function lookupJson(
  document: Bytes,
  path: readonly (Bytes | bigint)[],
  wanted: "string" | "integer",
): Bytes | bigint | undefined {
  const root = read(document);
  const found = root === undefined ? undefined : path.reduce<Json | undefined>(step, root);
  if (wanted === "integer") return Number.isSafeInteger(found) ? BigInt(found as number) : undefined;
  return typeof found === "string" && !LONE_SURROGATE.test(found) ? bytesOf(found) : undefined;
}

function read(document: Bytes): Json | undefined {
  const text = textOf(document);
  if (text === undefined) return undefined;
  try {
    const root = JSON.parse(text) as Json;
    return isUnambiguous(text, root) ? root : undefined;
  } catch {
    return undefined;
  }
}

/** `JSON.parse` hides repeated attributes, and whether a number was written as an integer. */
function isUnambiguous(text: string, root: Json): boolean {
  const tokens = [...text.matchAll(STRING_OR_NUMBER)];
  const attributes = tokens.filter(([, colon]) => colon !== undefined).length;
  const hasFractions = tokens.some(([token]) => !token.startsWith('"') && /[.eE]/.test(token));
  return attributes === countAttributes(root) && !hasFractions;
}

function countAttributes(json: Json): number {
  if (typeof json !== "object" || json === null) return 0;
  const own = Array.isArray(json) ? 0 : Object.keys(json).length;
  return Object.values(json as Readonly<Record<string, Json>>).reduce<number>(
    (sum, part) => sum + countAttributes(part),
    own,
  );
}

function step(json: Json | undefined, key: Bytes | bigint): Json | undefined {
  if (typeof json !== "object" || json === null) return undefined;
  if (typeof key === "bigint") return Array.isArray(json) ? (json as readonly Json[])[Number(key)] : undefined;
  const name = textOf(key);
  if (Array.isArray(json) || name === undefined || !Object.hasOwn(json, name)) return undefined;
  return (json as Readonly<Record<string, Json>>)[name];
}
