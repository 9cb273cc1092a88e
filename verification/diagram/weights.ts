import { forksOf, type Node } from "./decision-diagram";

/** Which share of a diagram's classes comes to each outcome. */
export function weightsOf<T>(root: Node<T>): ReadonlyMap<T, number> {
  const shares = new Map<Node<T>, number>([[root, 1]]);
  const outcomes = new Map<T, number>();
  const parentsFirst = [...forksOf(root)].sort((one, other) => other.id - one.id);
  for (const fork of parentsFirst) {
    const share = (shares.get(fork) ?? 0) / fork.children.length;
    for (const child of fork.children) shares.set(child, (shares.get(child) ?? 0) + share);
  }
  for (const [node, share] of shares) if (node.kind === "leaf") outcomes.set(node.outcome, share);
  return outcomes;
}
