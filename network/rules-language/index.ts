/**
 * Cloudflare's Rules language: its syntax alone, typed. What an expression means for a request is decided elsewhere.
 *
 * The language is documented at https://developers.cloudflare.com/ruleset-engine/rules-language/; where that leaves the
 * grammar open, Cloudflare's own engine decides (https://github.com/cloudflare/wirefilter, commit af1a1e9).
 */
export * from "./ast";
export { type Bytes, bytesOf, textOf } from "./bytes";
export { RulesLanguageError } from "./error";
export type { Field } from "./field";
export { FIELDS } from "./fields";
export { ArgumentKind, type FunctionSignature, type Parameter } from "./function";
export { FUNCTIONS } from "./functions";
export { ComparisonOperator, LogicalOperator, Quantifier } from "./operators";
export { parse, parseValue } from "./parse";
export { PlanRequirement, REGEX_MATCH_PLAN } from "./plan-requirement";
export { print, printValue } from "./print";
export { printRegex, printString } from "./print-value";
export * from "./regex";
export * from "./type";
export { isLiteral, isMapped, isValue, typeOfArgument, typeOfExpression } from "./type-of";
export { parseWildcard, type WildcardToken } from "./wildcard";
export { type Usage, usageOf } from "./usage";
export { isPredicate, visit, type Visitor } from "./visit";
