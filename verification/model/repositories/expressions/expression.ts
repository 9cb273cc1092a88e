import { TokenReader } from "../../../tokens/token-reader";
import { NotUnderstood } from "../not-understood";
import { ARGUMENTS } from "./functions";
import type { Contexts, ContextValue, Scalar } from "./context";

/** An expression of a workflow, without the `${{ }}` around it. */
export interface Expression {
  /** Whether it asks how what came before ended. Where a condition doesn't, it holds only after success. */
  readonly asksStatus: boolean;
  /** The contexts that it reads, and the functions that it calls, in lower case. */
  readonly contexts: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
  /** @throws {NotUnderstood} where it depends on what isn't known here */
  readonly value: (contexts: Contexts) => ContextValue;
}

type Evaluate = Expression["value"];

/**
 * Reads an expression. What isn't evaluated here is read all the same, and refused where its value is asked for.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
 * @throws {NotUnderstood} where it is none, or none that is known here
 */
export function expressionOf(text: string): Expression {
  if (text.length > LONGEST) throw new NotUnderstood("", `an expression is longer than ${LONGEST} characters`);
  const reader = new Reader(tokensOf(text), text);
  const value = reader.whole();
  const { contexts, functions } = reader;
  return {
    value,
    contexts,
    functions,
    asksStatus: [...functions].some((name) => Object.hasOwn(STATUS_FUNCTIONS, name)),
  };
}

const TOKEN =
  /[ \t\r\n]*(?:('(?:[^']|'')*')|(-?\d+(?:\.\d+)?(?![\w.]))|([A-Za-z_][\w-]*)|(&&|\|\||[!=<>]=|[!<>()[\],.*]))/y;

interface Token {
  readonly kind: "string" | "number" | "name" | "sign";
  readonly text: string;
}

function tokensOf(text: string): readonly Token[] {
  const source = text.replace(/[ \t\r\n]+$/, "");
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
  public readonly contexts = new Set<string>();
  public readonly functions = new Set<string>();
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
    const one = this.order();
    const sign = ["==", "!="].find((each) => this.take(each));
    if (sign === undefined) return one;
    const other = this.order();
    return (contexts) => areEqual(one(contexts), other(contexts)) === (sign === "==");
  }

  private order(): Evaluate {
    const one = this.unary();
    if (!["<", "<=", ">", ">="].some((each) => this.take(each))) return one;
    this.unary();
    return notEvaluated("which of two values is greater");
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
      return this.indexed(value);
    }
    const { kind, text } = this.next();
    if (kind === "string") return () => text;
    if (kind === "number") return () => Number(text);
    if (kind !== "name") throw this.refusal();
    const name = text.toLowerCase();
    if (this.take("(")) return this.indexed(this.call(name));
    const constant = CONSTANTS.get(text);
    return constant === undefined ? this.indexed(this.reference(name)) : () => constant;
  }

  private call(name: string): Evaluate {
    const args = this.take(")") ? [] : this.args();
    const [fewest, most] = ARGUMENTS.get(name) ?? [Infinity, 0];
    if (args.length < fewest || args.length > most) throw this.refusal();
    this.functions.add(name);
    const status = STATUS_FUNCTIONS[name];
    if (status !== undefined) return status;
    if (name !== "format") return notEvaluated(`what ${name} comes to`);
    return (contexts) => format(args.map((arg) => scalarOf(arg(contexts))));
  }

  private args(): readonly Evaluate[] {
    const args: Evaluate[] = [];
    do args.push(this.inner());
    while (this.take(","));
    this.expect(")");
    return args;
  }

  private reference(name: string): Evaluate {
    this.contexts.add(name);
    return ({ named }) => memberOf(named, name);
  }

  /** What is read of a value: members of members. */
  private indexed(value: Evaluate): Evaluate {
    const member = this.member();
    if (member === undefined) return value;
    return this.nested(() => this.indexed((contexts) => member(value(contexts))));
  }

  private member(): ((value: ContextValue) => ContextValue) | undefined {
    if (this.take(".")) return this.take("*") ? EVERY : named(this.next("name").text);
    if (!this.take("[")) return undefined;
    const [key, end] = [this.tokens[this.at], this.tokens[this.at + 1]];
    const isName = key?.kind === "string" && end?.text === "]";
    if (!this.take("*")) this.inner();
    this.expect("]");
    return isName ? named(key.text) : EVERY;
  }

  protected override refusal(): Error {
    return new NotUnderstood("", `the expression "${this.text.trim()}" isn't understood`);
  }
}

const notEvaluated =
  (what: string): (() => never) =>
  () => {
    throw new NotUnderstood("", `${what} isn't evaluated here`);
  };

const named =
  (name: string) =>
  (value: ContextValue): ContextValue =>
    memberOf(value, name.toLowerCase());

/** Members by a computed name, or all of them. */
const EVERY = notEvaluated("which members an expression reads");

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
