import { TokenReader } from "../tokens/token-reader";
import { TERRAFORM_FUNCTIONS } from "./functions";
import { type Token, tokensOf } from "./tokens";
import { isKnown, isList, isValueObject, type Value } from "./value";

/** What a reference such as `local.name` or `cloudflare_list.meta.name` stands for; undefined where only the apply knows. */
export type Lookup = (path: readonly string[]) => Value | undefined;

/** The value of an expression; undefined where only the apply knows it, or where it isn't understood. */
export function valueOfExpression(expression: string, lookup: Lookup): Value | undefined {
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
