/**
 * The meaning of expressions of the Rules language: this one place holds their semantics. Everything else, proofs and
 * explanations included, asks here.
 */
export { completeRequest } from "./complete-request";
export { evaluate, evaluateValue } from "./evaluate";
export type { ListItems, Lists } from "./lists";
export { type PredicateTest, testOf } from "./predicate-test";
export { type FieldInput, Request } from "./request";
export { urlDecode } from "./url-decode";
export * from "./values";
export { WildcardMatcher } from "./wildcard-matcher";
