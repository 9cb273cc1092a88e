import { asText } from "./functions";
import { type Lookup, valueOfExpression } from "./expression";
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
  if (typeof json !== "object" || json === null) return json as Value;
  return Object.fromEntries(Object.entries(json).map(([key, inner]) => [key, evaluated(inner, lookup)]));
}

function evaluatedText(text: string, lookup: Lookup): Value {
  if (!/[$%]\{/.test(text)) return text;
  const parts = partsOf(text);
  if (parts === undefined) return new Opaque(text);
  const values = parts.map((part) => ("text" in part ? part.text : valueOfExpression(part.expression, lookup)));
  const [only, ...others] = values;
  // A string that is one interpolation keeps the type of its value.
  if (others.length === 0 && parts[0] !== undefined && "expression" in parts[0]) return only ?? new Opaque(text);
  const texts = values.map(asText);
  return texts.every((each) => each !== undefined) ? texts.join("") : new Opaque(text);
}

type Part = { readonly text: string } | { readonly expression: string };

/** A template's parts; undefined where it has directives, or doesn't end. */
function partsOf(template: string): readonly Part[] | undefined {
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
