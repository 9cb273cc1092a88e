import { groupedBy } from "../collections";
import { BUDGET, BudgetExceeded } from "./budget";
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
   * Which other outcomes a box of a wanted one may reach over.
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
 * @throws BudgetExceeded when there are too many of them
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
      if (paths.length > BUDGET.nodes) throw new BudgetExceeded("all fields together");
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

/** For each axis the sets of classes that no fork tells apart. */
type Groups = ReadonlyMap<Split, readonly (readonly number[])[]>;

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

/** Leaves out each box that others cover together. */
function needed<T>(boxes: readonly Box<T>[], paths: readonly Path<T>[], groups: Groups): readonly Box<T>[] {
  const all = new Map([...groups].map(([split, own]) => [split, new Set(own.flat())]));
  const kept = new Set(boxes);
  for (const box of boxes) {
    const others = [...kept].filter((other) => other !== box && other.outcome === box.outcome);
    const regions = others.map(({ region }) => region);
    const own = paths.filter(({ outcome, region }) => outcome === box.outcome && overlap(region, box.region));
    const cover = { all, steps: MOST_STEPS };
    if (own.every(({ region }) => isCovered(region, regions, cover))) kept.delete(box);
  }
  return [...kept];
}

/** How much is looked at to leave a box out. */
const MOST_STEPS = 10_000;

interface Cover {
  /** All classes of each axis. */
  readonly all: ReadonlyMap<Split, ReadonlySet<number>>;
  /** How much may still be looked at. */
  steps: number;
}

/** Whether some regions together hold all points of one: what the first leaves of it, axis by axis, lies in the others. */
function isCovered(region: Region, regions: readonly Region[], cover: Cover): boolean {
  cover.steps -= 1;
  const [first, ...others] = regions.filter((each) => overlap(region, each));
  if (first === undefined || cover.steps < 0) return false;
  let within = region;
  for (const [split, own] of first) {
    const mine = [...(within.get(split) ?? cover.all.get(split) ?? [])];
    const outside = mine.filter((index) => !own.has(index));
    const left = new Map([...within, [split, new Set(outside)]]);
    if (outside.length > 0 && !isCovered(left, others, cover)) return false;
    within = new Map([...within, [split, new Set(mine.filter((index) => own.has(index)))]]);
  }
  return true;
}

function overlap(one: Region, other: Region): boolean {
  return [...other].every(([split, own]) => {
    const mine = one.get(split);
    return mine === undefined || [...mine].some((index) => own.has(index));
  });
}
