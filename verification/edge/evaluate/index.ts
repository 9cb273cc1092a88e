/**
 * What expressions of the Rules language mean: the one place that holds their semantics. Everything else, proofs and
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
