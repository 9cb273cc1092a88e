import fc from "fast-check";
import { Verdict } from "../../../../verification/edge/evaluate/verdict";

const UNDECIDED = Verdict.undecided("why");
const ALL = [Verdict.TRUE, Verdict.FALSE, UNDECIDED];
const verdicts = fc.array(fc.constantFrom(...ALL), { maxLength: 5 });

const JOINS = [
  { name: "and", join: Verdict.and, plain: (parts: boolean[]) => parts.every(Boolean) },
  { name: "or", join: Verdict.or, plain: (parts: boolean[]) => parts.some(Boolean) },
  { name: "xor", join: Verdict.xor, plain: (parts: boolean[]) => parts.filter(Boolean).length % 2 === 1 },
];

/** Every way to decide the undecided operands. */
function resolutions([first, ...others]: readonly Verdict[]): boolean[][] {
  if (first === undefined) return [[]];
  const values = first.value === undefined ? [true, false] : [first.value];
  return resolutions(others).flatMap((rest) => values.map((value) => [value, ...rest]));
}

describe("verdicts of three values", () => {
  test.each(JOINS)("$name is decided exactly where every way to decide its parts agrees", ({ join, plain }) => {
    fc.assert(
      fc.property(verdicts, (parts) => {
        const results = new Set(resolutions(parts).map(plain));
        expect(join(parts).value).toBe(results.size === 1 ? [...results][0] : undefined);
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  test("false and undecided is false, true or undecided is true, true xor undecided is undecided", () => {
    expect(Verdict.and([UNDECIDED, Verdict.FALSE])).toBe(Verdict.FALSE);
    expect(Verdict.or([UNDECIDED, Verdict.TRUE])).toBe(Verdict.TRUE);
    expect(Verdict.xor([UNDECIDED, Verdict.TRUE]).isUndecided).toBe(true);
  });

  test("not keeps what is undecided, with its reason", () => {
    expect(UNDECIDED.not().reasons).toEqual(["why"]);
    expect(Verdict.TRUE.not()).toBe(Verdict.FALSE);
  });

  test("reasons are gathered, each once", () => {
    const verdict = Verdict.and([UNDECIDED, Verdict.TRUE, Verdict.undecided("another"), UNDECIDED]);
    expect(verdict.reasons).toEqual(["why", "another"]);
  });
});
