import { allOf, enforced, NOT_APPLICABLE, undecided, violated } from "../../../verification/result";
import { assertion, each, where } from "../../../verification/statements/assertion";
import type { Scene } from "../../../verification/statements/scene";

const SCENE = {} as Scene;
const broken = (wrong: string) => violated({ wrong, change: "mend it" });

describe("an assertion", () => {
  test("holds if all holds that its check finds", () => {
    expect(assertion("It is so.", () => [enforced(), broken("x")]).check(SCENE)).toEqual(broken("x"));
    expect(assertion("It is so.", () => broken("y")).check(SCENE)).toEqual(broken("y"));
  });

  test("is checked once for a scene", () => {
    const check = jest.fn(() => enforced());
    const asked = assertion("It is so.", check);
    expect([asked.check(SCENE), asked.check(SCENE), asked.check({ ...SCENE })]).toHaveLength(3);
    expect(check).toHaveBeenCalledTimes(2);
  });
});

test("a check of each subject asks every one, and finds nothing where there is none", () => {
  const check = (subjects: readonly string[]) =>
    each(
      () => subjects,
      (subject) => undecided(subject),
    )(SCENE);
  expect(check(["a", "b"])).toEqual([undecided("a"), undecided("b")]);
  expect(allOf([check([])].flat())).toEqual(NOT_APPLICABLE);
});

test("a check where a condition holds finds nothing elsewhere", () => {
  const check = where(
    (scene) => scene === SCENE,
    () => broken("x"),
  );
  expect([check(SCENE), check({ ...SCENE })]).toEqual([broken("x"), NOT_APPLICABLE]);
});
