import type { Argument } from "./ast";
import { type Visitor, visit } from "./visit";

/** The fields, functions, lists and regular expressions that an expression uses. */
export interface Usage {
  readonly fields: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
  /** Lists, without `$`. */
  readonly lists: ReadonlySet<string>;
  /** Whether it uses `matches` or a function that takes a regular expression. */
  readonly regex: boolean;
}

const REGEX_FUNCTIONS = new Set(["regex_replace"]);

/** The usage of expressions and values, with everything within them. */
export function usageOf(...nodes: readonly Argument[]): Usage {
  const [fields, functions, lists] = [new Set<string>(), new Set<string>(), new Set<string>()];
  let regex = false;
  const collect: Visitor = {
    expression: (expression) => {
      if (expression.kind === "list-membership") lists.add(expression.list);
      regex ||= expression.kind === "regex-match";
    },
    value: ({ kind, name }) => {
      (kind === "field" ? fields : functions).add(name);
      regex ||= kind === "call" && REGEX_FUNCTIONS.has(name);
    },
  };
  for (const node of nodes) visit(node, collect);
  return { fields, functions, lists, regex };
}
