import { TokenReader } from "../../../tokens/token-reader";
import { NotUnderstood } from "../not-understood";
import type { Contexts, ContextValue, Scalar } from "./context";

/** An expression of a workflow, without the `${{ }}` around it. */
export interface Expression {
  /** Whether it asks how what came before ended. Where a condition doesn't, it holds only after success. */
  readonly asksStatus: boolean;
  /** @throws {NotUnderstood} where it depends on what isn't known here */
  readonly value: (contexts: Contexts) => ContextValue;
}

type Evaluate = Expression["value"];

/**
 * Reads an expression.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
 * @throws {NotUnderstood} where it isn't of the part of the language that is evaluated here
 */
export function expressionOf(text: string): Expression {
  if (text.length > LONGEST) throw new NotUnderstood("", `an expression is longer than ${LONGEST} characters`);
  const reader = new Reader(tokensOf(text), text);
  const value = reader.whole();
  return { value, asksStatus: reader.asksStatus };
}

const TOKEN = /\s*(?:('(?:[^']|'')*')|(-?\d+(?:\.\d+)?(?![\w.]))|([A-Za-z_][\w-]*)|(&&|\|\||[!=]=|[!()[\],.]))/y;

interface Token {
  readonly kind: "string" | "number" | "name" | "sign";
  readonly text: string;
}

function tokensOf(text: string): readonly Token[] {
  const source = text.trimEnd();
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const [, string, number, name, sign] = TOKEN.exec(source) ?? [];
    if (string !== undefined) tokens.push({ kind: "string", text: string.slice(1, -1).replaceAll("''", "'") });
    else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (name !== undefined) tokens.push({ kind: "name", text: name });
    else if (sign !== undefined) tokens.push({ kind: "sign", text: sign });
    else throw new NotUnderstood("", `the expression "${text}" isn't understood`);
  }
  return tokens;
}

/**
 * How long an expression may be, and how deep it may nest, for GitHub to take it.
 *
 * @see https://github.com/actions/runner/blob/0039945c40673dcf55326de56560da2a8d782ed1/src/Sdk/DTExpressions2/Expressions2/ExpressionConstants.cs
 */
const LONGEST = 21_000;
const DEEPEST = 50;

/** Reads an expression by recursive descent. What it makes is evaluated later, and only as far as it is needed. */
class Reader extends TokenReader<Token> {
  public asksStatus = false;
  private depth = 0;

  public constructor(
    tokens: readonly Token[],
    private readonly text: string,
  ) {
    super(tokens);
  }

  public whole(): Evaluate {
    const value = this.inner();
    if (!this.isAtEnd) throw this.refusal();
    return value;
  }

  private inner(): Evaluate {
    return this.nested(() => this.either());
  }

  private nested<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new NotUnderstood("", `an expression is nested deeper than ${DEEPEST} levels`);
    const inner = read();
    this.depth -= 1;
    return inner;
  }

  private either(): Evaluate {
    return this.joined("||", () => this.both(), isTruthy);
  }

  private both(): Evaluate {
    return this.joined(
      "&&",
      () => this.equality(),
      (value) => !isTruthy(value),
    );
  }

  /** Operands of which the first one that settles it is the value, else the last one. */
  private joined(sign: string, operand: () => Evaluate, settles: (value: ContextValue) => boolean): Evaluate {
    const first = operand();
    const more: Evaluate[] = [];
    while (this.take(sign)) more.push(operand());
    return (contexts) => more.reduce((value, next) => (settles(value) ? value : next(contexts)), first(contexts));
  }

  private equality(): Evaluate {
    const one = this.unary();
    const sign = ["==", "!="].find((each) => this.take(each));
    if (sign === undefined) return one;
    const other = this.unary();
    return (contexts) => areEqual(one(contexts), other(contexts)) === (sign === "==");
  }

  private unary(): Evaluate {
    if (!this.take("!")) return this.primary();
    const value = this.nested(() => this.unary());
    return (contexts) => !isTruthy(value(contexts));
  }

  private primary(): Evaluate {
    if (this.take("(")) {
      const value = this.inner();
      this.expect(")");
      return value;
    }
    const { kind, text } = this.next();
    if (kind === "string") return () => text;
    if (kind === "number") return () => Number(text);
    if (kind !== "name") throw this.refusal();
    const name = text.toLowerCase();
    if (this.take("(")) return this.call(name);
    const constant = CONSTANTS.get(name);
    return constant === undefined ? this.reference(name) : () => constant;
  }

  private call(name: string): Evaluate {
    const args: Evaluate[] = [];
    while (!this.take(")")) {
      args.push(this.inner());
      if (!this.take(",")) {
        this.expect(")");
        break;
      }
    }
    const status = STATUS_FUNCTIONS[name];
    if (status !== undefined && args.length === 0) {
      this.asksStatus = true;
      return (contexts) => status(contexts);
    }
    if (name !== "format") throw this.refusal();
    return (contexts) => format(args.map((arg) => scalarOf(arg(contexts))));
  }

  private reference(first: string): Evaluate {
    const path = [first];
    for (;;) {
      if (this.take(".")) {
        path.push(this.next("name").text.toLowerCase());
      } else if (this.take("[")) {
        path.push(this.next("string").text.toLowerCase());
        this.expect("]");
      } else {
        return ({ named }) => path.reduce<ContextValue>(memberOf, named);
      }
    }
  }

  protected override refusal(): Error {
    return new NotUnderstood("", `the expression "${this.text.trim()}" isn't understood`);
  }
}

const CONSTANTS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

const STATUS_FUNCTIONS: Readonly<Record<string, (contexts: Contexts) => boolean>> = {
  always: () => true,
  success: ({ status }) => status === "success",
  failure: ({ status }) => status === "failure",
  cancelled: ({ status }) => status === "cancelled",
};

function memberOf(value: ContextValue, name: string): ContextValue {
  if (typeof value === "function") return value(name);
  if (typeof value !== "object" || value === null) return null;
  return Object.hasOwn(value, name) ? (value[name] ?? null) : null;
}

export function isTruthy(value: ContextValue): boolean {
  return typeof value === "number" ? value !== 0 && !Number.isNaN(value) : Boolean(value);
}

/** Strings are compared without regard to case; values of different kinds as numbers. */
function areEqual(one: ContextValue, other: ContextValue): boolean {
  const [left, right] = [scalarOf(one), scalarOf(other)];
  if (typeof left === "string" && typeof right === "string") return left.toLowerCase() === right.toLowerCase();
  return typeof left === typeof right ? left === right : Number(left) === Number(right);
}

function scalarOf(value: ContextValue): Scalar {
  if (typeof value === "function" || (typeof value === "object" && value !== null)) {
    throw new NotUnderstood("", "an expression uses an object as a whole");
  }
  return value;
}

/** A value as it is written into a text. */
export function textOf(value: ContextValue): string {
  const scalar = scalarOf(value);
  return scalar === null ? "" : String(scalar);
}

function format([form, ...values]: readonly Scalar[]): Scalar {
  if (typeof form !== "string" || /\{\{|\}\}/.test(form)) throw new NotUnderstood("", "a format isn't understood");
  return form.replace(/\{(\d+)\}/g, (_, index: string) => textOf(values[Number(index)] ?? null));
}
