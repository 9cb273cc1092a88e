import type { Kind } from "../kind";
import { expressionKind, isBlock } from "../rules";
import { edited, type TreeNode } from "../trees";

interface Range {
  readonly first: bigint;
  readonly last: bigint;
}

const halves = (range: Range): readonly Range[] => {
  const middle = range.first + (range.last - range.first) / 2n;
  return middle === range.last
    ? [range]
    : [
        { ...range, last: middle },
        { ...range, first: middle + 1n },
      ];
};

const isAddresses = (node: TreeNode): node is TreeNode & { readonly members: readonly Range[] } =>
  node["kind"] === "addresses";

/** The set with one block in two halves, for every block. */
const splits = (node: TreeNode): readonly unknown[] =>
  isAddresses(node)
    ? node.members.map((range) => ({
        ...node,
        members: node.members.flatMap((each) => (each === range ? halves(each) : [each])),
      }))
    : [];

const reversed = (node: TreeNode): readonly unknown[] =>
  Array.isArray(node["members"]) ? [{ ...node, members: [...(node["members"] as unknown[])].reverse() }] : [];

const turned = (node: TreeNode): readonly unknown[] =>
  node["kind"] === "combination" ? [{ ...node, operands: [...(node["operands"] as unknown[])].reverse() }] : [];

/** `not (not a or not b)` for `a and b`, and the other way round. */
const deMorgan = (node: TreeNode): readonly unknown[] => {
  if (node["kind"] !== "combination") return [];
  const operands = (node["operands"] as unknown[]).map((operand) => ({ kind: "negation", operand }));
  const operator = node["operator"] === "and" ? "or" : "and";
  return [{ kind: "negation", operand: { ...node, operator, operands } }];
};

const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/ and /g, " && "],
  [/ or /g, " || "],
  [/\bnot /g, "!"],
  [/ eq /g, " == "],
  [/ ne /g, " != "],
  [/ (?=in|contains)/g, "\n  "],
];

const nodes = (name: string, edit: (node: TreeNode) => readonly unknown[]): Kind =>
  expressionKind(name, ({ expression }) => edited(expression, edit));

export const HARMLESS_EXPRESSIONS: readonly Kind[] = [
  expressionKind("put an expression in parentheses", ({ expression }) => [`(${expression})`, `((${expression}))`]),
  expressionKind("spell the operators otherwise", ({ expression }) => [
    ...SPELLINGS.map(([word, sign]) => expression.replace(word, sign)),
    SPELLINGS.reduce((text, [word, sign]) => text.replace(word, sign), expression),
  ]),
  expressionKind("negate an expression twice", ({ expression }) => [`not (not (${expression}))`]),
  expressionKind("add what is always true", ({ expression }) => [`(${expression}) and (ssl or not ssl)`]),
  nodes("split a block in halves", splits),
  nodes("reorder a set", reversed),
  nodes("reorder the operands", turned),
  nodes("write and as not or", deMorgan),
  expressionKind("guard more than the policy asks for", (placed) =>
    isBlock(placed) ? [`(${placed.expression}) or http.request.uri.path eq "/admin"`] : [],
  ),
];
