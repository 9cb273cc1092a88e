/**
 * Cloudflare's Rules language: its syntax alone, typed. What an expression means for a request is decided elsewhere.
 *
 * The language is documented at https://developers.cloudflare.com/ruleset-engine/rules-language/; where that leaves the
 * grammar open, Cloudflare's own engine decides (https://github.com/cloudflare/wirefilter, commit af1a1e9).
 */
export * from "./ast";
export { type Bytes, bytesOf, textOf } from "./bytes";
export { ComparisonOperator, LogicalOperator, Quantifier } from "./operators";
export * from "./type";
