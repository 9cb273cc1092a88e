import { LONGEST } from "../tokens/tokens";
import { type Lookup, valueOfExpression } from "./expression";
import { asText } from "./functions";
import { Opaque, type Value } from "./value";

/**
 * A value of the JSON as Terraform would evaluate it. What only the apply knows is opaque; `$${` and `%%{` are the text
 * `${` and `%{`.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping
 */
export function evaluated(json: unknown, lookup: Lookup): Value {
  if (typeof json === "string") return evaluatedText(json, lookup);
  if (Array.isArray(json)) return json.map((each) => evaluated(each, lookup));
  // A number of more digits than are held here has lost some of them already.
  if (typeof json === "number") return Math.abs(json) > Number.MAX_SAFE_INTEGER ? new Opaque(String(json)) : json;
  if (typeof json !== "object" || json === null) return json as Value;
  return evaluatedObject(json, lookup);
}

/** The names of an object's members are templates too: where one is opaque, so is what the object holds. */
function evaluatedObject(json: object, lookup: Lookup): Value {
  const entries = Object.entries(json).map(
    ([key, inner]) => [asText(evaluatedText(key, lookup)), evaluated(inner, lookup)] as const,
  );
  return entries.every((entry): entry is [string, Value] => entry[0] !== undefined)
    ? Object.fromEntries(entries)
    : new Opaque(JSON.stringify(json));
}

/** Terraform holds every text in Unicode's normal form C. */
function evaluatedText(text: string, lookup: Lookup): Value {
  const value = valueOfText(text, lookup);
  return typeof value === "string" ? value.normalize("NFC") : value;
}

function valueOfText(text: string, lookup: Lookup): Value {
  if (!/[$%]\{/.test(text)) return text;
  const parts = partsOf(text);
  if (parts === undefined) return new Opaque(text);
  const values = parts.map((part) => ("text" in part ? part.text : valueOfExpression(part.expression, lookup)));
  const [only, ...others] = values;
  // A string that is one interpolation keeps the type of its value.
  if (others.length === 0 && parts[0] !== undefined && "expression" in parts[0]) {
    return only === undefined ? new Opaque(text) : only;
  }
  const texts = values.map(asText);
  return texts.every((each) => each !== undefined) ? texts.join("") : new Opaque(text);
}

/** The expressions within a text's interpolations; none where it isn't understood. */
export function expressionsIn(text: string): readonly string[] {
  return (partsOf(text) ?? []).flatMap((part) => ("expression" in part ? [part.expression] : []));
}

type Part = { readonly text: string } | { readonly expression: string };

/** A template's parts; undefined where it has directives, doesn't end, or is too long. */
function partsOf(template: string): readonly Part[] | undefined {
  if (template.length > LONGEST) return undefined;
  const parts: Part[] = [];
  const form = /\$\$\{|%%\{|[$%]\{/g;
  let text = "";
  let at = 0;
  for (let match = form.exec(template); match !== null; match = form.exec(template)) {
    const [sign] = match;
    text += template.slice(at, match.index);
    if (sign === "%{") return undefined;
    if (sign !== "${") {
      text += sign.slice(1);
      at = form.lastIndex;
      continue;
    }
    const end = endOfExpression(template, form.lastIndex);
    if (end === undefined) return undefined;
    if (text !== "") parts.push({ text });
    text = "";
    parts.push({ expression: template.slice(form.lastIndex, end) });
    at = form.lastIndex = end + 1;
  }
  text += template.slice(at);
  return text === "" && parts.length > 0 ? parts : [...parts, { text }];
}

/** Where the brace is that ends an expression: braces pair, and those in strings don't count. */
function endOfExpression(template: string, start: number): number | undefined {
  const form = /"(?:[^"\\]|\\[\s\S])*"|[{}]/g;
  form.lastIndex = start;
  let open = 1;
  for (let match = form.exec(template); match !== null; match = form.exec(template)) {
    if (match[0] === "{") open += 1;
    if (match[0] === "}") open -= 1;
    if (open === 0) return match.index;
  }
  return undefined;
}
