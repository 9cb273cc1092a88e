import { idOf } from "../../../verification/statements/id";

describe("an id", () => {
  test("is what kind of thing it is of, the stack, and what tells it from others", () => {
    expect(idOf("result", "production", "HOOK-1")).toBe("result:production:HOOK-1");
  });

  test("is another one for other parts, whatever signs they hold", () => {
    const keys = [["a:b"], ["a", "b"], ["a%3Ab"], ["a", "", "b"], ["a b"], ["a%20b"], ["a\u202eb"], ["ab"], ["\ud800"]];
    const ids = keys.map((key) => idOf("finding", "shop", ...key));
    expect(new Set(ids).size).toBe(keys.length);
    for (const id of ids) expect(id).toMatch(/^[!-~]+$/);
  });

  test("keeps letters of any script", () => {
    expect(idOf("finding", "shop", "größe")).toBe("finding:shop:größe");
  });
});
