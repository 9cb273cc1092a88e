import { overBudget, withinBudget } from "../../../verification/solver/budget";

test("work within the budget answers with what it finds", () => {
  expect(withinBudget(() => 1)).toEqual({ kind: "found", value: 1 });
});

test("work over the budget answers with the axis that explodes, however deep it ends", () => {
  const deep = (): number => overBudget("http.host");
  expect(withinBudget(() => [deep()])).toEqual({ kind: "over budget", what: "http.host" });
  expect(withinBudget(() => withinBudget(deep).kind)).toEqual({ kind: "found", value: "over budget" });
});

test("another error is thrown on", () => {
  const broken = () => {
    throw new TypeError("a defect");
  };
  expect(() => withinBudget(broken)).toThrow(TypeError);
});
