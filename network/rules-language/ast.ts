import type { Address, Family } from "../address";
import type { Bytes } from "./bytes";
import type { Type } from "./type";

/** The operator that joins the operands of a {@link Combination}. The value is the canonical spelling. */
export enum LogicalOperator {
  AND = "and",
  XOR = "xor",
  OR = "or",
}

/** The condition of a {@link Quantification} on an array of booleans. */
export enum Quantifier {
  ANY = "any",
  ALL = "all",
}

/** The operator of a {@link Comparison} with one literal. The value is the canonical spelling. */
export enum ComparisonOperator {
  EQUAL = "eq",
  NOT_EQUAL = "ne",
  LESS_OR_EQUAL = "le",
  GREATER_OR_EQUAL = "ge",
  LESS = "lt",
  GREATER = "gt",
}

/** Where a node stands in the source that was parsed: offsets in UTF-16 units, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface Node {
  readonly span: Span;
}

/**
 * A filter expression. Parentheses leave no node: they decide the shape of the tree, and the printer writes those that
 * it needs.
 */
export type Expression = Always | Combination | Negation | Quantification | Predicate;

/** An expression without parts: one question about one {@link Value}. */
export type Predicate =
  Truth | Comparison | Membership | ListMembership | Containment | WildcardMatch | RegexMatch | BitTest;

/** The literal `true`. */
export interface Always extends Node {
  readonly kind: "always";
}

/** Two or more operands joined by one operator; none of them is itself a combination by the same operator. */
export interface Combination extends Node {
  readonly kind: "combination";
  readonly operator: LogicalOperator;
  readonly operands: readonly Expression[];
}

export interface Negation extends Node {
  readonly kind: "negation";
  readonly operand: Expression;
}

/**
 * `any(...)` or `all(...)`. The argument is an array of booleans: an expression over `[*]`, or a value that is one,
 * such as a call mapped over `[*]`.
 */
export interface Quantification extends Node {
  readonly kind: "quantification";
  readonly quantifier: Quantifier;
  readonly argument: Expression | Value;
}

/** A boolean value as it stands, such as `ssl`. */
export interface Truth extends Node {
  readonly kind: "truth";
  readonly operand: Value;
}

export interface Comparison extends Node {
  readonly kind: "comparison";
  readonly operand: Value;
  readonly operator: ComparisonOperator;
  readonly literal: Literal;
}

/** `operand in { ... }` */
export interface Membership extends Node {
  readonly kind: "membership";
  readonly operand: Value;
  readonly set: LiteralSet;
}

/** `operand in $list` */
export interface ListMembership extends Node {
  readonly kind: "list-membership";
  readonly operand: Value;
  /** The list's name, without `$`. */
  readonly list: string;
}

/** `operand contains needle` */
export interface Containment extends Node {
  readonly kind: "containment";
  readonly operand: Value;
  readonly needle: Bytes;
}

/** `operand wildcard pattern` or `operand strict wildcard pattern` */
export interface WildcardMatch extends Node {
  readonly kind: "wildcard-match";
  readonly operand: Value;
  /** The pattern as bytes, its own escapes (`\*`, `\\`) still in it. */
  readonly pattern: Bytes;
  /** Whether ASCII letters match in their own case only. */
  readonly strict: boolean;
}

/** `operand matches pattern` */
export interface RegexMatch extends Node {
  readonly kind: "regex-match";
  readonly operand: Value;
  /** The regular expression as text, in the syntax of Rust's `regex` crate. */
  readonly pattern: string;
}

/** `operand bitwise_and mask`: true where the two have a common bit. */
export interface BitTest extends Node {
  readonly kind: "bit-test";
  readonly operand: Value;
  readonly mask: bigint;
}

/** Something that a request has or that is computed from it, followed by the indexes that reach into it. */
export type Value = FieldAccess | Call;

export interface FieldAccess extends Node {
  readonly kind: "field";
  readonly name: string;
  readonly indexes: readonly Index[];
  /** The type after all indexes; with `[*]` in them, the type of one element. */
  readonly type: Type;
}

export interface Call extends Node {
  readonly kind: "call";
  readonly name: string;
  readonly arguments: readonly Argument[];
  readonly indexes: readonly Index[];
  /** The type after all indexes; with `[*]` in them, the type of one element. */
  readonly type: Type;
}

export type Argument = Expression | Value | Literal;

export type Index = KeyIndex | PositionIndex | EachIndex;

/** `["name"]`: the value of a key of a map. */
export interface KeyIndex extends Node {
  readonly kind: "key";
  readonly key: Bytes;
}

/** `[0]`: one element of an array, counted from 0. */
export interface PositionIndex extends Node {
  readonly kind: "position";
  readonly position: number;
}

/** `[*]`: every element of an array or a map. */
export interface EachIndex extends Node {
  readonly kind: "each";
}

export type Literal = StringLiteral | IntegerLiteral | AddressLiteral;

export interface StringLiteral extends Node {
  readonly kind: "string";
  readonly value: Bytes;
}

/** A signed 64-bit integer. */
export interface IntegerLiteral extends Node {
  readonly kind: "integer";
  readonly value: bigint;
}

export interface AddressLiteral extends Node {
  readonly kind: "address";
  readonly value: Address;
}

/** The literals in the braces after `in`, in the order written. */
export type LiteralSet = StringSet | IntegerSet | AddressRangeSet;

export interface StringSet extends Node {
  readonly kind: "strings";
  readonly members: readonly StringLiteral[];
}

export interface IntegerSet extends Node {
  readonly kind: "integers";
  readonly members: readonly IntegerRange[];
}

export interface IntegerRange extends Node {
  readonly first: bigint;
  /** Included. */
  readonly last: bigint;
}

export interface AddressRangeSet extends Node {
  readonly kind: "addresses";
  readonly members: readonly AddressRangeLiteral[];
}

/** One address, a CIDR block or an explicit range. */
export interface AddressRangeLiteral extends Node {
  readonly family: Family;
  readonly first: bigint;
  /** Included. */
  readonly last: bigint;
}
