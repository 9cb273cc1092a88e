import { Dimension } from "../classes/dimension";
import { BUDGET, BudgetExceeded } from "../solver/budget";
import { type Axis, type Diagram, DIMENSIONS, forksOf, type Leaf, type Node } from "./decision-diagram";
import { grouped } from "./grouped";

/** A product of sets of classes: some of each axis that it names, and all of every other. */
export type Region = ReadonlyMap<Axis, ReadonlySet<number>>;

/** Requests that a diagram decides alike. */
export interface Box<T> {
  readonly outcome: T;
  readonly region: Region;
  /** A part of it that holds such requests alone: the region may reach over others that don't matter. */
  readonly core: Region;
}

/** One way through a diagram. */
interface Path<T> {
  readonly region: Region;
  readonly outcome: T;
}

/** The axes in the order in which boxes do without them: hosts and paths say most. */
const WIDENED: readonly Axis[] = [
  Dimension.QUERY,
  Dimension.METHOD,
  Dimension.CONNECTION,
  Dimension.SOURCE,
  Dimension.HOST,
  Dimension.PATH,
];

/**
 * The requests with outcomes of some kind as few boxes: each is made as large as it may be, until they cover all. Boxes
 * may overlap.
 *
 * @param isWanted which outcomes the boxes show
 * @param mayCover which other outcomes a box of a wanted one may reach over
 * @throws BudgetExceeded when there are too many of them
 */
export function boxesOf<T, W extends T>(
  { root, partitions }: Diagram<T>,
  isWanted: (outcome: T) => outcome is W,
  mayCover: (wanted: W, other: T) => boolean = () => false,
): readonly Box<W>[] {
  if (DIMENSIONS.some((dimension) => partitions[dimension].classes.length === 0)) return [];
  const paths = pathsOf(root, isWanted);
  const groups = groupsOf(root);
  const boxes: Box<W>[] = [];
  for (const path of paths) {
    if (boxes.some((box) => covers(box, path))) continue;
    const { outcome } = path;
    const mayHold = ({ outcome: other }: Leaf<T>): boolean => other === outcome || mayCover(outcome, other);
    boxes.push({ outcome, core: path.region, region: widened(root, path.region, groups, mayHold) });
  }
  return needed(boxes, paths);
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
    for (const [child, classes] of grouped(indexes, (index) => node.children[index] as Node<T>)) {
      follow(child, new Map([...region, [node.axis, new Set(classes)]]));
    }
  };
  follow(root, new Map());
  return paths;
}

/** For each axis the sets of classes that no fork tells apart. */
function groupsOf<T>(root: Node<T>): ReadonlyMap<Axis, readonly (readonly number[])[]> {
  const forks = grouped(forksOf(root), ({ axis }) => axis);
  return new Map(
    [...forks].map(([axis, own]) => {
      const classes = own[0]?.children.map((_, index) => index) ?? [];
      const groups = grouped(classes, (index) => own.map(({ children }) => children[index]?.id).join());
      return [axis, [...groups.values()]] as const;
    }),
  );
}

/** The region with as much more as may be, axis by axis; an axis of which it has all is left out. */
function widened<T>(
  root: Node<T>,
  core: Region,
  groups: ReadonlyMap<Axis, readonly (readonly number[])[]>,
  mayHold: (leaf: Leaf<T>) => boolean,
): Region {
  const region = new Map(core);
  const free = [...core.keys()].filter((axis) => typeof axis === "number");
  for (const axis of [...free, ...WIDENED]) {
    const own = region.get(axis);
    const all = groups.get(axis) ?? [];
    if (own === undefined) continue;
    for (const group of all) {
      if (group.every((index) => own.has(index))) continue;
      const larger = new Set([...(region.get(axis) ?? []), ...group]);
      if (holdsAll(root, new Map([...region, [axis, larger]]), mayHold)) region.set(axis, larger);
    }
    if (region.get(axis)?.size === all.flat().length) region.delete(axis);
  }
  return region;
}

/** Whether all requests of a region come to leaves that it may hold. */
function holdsAll<T>(root: Node<T>, region: Region, mayHold: (leaf: Leaf<T>) => boolean): boolean {
  const seen = new Set([root]);
  for (const node of seen) {
    if (node.kind === "leaf") {
      if (!mayHold(node)) return false;
      continue;
    }
    const own = region.get(node.axis) ?? node.children.keys();
    for (const index of own) seen.add(node.children[index] as Node<T>);
  }
  return true;
}

function covers<T>({ outcome, region }: Box<T>, { outcome: other, region: part }: Path<T>): boolean {
  return other === outcome && [...region].every(([axis, own]) => isSubset(part.get(axis), own));
}

function isSubset(part: ReadonlySet<number> | undefined, whole: ReadonlySet<number>): boolean {
  return part !== undefined && [...part].every((each) => whole.has(each));
}

/** Leaves out each box whose requests others cover. */
function needed<T>(boxes: readonly Box<T>[], paths: readonly Path<T>[]): readonly Box<T>[] {
  const kept = new Set(boxes);
  for (const box of boxes) {
    const others = [...kept].filter((other) => other !== box);
    const own = paths.filter((path) => covers(box, path));
    if (own.every((path) => others.some((other) => covers(other, path)))) kept.delete(box);
  }
  return [...kept];
}
