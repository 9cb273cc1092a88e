import { Strength } from "../../../policy/statements";
import {
  allOf,
  type Conclusion,
  type Control,
  isAtLeast,
  NOT_APPLICABLE,
  provenBy,
  undecided,
  type Violated,
  weakest,
} from "../../../verification/statements/conclusion";
import type { Scene } from "../../../verification/statements/scene";
import { always, exactly, never, only, redirects } from "../../../verification/statements/vocabulary";

const { DECLARED, ASSERTED, ENFORCED } = Strength;
const control = (name: string): Control => ({ name, stack: "shop", pointer: `/resource/${name}` });
const violated = (what: string): Violated => ({
  kind: "violated",
  witnesses: [],
  what,
  by: undefined,
  change: "mend it",
});
const SCENE = {} as Scene;

describe("what has parts", () => {
  test("is violated if a part is, by the first, whatever the others are", () => {
    const parts: readonly Conclusion[] = [
      provenBy(ENFORCED, []),
      undecided("x"),
      violated("first"),
      violated("second"),
    ];
    expect(allOf(parts)).toEqual(violated("first"));
  });

  test("is undecided if a part is, for every reason once", () => {
    expect(allOf([provenBy(ENFORCED, []), undecided("a"), undecided("b"), undecided("a"), NOT_APPLICABLE])).toEqual({
      kind: "undecided",
      doubts: [{ reason: "a" }, { reason: "b" }],
    });
  });

  test("is undecided with every example once", () => {
    const open: Conclusion = { ...undecided("a"), examples: ["curl"] };
    expect(allOf([open, undecided("b"), open])).toEqual({
      ...{ kind: "undecided", doubts: [{ reason: "a" }, { reason: "b" }] },
      examples: ["curl"],
    });
  });

  test("is proven no stronger than the weakest part, with everything that belongs to it once", () => {
    const accepted = [{ what: "w", reason: "r" }];
    const basis = { assumptions: ["a"], notes: ["n"], accepted };
    const more = { assumptions: ["a", "b"], notes: ["n", "m"], accepted };
    const one = { ...provenBy(ENFORCED, [control("a")], basis), classes: 3, rules: 2 };
    const other = { ...provenBy(ASSERTED, [control("b"), control("a")], more), classes: 4, rules: 1 };
    expect(allOf([one, NOT_APPLICABLE, other])).toEqual({
      ...{ kind: "proven", strength: ASSERTED },
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

test("a doubt has the place alone of what it stands at", () => {
  expect(undecided("x", control("a"))).toEqual({
    kind: "undecided",
    doubts: [{ reason: "x", place: { stack: "shop", pointer: "/resource/a" } }],
  });
});

describe("a word of the vocabulary", () => {
  test.each([
    ["only", only],
    ["never", never],
    ["exactly", exactly],
    ["redirects", redirects],
  ])("%s says its sentence, and concludes from one thing or many", (word, say) => {
    const { sentence, conclude } = say("what it is", () => [provenBy(ENFORCED, []), violated("x")]);
    expect(sentence).toBe(`${word} what it is`);
    expect(conclude(SCENE)).toEqual(violated("x"));
    expect(say("", () => violated("y")).conclude(SCENE)).toEqual(violated("y"));
  });

  test("always asks each subject, and holds nothing where there is none", () => {
    const asked = always(
      "that it is so",
      () => ["a", "b"],
      (subject) => violated(subject),
    );
    expect(asked.sentence).toBe("always that it is so");
    expect(asked.conclude(SCENE)).toEqual(violated("a"));
    expect(
      always(
        "",
        () => [],
        () => violated("x"),
      ).conclude(SCENE),
    ).toEqual(NOT_APPLICABLE);
  });
});
