import { overBudget, withinBudget } from "../../../verification/solver/budget";

const axisOf = (what: string): string => `over ${what}`;

test("work within the budget answers with what it finds", () => {
  expect(withinBudget(() => 1, axisOf)).toBe(1);
});

test("work over the budget answers with the axis that explodes, however deep it ends", () => {
  const deep = (): number => overBudget("http.host");
  expect(withinBudget(() => [deep()], axisOf)).toBe("over http.host");
  expect(withinBudget(() => ["inner", withinBudget(deep, axisOf)], axisOf)).toEqual(["inner", "over http.host"]);
});

test("another error is thrown on", () => {
  const broken = () => {
    throw new TypeError("a defect");
  };
  expect(() => withinBudget(broken, axisOf)).toThrow(TypeError);
});
