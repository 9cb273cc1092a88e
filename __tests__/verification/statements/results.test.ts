import { Accept } from "../../../policy/accept";
import type { Environment } from "../../../policy/environment";
import { Origin } from "../../../policy/origin";
import { STATEMENT_IDS, type StatementId } from "../../../policy/statements";
import { ASSERTIONS } from "../../../verification/statements/assertions";
import { type StatementResult, resultsOf } from "../../../verification/statements/results";
import { anEnvironment, aZone } from "../../support/environments";
import { aRepository } from "../../support/repositories";
import { adding, all, giving, HOST, rulesOf, type ShopChange, shopScenes, type Tree } from "../../support/shop";

const REASON = "the name under onrender.com is still in use";
const DECLARED = [{ what: "the statement is only declared", reason: REASON }];
const lowered = (...ids: readonly StatementId[]) => ids.map((id) => Accept.declared(id, REASON));

function resultsWith(environments: readonly Environment[], change?: ShopChange): readonly StatementResult[] {
  const [scene] = shopScenes(change, environments);
  return scene === undefined ? [] : resultsOf(scene.model, scene.policies);
}

function resultOf(statement: StatementId, overrides: Partial<Environment> = {}, change?: ShopChange): StatementResult {
  const found = resultsWith([anEnvironment(overrides)], change).find((each) => each.statement === statement);
  if (found === undefined) throw new Error(`${statement} wasn't asked`);
  return found;
}

const weak = giving("cloudflare_zone_setting.ssl", { value: "off" });
const another: Environment = {
  ...anEnvironment({ hosts: { "app.other.dev": Origin.render("srv-0123456789abcdef", "other.onrender.com") } }),
  ...{ name: "other", zone: aZone({ id: "0".repeat(32), name: "other.dev" }) },
};

test("every statement is asked, in the order of the policies and of the plan", () => {
  expect(resultsWith([anEnvironment()]).map(({ statement }) => statement)).toEqual(STATEMENT_IDS);
  const asked = resultsWith([anEnvironment(), another]).map(
    ({ environment, statement }) => `${environment} ${statement}`,
  );
  const ofInfrastructure = STATEMENT_IDS.filter((id) => !/^(PEN|SCAN)/.test(id));
  expect(asked).toEqual([...STATEMENT_IDS.map((id) => `shop ${id}`), ...ofInfrastructure.map((id) => `other ${id}`)]);
});

test("each result has an id of its own, which nothing else in the app changes", () => {
  const idsIn = (results: readonly StatementResult[]) => results.map(({ id }) => id);
  const own = idsIn(resultsWith([anEnvironment()]));
  expect(own.slice(0, 5)).toEqual(STATEMENT_IDS.slice(0, 5).map((id) => `result:shop:${id}`));
  const all = idsIn(resultsWith([another, anEnvironment()], weak));
  expect(new Set(all).size).toBe(all.length);
  const aboutCode = /:(?:PEN|SCAN)-/;
  expect(own.filter((id) => !aboutCode.test(id) && !all.includes(id))).toEqual([]);
});

test("statements about code are asked of those who own some", () => {
  const owner = { ...another, repositories: [aRepository()] };
  const asked = resultsWith([anEnvironment(), owner]).filter(({ statement }) => statement === "SCAN-1");
  expect(asked.map(({ environment }) => environment)).toEqual(["other"]);
});

test("every statement has assertions, each a plain sentence of its own of at most twenty words", () => {
  for (const id of STATEMENT_IDS) {
    const texts = ASSERTIONS[id].map(({ text }) => text);
    expect(texts.length).toBeGreaterThan(0);
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) {
      expect(text).toMatch(/^(?!What|Nobody|Never|Always)[A-Z][^.]*(?:\.\S[^.]*)*\.$/);
      expect(text.split(" ").length).toBeLessThanOrEqual(20);
    }
  }
});

describe("a result", () => {
  test("passes where it is proven, with the strength that the statement demands", () => {
    expect(resultOf("PORTS-1")).toMatchObject({ verdict: "proven", required: "enforced", passes: true });
    expect(resultOf("PORTS-1").accepted).toEqual([]);
  });

  test("passes where there is nothing to speak of, and is never called proven there", () => {
    for (const id of ["PORTS-3", "PORTS-4", "DB-1", "WORK-1", "SCAN-1", "PEN-1"] as const) {
      expect(resultOf(id)).toMatchObject({ verdict: "not applicable", passes: true });
    }
    expect(resultOf("HOOK-1", { webhooks: [] })).toMatchObject({ verdict: "not applicable" });
  });

  test("is not applicable whatever is unknown, where there is nothing to speak of", () => {
    const unknown = adding("supabase_settings", {});
    expect(resultOf("DB-1", {}, unknown).verdict).toBe("not applicable");
  });

  test("is undecided by an unknown, where all else holds, and violated where something doesn't", () => {
    const unknown = adding("cloudflare_page_rule", {});
    expect(resultOf("PORTS-1", {}, unknown)).toMatchObject({ verdict: "undecided", passes: false });
    expect(resultOf("PORTS-1", {}, all(unknown, weak))).toMatchObject({
      verdict: "violated",
      passes: false,
    });
  });

  test("passes where the environment lowers it, and says why and what was found", () => {
    const accept = lowered("PORTS-1");
    expect(resultOf("PORTS-1", { accept }, weak)).toMatchObject({
      ...{ required: "declared", accepted: DECLARED, passes: true },
      verdict: "violated",
    });
    expect(resultOf("PORTS-1", { accept })).toMatchObject({ accepted: DECLARED, verdict: "proven" });
    expect(resultOf("PORTS-2", { accept }, giving("cloudflare_zone_setting.redirect", { value: "on" }))).toMatchObject({
      passes: false,
    });
  });

  test("of another environment isn't lowered with it", () => {
    const results = resultsWith([anEnvironment({ accept: lowered("HOOK-1") }), another]);
    expect(results.filter(({ statement }) => statement === "HOOK-1")).toMatchObject([
      { environment: "shop", passes: true, accepted: DECLARED },
      { environment: "other", passes: false },
    ]);
  });

  test("says of a violation that an escaped reference is why", () => {
    const escaped: ShopChange = (shop) => {
      (rulesOf(shop, "late")[0] as Tree)["expression"] = 'lower(http.host) eq "$${var.host}"';
    };
    expect(resultOf("WEB-1", { accept: [] }, escaped)).toMatchObject({
      ...{ verdict: "violated", counterexample: expect.arrayContaining([HOST]) as string[] },
      change: expect.stringContaining('"$${var.host}" is Terraform\'s escape') as string,
    });
  });
});
