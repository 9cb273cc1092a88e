import { checkArgument, countOf } from "./arguments";
import {
  type Argument,
  type Expression,
  type Literal,
  LogicalOperator,
  type Quantifier,
  type Span,
  type Value,
} from "./ast";
import { Cursor } from "./cursor";
import type { FunctionSignature } from "./functions";
import { readIdentifier, skipTrue } from "./identifier";
import { readIndexes } from "./indexes";
import { readAddressLiteral, readInteger, readStringLiteral } from "./literals";
import {
  isBeforeNegation,
  isBeforeOperator,
  isBeforeQuantifier,
  skipLogicalOperator,
  skipNegation,
  skipQuantifier,
} from "./operator-tokens";
import { readPredicate } from "./predicate";
import { arrayOf, BOOLEAN, BOOLEANS, sameType, type Type, typeName } from "./type";
import { isLiteral, isMapped, isValue, typeOfArgument, typeOfExpression } from "./type-of";

/**
 * Parses a filter expression, such as a rule's.
 *
 * Beyond the grammar of Cloudflare's engine it takes the literal `true`, which Cloudflare's documentation has.
 *
 * @throws RulesLanguageError at the first character that makes it invalid: by its grammar, by an unknown name or by a type
 */
export function parse(source: string): Expression {
  const cursor = new Cursor(source);
  const expression = new Parser(cursor).readExpression();
  const type = typeOfExpression(expression);
  if (!sameType(type, BOOLEAN)) {
    cursor.fail(
      `found an expression of type ${typeName(type)}, expected ${typeName(BOOLEAN)}: put it in any() or all()`,
    );
  }
  expectEnd(cursor);
  return expression;
}

/**
 * Parses a value expression, such as the target of a redirect: a field or a call.
 *
 * @throws RulesLanguageError at the first character that makes it invalid
 */
export function parseValue(source: string): Value {
  const cursor = new Cursor(source);
  const start = cursor.offset;
  const value = new Parser(cursor).readValue();
  if (isMapped(value)) cursor.fail("found [*], expected a single value", start);
  expectEnd(cursor);
  return value;
}

function expectEnd(cursor: Cursor): void {
  if (!cursor.isAtEnd)
    cursor.fail(`${cursor.found(cursor.offsetAfterSpace())}, expected "and", "xor", "or" or the end of the expression`);
}

/** The deepest nesting of parentheses, negations, quantifiers and calls that Cloudflare's engine parses. */
const MOST_NESTING = 128;

const NO_OPERATOR = 0;
const PRECEDENCE: Readonly<Record<LogicalOperator, number>> = {
  [LogicalOperator.OR]: 1,
  [LogicalOperator.XOR]: 2,
  [LogicalOperator.AND]: 3,
};

const STRING_START = /^(?:"|r["#])/;
/** The beginning of a text that can only be a name: one of its first three characters is in no hexadecimal number. */
const NAME_START = /^(?:[g-z_]|\w[g-z_]|\w\w[g-z_])/i;

interface Lookahead {
  readonly operator: LogicalOperator | undefined;
  /** The end of the expression before the operator. */
  readonly before: number;
}

interface Operand {
  readonly first: Expression;
  /** Where it starts, its parentheses included. */
  readonly start: number;
}

/**
 * The recursive part of the grammar. Each method reads from the cursor on, and leaves the cursor behind the part that
 * it read.
 */
class Parser {
  public constructor(private readonly cursor: Cursor) {}

  public readExpression(nesting = 0): Expression {
    const start = this.cursor.offset;
    const first = this.readSimple(nesting);
    return this.extend({ first, start }, NO_OPERATOR, this.lookAhead(), nesting);
  }

  public readValue(nesting = 0): Value {
    const { cursor } = this;
    const start = cursor.offset;
    const known = readIdentifier(cursor);
    if ("type" in known) {
      const indexed = readIndexes(cursor, known.type);
      return { kind: "field", name: known.name, ...indexed, span: cursor.spanFrom(start) };
    }
    const given = this.readArguments(known, this.deeper(nesting, cursor.offsetAfterSpace()));
    const indexed = readIndexes(cursor, resultType(known, given));
    return { kind: "call", name: known.name, arguments: given, ...indexed, span: cursor.spanFrom(start) };
  }

  /** Reads the operators that follow an expression, and their operands, down to a precedence. */
  private extend({ first, start }: Operand, least: number, ahead: Lookahead, nesting: number): Expression {
    let [left, lookahead] = [first, ahead];
    while (lookahead.operator !== undefined) {
      const { operator } = lookahead;
      const behind = this.cursor.offset;
      let right = this.readSimple(nesting);
      lookahead = this.lookAhead();
      while (precedenceOf(lookahead) > PRECEDENCE[operator]) {
        right = this.extend({ first: right, start: behind }, precedenceOf(lookahead), lookahead, nesting);
        lookahead = this.lookAhead();
      }
      this.checkOperands(left, right);
      left = combined(operator, left, right, { start, end: lookahead.before });
      if (precedenceOf(lookahead) < least) {
        this.cursor.moveTo(lookahead.before);
        lookahead = { operator: undefined, before: lookahead.before };
      }
    }
    return left;
  }

  private lookAhead(): Lookahead {
    const before = this.cursor.offset;
    return { operator: skipLogicalOperator(this.cursor), before };
  }

  private checkOperands(left: Expression, right: Expression): void {
    const [one, other] = [typeOfExpression(left), typeOfExpression(right)];
    if (one.kind === other.kind) return;
    this.cursor.fail(`found operands of the types ${typeName(one)} and ${typeName(other)}, expected two of one type`);
  }

  private readSimple(nesting: number): Expression {
    const { cursor } = this;
    const start = cursor.offset;
    if (cursor.startsWith("(")) return this.readParenthesized(nesting);
    if (skipNegation(cursor)) {
      const inner = this.deeper(nesting, start);
      cursor.skipSpace();
      const operand = this.readSimple(inner);
      return { kind: "negation", operand, span: cursor.spanFrom(start) };
    }
    const quantifier = skipQuantifier(cursor);
    if (quantifier !== undefined) return this.readQuantification(quantifier, start, nesting);
    if (skipTrue(cursor)) return { kind: "always", span: cursor.spanFrom(start) };
    return readPredicate(cursor, this.readValue(nesting));
  }

  private readParenthesized(nesting: number): Expression {
    const { cursor } = this;
    const inner = this.deeper(nesting, cursor.offset);
    cursor.expect("(");
    cursor.skipSpace();
    const expression = this.readExpression(inner);
    cursor.skipSpace();
    cursor.expect(")");
    return expression;
  }

  private readQuantification(quantifier: Quantifier, start: number, nesting: number): Expression {
    const { cursor } = this;
    const inner = this.deeper(nesting, cursor.offset);
    cursor.expect("(");
    cursor.skipSpace();
    const at = cursor.offset;
    const argument = this.readArgument(inner);
    const type = typeOfArgument(argument);
    if (isLiteral(argument) || !sameType(type, BOOLEANS)) {
      return cursor.fail(`found ${typeName(type)} in ${quantifier}(), expected ${typeName(BOOLEANS)}`, at);
    }
    cursor.skipSpace();
    cursor.expect(")");
    return { kind: "quantification", quantifier, argument, span: cursor.spanFrom(start) };
  }

  private readArguments(signature: FunctionSignature, nesting: number): readonly Argument[] {
    const { cursor } = this;
    const given: Argument[] = [];
    cursor.skipSpace();
    cursor.expect("(");
    cursor.skipSpace();
    while (!cursor.isAtEnd && !cursor.startsWith(")")) {
      if (given.length > 0) cursor.expect(",");
      cursor.skipSpace();
      const at = cursor.offset;
      const argument = this.readArgument(nesting);
      checkArgument(cursor, signature, given, argument, at);
      given.push(argument);
      cursor.skipSpace();
    }
    if (given.length < signature.required.length) {
      cursor.fail(`found ${given.length}, expected ${countOf(signature)}`);
    }
    cursor.expect(")");
    return given;
  }

  /** The grammar is ambiguous here: bytes in hexadecimal look like names. So the forms that can only be one thing go first. */
  private readArgument(nesting: number): Argument {
    const { cursor } = this;
    const start = [0, 1, 2].map((index) => cursor.characterAt(cursor.offset + index)).join("");
    if (STRING_START.test(start)) return readStringLiteral(cursor);
    if (start.startsWith("(") || isBeforeNegation(cursor) || isBeforeQuantifier(cursor))
      return this.readExpression(nesting);
    const value = NAME_START.test(start) ? this.readValue(nesting) : cursor.attempt(() => this.readValue(nesting));
    if (value === undefined) return this.readLiteral();
    return isBeforeOperator(cursor) ? readPredicate(cursor, value) : value;
  }

  private readLiteral(): Literal {
    const { cursor } = this;
    return (
      cursor.attempt(() => readAddressLiteral(cursor)) ??
      cursor.attempt(() => readInteger(cursor)) ??
      cursor.attempt(() => readStringLiteral(cursor)) ??
      cursor.fail(`${cursor.found()}, expected an argument: a literal, a field or an expression`)
    );
  }

  private deeper(nesting: number, at: number): number {
    return nesting < MOST_NESTING
      ? nesting + 1
      : this.cursor.fail(`found more than ${MOST_NESTING} levels of nesting, expected at most ${MOST_NESTING}`, at);
  }
}

function precedenceOf({ operator }: Lookahead): number {
  return operator === undefined ? NO_OPERATOR : PRECEDENCE[operator];
}

/** Joins two expressions; one that is already joined by the same operator gives its operands. */
function combined(operator: LogicalOperator, left: Expression, right: Expression, span: Span): Expression {
  const operands = [left, right].flatMap((side) =>
    side.kind === "combination" && side.operator === operator ? side.operands : [side],
  );
  return { kind: "combination", operator, operands, span };
}

function resultType({ result }: FunctionSignature, [first]: readonly Argument[]): Type {
  const type = first === undefined ? BOOLEANS : typeOfArgument(first);
  return first !== undefined && isValue(first) && isMapped(first) ? arrayOf(result(type)) : result(type);
}
