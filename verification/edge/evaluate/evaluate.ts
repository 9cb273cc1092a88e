import type { Expression, Value } from "../../../network/rules-language";
import { Evaluator } from "./evaluator";
import type { Lists } from "./lists";
import type { Request } from "./request";
import type { Outcome } from "./values";
import type { Verdict } from "../../solver/verdict";

const NO_LISTS: Lists = new Map();

/**
 * Decides one request by one filter expression, as Cloudflare's engine does.
 *
 * The verdict is undecided, with its reasons, where it depends on a field that the request does not give, a list that is
 * not given, a regular expression in Unicode mode, a result that no documentation states, or `ne` of a missing value.
 * An unknown that does not influence the verdict leaves it decided.
 *
 * @param lists the account's lists
 * @default - no list is known
 */
export function evaluate(expression: Expression, request: Request, lists: Lists = NO_LISTS): Verdict {
  return new Evaluator(request, lists).decide(expression);
}

/**
 * Computes a value expression, such as the target of a redirect, for one request.
 *
 * @param lists the account's lists
 * @default - no list is known
 */
export function evaluateValue(value: Value, request: Request, lists: Lists = NO_LISTS): Outcome {
  return new Evaluator(request, lists).evaluate(value);
}
