import { nearest, notListed } from "../../errors/nearest";

const NAMES = ["dev", "staging", "production"];

test.each([
  ["stagin", NAMES, "staging"],
  ["Production", NAMES, "production"],
  ["prodcution", NAMES, "production"],
  ["prod", NAMES, "production"],
  ["ｄｅｖ", NAMES, "dev"],
  ["work2", ["WORK-1", "WORK-2"], "WORK-2"],
  ["api", ["example/api", "example/dashboard"], "example/api"],
  ["api", ["example/api", "sample/api"], undefined],
  ["test", NAMES, undefined],
  ["", NAMES, undefined],
  ["pr", NAMES, undefined],
  ["dev", [], undefined],
])("the nearest to %j among %j is %j", (word, known, expected) => {
  expect(nearest(word, known)).toBe(expected);
});

test("a word that stands in no list is refused with the list, and with the nearest if there is one", () => {
  expect(notListed("--only", "stagin", NAMES)).toEqual({
    at: "--only",
    got: '"stagin"',
    allowed: "dev, staging, production",
    change: 'did you mean "staging"?',
  });
  expect(notListed("--only", "eu", NAMES)).not.toHaveProperty("change");
  expect(notListed("--only", "eu", []).allowed).toBe("nothing: there is none");
});
