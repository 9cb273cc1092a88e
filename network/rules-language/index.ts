/**
 * Cloudflare's Rules language: its typed syntax alone. The meaning of an expression for a request stands elsewhere.
 *
 * The language is documented at https://developers.cloudflare.com/ruleset-engine/rules-language/; where that leaves the
 * grammar open, Cloudflare's own engine decides (https://github.com/cloudflare/wirefilter, commit af1a1e9).
 */
export * from "./ast";
export { type Bytes, bytesOf, textOf } from "./bytes";
export { RulesLanguageError } from "./cursor";
export { type Field, FIELDS } from "./fields";
export { ArgumentKind, FUNCTIONS, type FunctionSignature, type Parameter } from "./functions";
export { parse, parseValue } from "./parse";
export { PlanRequirement, REGEX_MATCH_PLAN } from "./plan-requirement";
export { print, printRegex, printString, printValue } from "./print";
export { ByteSet } from "./regex/byte-set";
export * from "./regex/node";
export { parseRegex } from "./regex/parse";
export { RegexSyntaxError } from "./regex/reader";
export * from "./type";
export { isLiteral, isMapped, isValue, typeOfArgument, typeOfExpression } from "./type-of";
export { parseWildcard, type WildcardToken } from "./wildcard";
export { type Usage, usageOf } from "./usage";
export { isPredicate, visit, type Visitor } from "./visit";
