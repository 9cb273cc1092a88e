/** The whole numbers from `first` to `last`, both included. */
export interface Interval {
  readonly first: bigint;
  readonly last: bigint;
}

/**
 * A set of whole numbers in its one canonical form: intervals in ascending order, none empty, no two of which overlap or touch.
 * Two sets are equal exactly when their canonical forms are.
 */
export type Intervals = readonly Interval[];

/** The canonical form of the union of intervals in any order. None may be empty. */
export function canonical(intervals: Iterable<Interval>): Intervals {
  const sorted = [...intervals].sort((a, b) => ascending(a.first, b.first));
  const merged: { first: bigint; last: bigint }[] = [];
  for (const { first, last } of sorted) {
    const previous = merged.at(-1);
    if (previous === undefined || first > previous.last + 1n) merged.push({ first, last });
    else if (last > previous.last) previous.last = last;
  }
  return Object.freeze(merged.map((interval) => Object.freeze(interval)));
}

/** The numbers in either set. */
export function union(left: Intervals, right: Intervals): Intervals {
  return canonical([...left, ...right]);
}

/** The numbers in both sets. */
export function intersection(left: Intervals, right: Intervals): Intervals {
  const common: Interval[] = [];
  let [l, r] = [0, 0];
  for (let [a, b] = [left[l], right[r]]; a !== undefined && b !== undefined; [a, b] = [left[l], right[r]]) {
    const shared = { first: a.first > b.first ? a.first : b.first, last: a.last < b.last ? a.last : b.last };
    if (shared.first <= shared.last) common.push(Object.freeze(shared));
    if (a.last < b.last) l++;
    else r++;
  }
  return Object.freeze(common);
}

/** The numbers from 0 to `end`, both included, that the set doesn't hold. */
export function complement(set: Intervals, end: bigint): Intervals {
  const starts = [0n, ...set.map(({ last }) => last + 1n)];
  const ends = [...set.map(({ first }) => first - 1n), end];
  const gaps = starts.map((first, index) => Object.freeze({ first, last: ends[index] ?? end }));
  return Object.freeze(gaps.filter(({ first, last }) => first <= last));
}

/** The numbers in the left set that the right one doesn't hold. Both lie from 0 to `end`. */
export function difference(left: Intervals, right: Intervals, end: bigint): Intervals {
  return intersection(left, complement(right, end));
}

/** Whether two sets hold the same numbers. */
export function equal(left: Intervals, right: Intervals): boolean {
  return (
    left.length === right.length &&
    left.every(({ first, last }, index) => first === right[index]?.first && last === right[index].last)
  );
}

/** Whether the set holds the number. */
export function holds(set: Intervals, value: bigint): boolean {
  let [low, high] = [0, set.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const interval = set[middle];
    if (interval !== undefined && interval.last < value) low = middle + 1;
    else high = middle;
  }
  const candidate = set[low];
  return candidate !== undefined && candidate.first <= value;
}

/** How many numbers the set holds. */
export function cardinality(set: Intervals): bigint {
  return set.reduce((sum, { first, last }) => sum + (last - first + 1n), 0n);
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}
