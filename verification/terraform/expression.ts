import { LONGEST, type Token as AnyToken, TokenReader, tokensOf as tokensBy } from "../tokens";
import { asText, TERRAFORM_FUNCTIONS } from "./functions";
import { isKnown, isList, isValueObject, Opaque, type Value } from "./value";

/**
 * A value of the JSON as Terraform would evaluate it. A part that only the apply knows is opaque; `$${` and `%%{` are the
 * text `${` and `%{`.
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

/** The names of an object's members are templates too: where one is opaque, so are the members. */
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

/** The value of a reference such as `local.name` or `cloudflare_list.meta.name`; undefined where only the apply knows it. */
export type Lookup = (path: readonly string[]) => Value | undefined;

/** The value of an expression; undefined where only the apply knows it, or where it isn't understood. */
function valueOfExpression(expression: string, lookup: Lookup): Value | undefined {
  const tokens = tokensOf(expression);
  if (tokens === undefined) return undefined;
  try {
    const reader = new Reader(tokens, lookup);
    const value = reader.value();
    return reader.isAtEnd ? value : undefined;
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    return undefined;
  }
}

class NotUnderstood extends Error {}

/** How deep an expression may nest: more than anybody writes, and little enough for the stack. */
const DEEPEST = 100;

/** Reads an expression by recursive descent. */
class Reader extends TokenReader<Token> {
  private depth = 0;

  public constructor(
    tokens: readonly Token[],
    private readonly lookup: Lookup,
  ) {
    super(tokens);
  }

  public value(): Value {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new NotUnderstood();
    const value = this.one();
    this.depth -= 1;
    return value;
  }

  private one(): Value {
    const { kind, text } = this.next();
    if (kind === "string") return unquoted(text);
    if (kind === "number") return exact(Number(text));
    if (text === "[") return this.list("]");
    if (text === "{") return this.object();
    if (kind !== "name") throw new NotUnderstood();
    const constant = CONSTANTS.get(text);
    if (constant !== undefined) return constant;
    return this.take("(") ? this.call(text) : this.reference(text);
  }

  private call(name: string): Value {
    const args = this.list(")");
    const result = args.every(isKnown) ? TERRAFORM_FUNCTIONS.get(name)?.(args) : undefined;
    return known(result);
  }

  private reference(first: string): Value {
    const path = [first];
    for (;;) {
      if (this.take(".")) {
        path.push(this.next("name").text);
      } else if (this.take("[")) {
        const { kind, text } = this.next();
        path.push(kind === "string" ? unquoted(text) : text);
        this.expect("]");
      } else {
        return known(this.lookup(path));
      }
    }
  }

  private list(end: string): readonly Value[] {
    const values: Value[] = [];
    while (!this.take(end)) {
      values.push(this.value());
      if (!this.take(",")) {
        this.expect(end);
        break;
      }
    }
    return values;
  }

  private object(): Value {
    const entries: [string, Value][] = [];
    while (!this.take("}")) {
      const { kind, text } = this.next();
      if (kind === "sign") throw new NotUnderstood();
      const key = kind === "string" ? unquoted(text) : text;
      if (!this.take("=")) this.expect(":");
      entries.push([key, this.value()]);
      this.take(",");
    }
    return Object.fromEntries(entries);
  }

  protected override refusal(): Error {
    return new NotUnderstood();
  }
}

const CONSTANTS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

function known(value: Value | undefined): Value {
  if (value === undefined) throw new NotUnderstood();
  return value;
}

/** Terraform counts with more digits than a number has here. */
const exact = (value: number): number => known(Number.isSafeInteger(value) ? value : undefined) as number;

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

function unquoted(literal: string): string {
  return literal.slice(1, -1).replace(/\\(?:u([0-9A-Fa-f]{4})|([\s\S]))/g, (_, code?: string, sign?: string) => {
    const text = code === undefined ? ESCAPES[sign ?? ""] : String.fromCharCode(Number.parseInt(code, 16));
    return known(text) as string;
  });
}

/** The part of a value that a path leads to; undefined where there is none. */
export function partOf(value: Value | undefined, path: readonly string[]): Value | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (isList(value)) return /^\d+$/.test(first) ? partOf(value[Number(first)], rest) : undefined;
  return isValueObject(value) && Object.hasOwn(value, first) ? partOf(value[first], rest) : undefined;
}

/** A token of Terraform's expression language, as far as it is evaluated here. */
type Token = AnyToken<"name" | "number" | "string" | "sign">;

/**
 * An expression's tokens; undefined where it holds anything else.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions
 */
function tokensOf(expression: string): readonly Token[] | undefined {
  return tokensBy<Token["kind"]>(expression, FORMS);
}

const FORMS = [
  ["space", /\s+/y],
  ["name", /[A-Za-z_][A-Za-z0-9_-]*/y],
  ["number", /-?(?:0|[1-9][0-9]*)(?![0-9A-Za-z_.])/y],
  ["string", /"(?:[^"\\$%]|\\[\s\S]|[$%](?!\{))*"/y],
  ["sign", /[()[\]{},.=:]/y],
] as const;
