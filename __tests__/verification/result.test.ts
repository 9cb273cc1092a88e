import { Strength } from "../../policy/statements";
import {
  allOf,
  type Control,
  enforced,
  isAtLeast,
  NOT_APPLICABLE,
  proven,
  type Result,
  undecided,
  undecidedBy,
  violated,
  weakest,
} from "../../verification/result";

const { DECLARED, ASSERTED, ENFORCED } = Strength;
const control = (name: string): Control => ({ name, stack: "shop", pointer: `/resource/${name}` });
const broken = (wrong: string): Result => violated({ wrong, change: "mend it" });

describe("what has parts", () => {
  test("is violated if a part is, by the first, whatever the others are", () => {
    const parts = [enforced(), undecided("x"), broken("first"), broken("second")];
    expect(allOf(parts)).toEqual(broken("first"));
  });

  test("is undecided if a part is, for every reason once", () => {
    expect(allOf([enforced(), undecided("a"), undecided("b"), undecided("a"), NOT_APPLICABLE])).toEqual(
      undecidedBy([
        { reason: "a", question: "value" },
        { reason: "b", question: "value" },
      ]),
    );
  });

  test("is undecided with every example once", () => {
    const open = undecidedBy([{ reason: "a", question: "value" }], ["curl"]);
    expect(allOf([open, undecided("b"), open])).toEqual(
      undecidedBy(
        [
          { reason: "a", question: "value" },
          { reason: "b", question: "value" },
        ],
        ["curl"],
      ),
    );
  });

  test("is proven no stronger than the weakest part, with everything that belongs to it once", () => {
    const accepted = [{ what: "w", reason: "r" }];
    const one = enforced([control("a")], { assumptions: ["a"], notes: ["n"], accepted, classes: 3, rules: 2 });
    const other = proven(ASSERTED, [control("b"), control("a")], {
      ...{ assumptions: ["a", "b"], notes: ["n", "m"], accepted },
      ...{ classes: 4, rules: 1 },
    });
    expect(allOf([one, NOT_APPLICABLE, other])).toEqual({
      ...{ verdict: "proven", strength: ASSERTED, counterexample: [], unknown: [] },
      ...{ controls: [control("a"), control("b")], classes: 7, rules: 2 },
      ...{ assumptions: ["a", "b"], notes: ["n", "m"], accepted },
    });
  });

  test("is not applicable if no part is, and never proven by having none", () => {
    expect(allOf([])).toEqual(NOT_APPLICABLE);
    expect(allOf([NOT_APPLICABLE, NOT_APPLICABLE])).toEqual(NOT_APPLICABLE);
  });
});

test("strengths are ordered", () => {
  expect(weakest([ENFORCED, ASSERTED])).toBe(ASSERTED);
  expect(weakest([ENFORCED, DECLARED, ASSERTED])).toBe(DECLARED);
  expect(isAtLeast(ASSERTED, ASSERTED)).toBe(true);
  expect(isAtLeast(ENFORCED, ASSERTED)).toBe(true);
  expect(isAtLeast(ASSERTED, ENFORCED)).toBe(false);
  expect(isAtLeast(DECLARED, ASSERTED)).toBe(false);
});

test("an unknown has the place alone of what it stands at", () => {
  expect(undecided("x", control("a")).unknown).toEqual([
    { reason: "x", question: "value", place: { stack: "shop", pointer: "/resource/a" } },
  ]);
});

test("nothing unknown leaves nothing undecided", () => {
  expect(undecidedBy([])).toEqual(NOT_APPLICABLE);
});
