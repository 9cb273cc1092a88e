import type { Literal, Predicate, Value } from "./ast";
import type { Cursor } from "./cursor";
import { readAddressLiteral, readInteger, readSet, readStringLiteral } from "./literals";
import { type OperatorToken, skipOperator } from "./operator-tokens";
import { readRegex, readQuotedOrRaw, readString } from "./string-literal";
import { BOOLEAN, type PrimitiveType, sameType, typeName } from "./type";
import { isMapped } from "./type-of";
import { parseWildcard, WildcardSyntaxError } from "./wildcard";

type Comparable = Exclude<PrimitiveType["kind"], "boolean">;

const STRING_OPERATORS = ["in", "contains", "matches", "wildcard", "strict wildcard", "comparison"] as const;
const OPERATORS: Readonly<Record<Comparable, readonly OperatorToken["kind"][]>> = {
  string: STRING_OPERATORS,
  integer: ["in", "bitwise_and", "comparison"],
  address: ["in", "comparison"],
};

const SPELLED: Readonly<Record<OperatorToken["kind"], string>> = {
  in: "in",
  contains: "contains",
  matches: "matches",
  wildcard: "wildcard",
  "strict wildcard": "strict wildcard",
  bitwise_and: "bitwise_and",
  comparison: "eq, ne, lt, le, gt or ge",
};

const READ_LITERAL: Readonly<Record<Comparable, (cursor: Cursor) => Literal>> = {
  string: readStringLiteral,
  integer: readInteger,
  address: readAddressLiteral,
};

/** Reads the rest behind a value: an operator and its right-hand side, or nothing behind a boolean. */
export function readPredicate(cursor: Cursor, operand: Value): Predicate {
  const { type, span } = operand;
  const ends = <Rest>(rest: Rest): Rest & { operand: Value; span: Predicate["span"] } => ({
    ...rest,
    operand,
    span: cursor.spanFrom(span.start),
  });
  if (sameType(type, BOOLEAN)) return ends({ kind: "truth" });
  if ("element" in type && sameType(type.element, BOOLEAN)) {
    if (isMapped(operand)) cursor.fail(`${cursor.found()}, expected [*] once only in front of booleans`);
    return ends({ kind: "truth" });
  }
  cursor.skipSpace();
  const at = cursor.offset;
  const operator = skipOperator(cursor);
  if (operator === undefined) return cursor.fail(`${cursor.found()}, expected ${operatorsFor(operand)}`);
  cursor.skipSpace();
  if (!isComparable(type.kind) || !OPERATORS[type.kind].includes(operator.kind)) {
    return cursor.fail(
      `${cursor.found(at)} behind a value of type ${typeName(type)}, expected ${operatorsFor(operand)}`,
      at,
    );
  }
  return ends(readRightHandSide(cursor, type.kind, operator));
}

function readRightHandSide(cursor: Cursor, type: Comparable, operator: OperatorToken) {
  switch (operator.kind) {
    case "in":
      return cursor.startsWith("$")
        ? { kind: "list-membership" as const, list: readListName(cursor) }
        : { kind: "membership" as const, set: readSet(cursor, type) };
    case "comparison":
      return { kind: "comparison" as const, operator: operator.operator, literal: READ_LITERAL[type](cursor) };
    case "bitwise_and":
      return { kind: "bit-test" as const, mask: readInteger(cursor).value };
    case "contains":
      return { kind: "containment" as const, needle: readString(cursor) };
    case "matches":
      return { kind: "regex-match" as const, pattern: readRegex(cursor) };
    case "wildcard":
    case "strict wildcard":
      return {
        kind: "wildcard-match" as const,
        pattern: readWildcard(cursor),
        strict: operator.kind === "strict wildcard",
      };
  }
}

function readWildcard(cursor: Cursor): string {
  const start = cursor.offset;
  const pattern = readQuotedOrRaw(cursor);
  try {
    parseWildcard(pattern);
    return pattern;
  } catch (error) {
    if (!(error instanceof WildcardSyntaxError)) throw error;
    return cursor.fail(`${cursor.found(start)}, expected a wildcard: ${error.message}`, start);
  }
}

function isComparable(kind: string): kind is Comparable {
  return kind in OPERATORS;
}

function operatorsFor({ type }: Value): string {
  if (!isComparable(type.kind)) return `an index such as [0] or [*], since no operator takes ${typeName(type)}`;
  return `one of the operators ${OPERATORS[type.kind].map((kind) => SPELLED[kind]).join(", ")}`;
}

const NAME_CHARACTERS = /[a-z0-9_.]*/y;

/**
 * Reads `$name`. A name that Cloudflare manages has dots in it, such as `cf.anonymizer`.
 *
 * @returns the name, without `$`
 */
function readListName(cursor: Cursor): string {
  cursor.expect("$");
  const start = cursor.offset;
  const name = cursor.takeWhile(NAME_CHARACTERS);
  if (name === "" || name.startsWith(".") || name.endsWith(".")) {
    cursor.fail(
      `${cursor.found(start)}, expected a list name of lower-case letters, digits and "_", with "." only inside it`,
      start,
    );
  }
  return name;
}
