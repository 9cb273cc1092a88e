import { expressionKind } from "../rules";
import type { Kind } from "../kind";
import { edited, type TreeNode } from "../trees";

/** Addresses as an expression has them: the ends of a block, both included. */
interface Range {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const BITS = { 4: 32, 6: 128 } as const;

/** How many addresses a block has. */
const sizeOf = ({ first, last }: Range): bigint => last - first + 1n;

/** A kind that changes the addresses of a rule. */
const ranges = (name: string, change: (members: readonly Range[]) => readonly (readonly Range[])[]): Kind =>
  expressionKind(name, ({ expression }) =>
    edited(expression, (node) =>
      isAddressSet(node) ? change(node.members).map((members) => ({ ...node, members })) : [],
    ),
  );

const isAddressSet = (node: TreeNode): node is TreeNode & { readonly members: readonly Range[] } =>
  node["kind"] === "addresses";

/** Every block in turn becomes another one. */
const eachBlock =
  (change: (range: Range) => Range) =>
  (members: readonly Range[]): readonly (readonly Range[])[] =>
    members.map((range) => members.map((other) => (other === range ? change(range) : other)));

const widened = (range: Range): Range => {
  const size = 2n * sizeOf(range);
  const first = range.first - (range.first % size);
  return { ...range, first, last: first + size - 1n };
};

const narrowed = (range: Range): Range => ({ ...range, last: range.last - sizeOf(range) / 2n });

/** The block beside it, whose prefix differs in its last bit. */
const swapped = (range: Range): Range => {
  const size = sizeOf(range);
  return { ...range, first: range.first ^ size, last: range.last ^ size };
};

const everyone = (family: 4 | 6): Range => ({ family, first: 0n, last: (1n << BigInt(BITS[family])) - 1n });
const ONE: Range = { family: 4, first: 0xc633_6407n, last: 0xc633_6407n };

export const ADDRESS_KINDS: readonly Kind[] = [
  ranges("widen an address block by one bit", eachBlock(widened)),
  ranges("narrow an address block by one bit", eachBlock(narrowed)),
  ranges("swap an address block by one bit", eachBlock(swapped)),
  ranges("drop an address block", (members) => members.map((each) => members.filter((other) => other !== each))),
  ranges("add an address block", (members) =>
    [ONE, everyone(4), everyone(6)].map((each) => [
      ...members.filter(({ family }) => family !== each.family || each === ONE),
      each,
    ]),
  ),
  ranges("drop a family", (members) =>
    ([4, 6] as const).map((family) => members.filter((each) => each.family !== family)),
  ),
];
