/**
 * How many arguments the functions of expressions take, by their names in lower case.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#functions
 * @see https://github.com/actions/runner/blob/0039945c40673dcf55326de56560da2a8d782ed1/src/Sdk/DTExpressions2/Expressions2/ExpressionConstants.cs
 */
export const ARGUMENTS: ReadonlyMap<string, readonly [fewest: number, most: number]> = new Map([
  ["contains", [2, 2]],
  ["endswith", [2, 2]],
  ["format", [1, 255]],
  ["fromjson", [1, 1]],
  ["join", [1, 2]],
  ["startswith", [2, 2]],
  ["tojson", [1, 1]],
  ["hashfiles", [1, 255]],
  ["always", [0, 0]],
  ["cancelled", [0, 0]],
  ["failure", [0, 0]],
  ["success", [0, 0]],
]);
