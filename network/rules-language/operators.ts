/** How the operands of a {@link Combination} are joined. The value is the canonical spelling. */
export enum LogicalOperator {
  AND = "and",
  XOR = "xor",
  OR = "or",
}

/** What a {@link Quantification} asks of an array of booleans. */
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
