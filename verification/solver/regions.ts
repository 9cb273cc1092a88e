import { groupedBy } from "../collections";
import { BUDGET, overBudget } from "./budget";
import { type DecisionDiagram, forksOf, type Leaf, type Node, type Split } from "./decision-diagram";
import type { Partition } from "./partition";

/** A product of sets of classes: some of each axis that it names, and all of every other. */
export type Region = ReadonlyMap<Split, ReadonlySet<number>>;

/** Points that a diagram decides alike. */
export interface Box<T> {
  readonly outcome: T;
  readonly region: Region;
  /** A part of it that holds such points alone: the region may reach over others that don't matter. */
  readonly core: Region;
}

/** One way through a diagram. */
interface Path<T> {
  readonly region: Region;
  readonly outcome: T;
}

/** Which boxes are asked for. */
export interface BoxOptions<T, W extends T> {
  /** Which outcomes the boxes show. */
  readonly isWanted: (outcome: T) => outcome is W;
  /**
   * The other outcomes that a box of a wanted one may reach over.
   *
   * @default - none
   */
  readonly mayCover?: (wanted: W, other: T) => boolean;
  /** The axes in the order in which boxes do without them: those that say most come last. */
  readonly widened: readonly string[];
}

/**
 * The points with outcomes of some kind as few boxes: each is made as large as it may be, until they cover all. Boxes may
 * overlap.
 *
 * @throws over budget when there are too many of them
 */
export function boxesOf<T, Point extends object, W extends T>(
  { root, partitions }: DecisionDiagram<T, Point>,
  { isWanted, mayCover = () => false, widened: order }: BoxOptions<T, W>,
): readonly Box<W>[] {
  if (Object.values<Partition>(partitions).some(({ classes }) => classes.length === 0)) return [];
  const paths = pathsOf(root, isWanted);
  const groups = groupsOf(root);
  const boxes: Box<W>[] = [];
  for (const path of paths) {
    if (boxes.some((box) => covers(box, path))) continue;
    const { outcome } = path;
    const mayHold = ({ outcome: other }: Leaf<T>): boolean => other === outcome || mayCover(outcome, other);
    boxes.push({ outcome, core: path.region, region: widened(root, path.region, { groups, order, mayHold }) });
  }
  return needed(boxes, paths, groups);
}

function pathsOf<T, W extends T>(root: Node<T>, isWanted: (outcome: T) => outcome is W): readonly Path<W>[] {
  const paths: Path<W>[] = [];
  const follow = (node: Node<T>, region: Region): void => {
    if (node.kind === "leaf") {
      if (isWanted(node.outcome)) paths.push({ region, outcome: node.outcome });
      if (paths.length > BUDGET.nodes) overBudget("all fields together");
      return;
    }
    const indexes = node.children.map((_, index) => index);
    for (const [child, classes] of groupedBy(indexes, (index) => node.children[index] as Node<T>)) {
      follow(child, new Map([...region, [node.split, new Set(classes)]]));
    }
  };
  follow(root, new Map());
  return paths;
}

type Groups = ReadonlyMap<Split, readonly (readonly number[])[]>;

/** For each axis the sets of classes that no fork tells apart. */
function groupsOf<T>(root: Node<T>): Groups {
  const forks = groupedBy(forksOf(root), ({ split }) => split);
  return new Map(
    [...forks].map(([split, own]) => {
      const classes = own[0]?.children.map((_, index) => index) ?? [];
      const groups = groupedBy(classes, (index) => own.map(({ children }) => children[index]?.id).join());
      return [split, [...groups.values()]] as const;
    }),
  );
}

interface Widening<T> {
  readonly groups: Groups;
  readonly order: readonly Split[];
  readonly mayHold: (leaf: Leaf<T>) => boolean;
}

/** The region with as much more as may be, axis by axis; an axis of which it has all is left out. */
function widened<T>(root: Node<T>, core: Region, { groups, order, mayHold }: Widening<T>): Region {
  const region = new Map(core);
  const unconstrained = [...core.keys()].filter((split) => typeof split === "number");
  for (const split of [...unconstrained, ...order]) {
    const own = region.get(split);
    const all = groups.get(split) ?? [];
    if (own === undefined) continue;
    for (const group of all) {
      if (group.every((index) => own.has(index))) continue;
      const larger = new Set([...(region.get(split) ?? []), ...group]);
      if (holdsAll(root, new Map([...region, [split, larger]]), mayHold)) region.set(split, larger);
    }
    if (region.get(split)?.size === all.flat().length) region.delete(split);
  }
  return region;
}

/** Whether all points of a region come to leaves that it may hold. */
function holdsAll<T>(root: Node<T>, region: Region, mayHold: (leaf: Leaf<T>) => boolean): boolean {
  const seen = new Set([root]);
  for (const node of seen) {
    if (node.kind === "leaf") {
      if (!mayHold(node)) return false;
      continue;
    }
    const own = region.get(node.split) ?? node.children.keys();
    for (const index of own) seen.add(node.children[index] as Node<T>);
  }
  return true;
}

function covers<T>({ outcome, region }: Box<T>, { outcome: other, region: part }: Path<T>): boolean {
  return other === outcome && [...region].every(([split, own]) => isSubset(part.get(split), own));
}

function isSubset(part: ReadonlySet<number> | undefined, whole: ReadonlySet<number>): boolean {
  return part !== undefined && [...part].every((each) => whole.has(each));
}

/** Leaves out each box of which others cover, alone or together, all that it is for. */
function needed<T>(boxes: readonly Box<T>[], paths: readonly Path<T>[], groups: Groups): readonly Box<T>[] {
  const kept = new Set(boxes);
  for (const box of boxes) {
    const own = paths
      .filter(({ outcome }) => outcome === box.outcome)
      .flatMap(({ region }) => common(box.region, region) ?? []);
    const others = [...kept].filter((other) => other !== box && other.outcome === box.outcome);
    const parts = { left: MOST_PARTS };
    if (own.every((part) => isCovered(part, others, groups, parts))) kept.delete(box);
  }
  return [...kept];
}

/**
 * The most parts to look at before a box is left out: a box that takes more stays. Boxes that people read take fewer.
 */
const MOST_PARTS = 1_000;

/**
 * Whether boxes hold all of a region. The part outside of the first box that it meets, axis by axis, has to be in the
 * others.
 */
function isCovered<T>(region: Region, boxes: readonly Box<T>[], groups: Groups, parts: { left: number }): boolean {
  const [first, ...others] = boxes.filter((box) => common(region, box.region) !== undefined);
  if (first === undefined) return false;
  let inside = region;
  for (const [split, own] of first.region) {
    const all = [...(inside.get(split) ?? groups.get(split)?.flat() ?? [])];
    const outside = new Set(all.filter((each) => !own.has(each)));
    if (outside.size === 0) continue;
    parts.left -= 1;
    if (parts.left < 0 || !isCovered(new Map([...inside, [split, outside]]), others, groups, parts)) return false;
    inside = new Map([...inside, [split, new Set(all.filter((each) => own.has(each)))]]);
  }
  return true;
}

/** The part that two regions have in common; undefined where they have none. */
function common(one: Region, other: Region): Region | undefined {
  const both = new Map(one);
  for (const [split, own] of other) {
    const classes = one.get(split);
    const shared = classes === undefined ? own : new Set([...own].filter((each) => classes.has(each)));
    if (shared.size === 0) return undefined;
    both.set(split, shared);
  }
  return both;
}
