import { canonicalPlace } from "../../../verification/terraform/identity";

const guard = { ref: "guard", action: "block" };
const jsonWith = (...rules: readonly object[]) => ({
  resource: { cloudflare_ruleset: { custom: { rules } }, cloudflare_list: { office: [{ items: ["a/b", "c"] }] } },
  provider: { cloudflare: [{ alias: "eu" }] },
});

describe("a place by names", () => {
  test("has a rule by its ref, wherever it stands among the others", () => {
    const place = ["cloudflare_ruleset.custom", "rules", "guard", "action"];
    expect(canonicalPlace(jsonWith(guard), "/resource/cloudflare_ruleset/custom/rules/0/action")).toEqual(place);
    const others = jsonWith({ ref: "other" }, guard, { ref: "last" });
    expect(canonicalPlace(others, "/resource/cloudflare_ruleset/custom/rules/1/action")).toEqual(place);
  });

  test("has a rule without a ref by what it holds", () => {
    const [bare, other] = [{ action: "block" }, { action: "skip" }];
    const at = (rules: readonly object[], index: number) =>
      canonicalPlace(jsonWith(...rules), `/resource/cloudflare_ruleset/custom/rules/${index}`).join(" ");
    expect(at([bare, other], 1)).toBe(at([other], 0));
    expect(at([bare, other], 0)).not.toBe(at([bare, other], 1));
  });

  test("tells elements of the same name apart", () => {
    const twice = jsonWith(guard, guard);
    expect(canonicalPlace(twice, "/resource/cloudflare_ruleset/custom/rules/1").at(-1)).toBe("guard (2)");
  });

  test("has a resource by its address, whether or not its body stands in a list", () => {
    expect(canonicalPlace(jsonWith(), "/resource/cloudflare_list/office/0/items/0")).toEqual([
      ...["cloudflare_list.office", "items", "a/b"],
    ]);
  });

  test("has whatever else by its names, and nothing for the whole stack", () => {
    expect(canonicalPlace({ data: { "a/b~c": { x: 1 } } }, "/data/a~1b~0c/x")).toEqual(["data", "a/b~c", "x"]);
    expect(canonicalPlace(jsonWith(), "/resource/no/such/thing")).toEqual(["no.such", "thing"]);
    expect(canonicalPlace(undefined, "")).toEqual([]);
  });
});
