import fc from "fast-check";
import * as intervals from "../../network/intervals";
import { runs } from "../support/sample";

const END = 255n;
const UNIVERSE = Array.from({ length: 256 }, (_, value) => value);
const SEED = { seed: 20260102, numRuns: runs(100, 2_000) };

/** Any subset of 0 to 255, the ends and short runs likely, as one flag per number. */
const edge = fc.oneof(fc.constantFrom(0, 1, 127, 128, 254, 255), fc.integer({ min: 0, max: 255 }));
const pair = fc.tuple(edge, fc.oneof(fc.constantFrom(0, 0, 1), edge)).map(([first, length]) => ({
  first: BigInt(first),
  last: BigInt(Math.min(255, first + length)),
}));
const pairs = fc.array(pair, { maxLength: 8 });

const flagsOf = (list: readonly intervals.Interval[]) =>
  UNIVERSE.map((value) => list.some(({ first, last }) => Number(first) <= value && value <= Number(last)));

/** The canonical form of a subset, read off its flags from left to right. */
const runsOf = (flags: readonly boolean[]) =>
  [
    ...flags
      .map((flag) => (flag ? "x" : " "))
      .join("")
      .matchAll(/x+/g),
  ].map(({ 0: run, index }) => ({
    first: BigInt(index),
    last: BigInt(index + run.length - 1),
  }));

describe("sets of the numbers 0 to 255, against one flag per number", () => {
  test("the canonical form", () => {
    fc.assert(
      fc.property(pairs, (list) => {
        expect(intervals.canonical(list)).toEqual(runsOf(flagsOf(list)));
      }),
      SEED,
    );
  });

  test("union, intersection, difference, complement, equality", () => {
    fc.assert(
      fc.property(pairs, pairs, (a, b) => {
        const [left, right] = [intervals.canonical(a), intervals.canonical(b)];
        const [inA, inB] = [flagsOf(a), flagsOf(b)];
        const expected = (verdict: (isInA: boolean, isInB: boolean) => boolean) =>
          runsOf(UNIVERSE.map((value) => verdict(inA[value] ?? false, inB[value] ?? false)));
        expect(intervals.union(left, right)).toEqual(expected((isInA, isInB) => isInA || isInB));
        expect(intervals.intersection(left, right)).toEqual(expected((isInA, isInB) => isInA && isInB));
        expect(intervals.difference(left, right, END)).toEqual(expected((isInA, isInB) => isInA && !isInB));
        expect(intervals.complement(left, END)).toEqual(expected((isInA) => !isInA));
        expect(intervals.equal(left, right)).toBe(String(inA) === String(inB));
      }),
      SEED,
    );
  });

  test("membership and cardinality", () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const [set, flags] = [intervals.canonical(list), flagsOf(list)];
        expect(UNIVERSE.map((value) => intervals.holds(set, BigInt(value)))).toEqual(flags);
        expect(intervals.cardinality(set)).toBe(BigInt(flags.filter(Boolean).length));
      }),
      SEED,
    );
  });
});

describe("edges", () => {
  const all = [{ first: 0n, last: END }];

  test("the complement of everything is empty, with no interval past the end", () => {
    expect(intervals.complement(all, END)).toEqual([]);
  });

  test("the complement of nothing is everything", () => {
    expect(intervals.complement([], END)).toEqual(all);
  });

  test("intervals that touch become one", () => {
    expect(
      intervals.canonical([
        { first: 5n, last: 9n },
        { first: 0n, last: 4n },
      ]),
    ).toEqual([{ first: 0n, last: 9n }]);
  });

  test("intervals with one number between them stay two", () => {
    const apart = [
      { first: 0n, last: 4n },
      { first: 6n, last: 9n },
    ];
    expect(intervals.canonical(apart)).toEqual(apart);
  });

  test("an interval inside another adds nothing", () => {
    expect(
      intervals.canonical([
        { first: 0n, last: 9n },
        { first: 2n, last: 3n },
      ]),
    ).toEqual([{ first: 0n, last: 9n }]);
  });

  test("sets with the same starts and other ends differ", () => {
    expect(intervals.equal([{ first: 0n, last: 4n }], [{ first: 0n, last: 5n }])).toBe(false);
    expect(intervals.equal([{ first: 0n, last: 4n }], [{ first: 1n, last: 4n }])).toBe(false);
    expect(intervals.equal([{ first: 0n, last: 4n }], [])).toBe(false);
  });

  test("the input is left as it was, and no result can be changed", () => {
    const input = [
      { first: 0n, last: 4n },
      { first: 3n, last: 9n },
    ];
    const results = [
      intervals.canonical(input),
      intervals.complement(intervals.canonical(input), END),
      intervals.intersection(intervals.canonical(input), all),
    ];
    expect(input).toEqual([
      { first: 0n, last: 4n },
      { first: 3n, last: 9n },
    ]);
    for (const result of results) {
      expect(Object.isFrozen(result) && result.length > 0 && result.every(Object.isFrozen)).toBe(true);
    }
  });
});
