import { type Expression, parse, print } from "../../network/rules-language";

/** A node of an expression tree. */
export type TreeNode = Readonly<Record<string, unknown>>;

/** The nodes that may stand instead of one; none where it stays. */
export type Edit = (node: TreeNode) => readonly unknown[];

/** An expression with one node replaced, for every node and every replacement that an edit has. */
export function edited(expression: string, edit: Edit): readonly string[] {
  const trees = variants(parse(expression), edit) as readonly Expression[];
  return [...new Set(trees.map(print))];
}

function variants(value: unknown, edit: Edit): readonly unknown[] {
  if (Array.isArray(value)) {
    return value.flatMap((each: unknown, index) =>
      variants(each, edit).map((other) => value.map((old: unknown, at) => (at === index ? other : old))),
    );
  }
  if (typeof value !== "object" || value === null) return [];
  const parts = Object.entries(value).filter(([key]) => key !== "span" && key !== "type");
  return [
    ...edit(value as TreeNode),
    ...parts.flatMap(([key, part]) => variants(part, edit).map((other) => ({ ...value, [key]: other }))),
  ];
}
