import { booleanOf, numberOf, Opaque, type Value } from "../../../verification/terraform/value";

const OTHERS: readonly (Value | undefined)[] = [undefined, null, "", "yes", "True", [], {}, new Opaque("${var.x}")];

describe("a value where a provider wants another type", () => {
  test("is a boolean also in words, and nothing else is", () => {
    expect([true, "true", false, "false"].map(booleanOf)).toEqual([true, true, false, false]);
    expect([...OTHERS, 1, "1"].map(booleanOf).filter((each) => each !== undefined)).toEqual([]);
  });

  test("is a number also in digits, and nothing else is", () => {
    expect([15_368, "15368", 0, "0"].map(numberOf)).toEqual([15_368, 15_368, 0, 0]);
    expect([...OTHERS, true, "1.5", "-1", "0x1", " 1"].map(numberOf).filter((each) => each !== undefined)).toEqual([]);
  });
});
