import { META } from "../../../network/feeds/meta";
import type { Environment } from "../../../policy/environment";
import { Webhook } from "../../../policy/webhook";
import { aGuest, anEnvironment } from "../../support/environments";
import {
  adding,
  giving,
  recordOf,
  rulesOf,
  secretRule,
  type ShopChange,
  shopScene,
  shopScenes,
  type Tree,
} from "../../support/shop";
import { inWords, judged } from "./edge-statements";

const BLOCKS = META.addresses.cidrs();
const [ONE = ""] = BLOCKS;

const guard = (path: string, addresses: readonly string[], ref = "guard"): Tree => ({
  ...{ ref, action: "block", enabled: true },
  expression: `lower(url_decode(http.request.uri.path, "r")) contains "${path}" and not ip.src in {${addresses.join(" ")}}`,
});
const guarding = (...rules: readonly Tree[]): ShopChange => {
  return (shop) => void rulesOf(shop, "custom").splice(1, 1, ...rules);
};
const inEnvironment = (overrides: Partial<Environment>, change?: ShopChange) =>
  judged("HOOK-1", shopScene(change, [anEnvironment(overrides)]));

describe("HOOK-1", () => {
  test("is not applicable where there is no webhook, whatever the rules are", () => {
    expect(inEnvironment({ webhooks: [] }).verdict).toBe("not applicable");
    expect(inEnvironment({ webhooks: [] }, guarding()).verdict).toBe("not applicable");
  });

  test("prints a command that others could send, the rule that lets it pass, and what to change", () => {
    const result = judged("HOOK-1", guarding());
    expect(result).toMatchObject({ verdict: "violated", controls: [] });
    expect(inWords(result)).toMatch(
      /^violated: curl -i --path-as-is https:\/\/app\.shop\.dev\/webhooks\/meta # from [0-9.]+, curl -i --path-as-is \S+ # from [0-9a-f:]+ reaches the origin/,
    );
  });

  test.each([
    ["another path is guarded", guard("/webhooks/other", BLOCKS)],
    ["an address more is let in", guard("/webhooks/meta", [...BLOCKS, "192.0.2.1"])],
    ["a block is left out", guard("/webhooks/meta", BLOCKS.slice(1))],
  ])("is violated where %s", (_what, rule) => {
    expect(judged("HOOK-1", guarding(rule)).verdict).toBe("violated");
  });

  test("is undecided without normalisation", () => {
    const paths = "cloudflare_url_normalization_settings.paths";
    for (const attributes of [{ scope: "incoming" }, { type: "rfc3986" }, { scope: "${var.scope}" }, { scope: null }]) {
      expect(judged("HOOK-1", giving(paths, attributes)).verdict).toBe("undecided");
    }
  });

  test("is undecided where normalisation has a second owner", () => {
    const second = adding("cloudflare_url_normalization_settings", {
      ...{ zone_id: anEnvironment().zone.kind === "owned" ? "a1b2c3d4e5f60718293a4b5c6d7e8f90" : "" },
      ...{ scope: "none", type: "cloudflare" },
    });
    expect(judged("HOOK-1", second).verdict).not.toBe("proven");
  });

  test.each<[string, unknown]>([
    ["is said to rewrite URLs", { uri: { path: { value: "/webhooks/meta" } } }],
    ["only the apply knows what it rewrites", "${var.parameters}"],
    ["a function says what it rewrites", "${merge({}, var.parameters)}"],
  ])("is undecided where a rule leads another path on behind the guard: %s", (_what, parameters) => {
    const late: Tree = { ref: "late", expression: 'http.request.uri.path eq "/foo"', action: "rewrite" };
    const rewriting: ShopChange = (shop) =>
      void rulesOf(shop, "late").push({ ...late, enabled: true, action_parameters: parameters });
    expect(inWords(judged("HOOK-1", rewriting))).toMatch(
      /^undecided: rule late: it may lead another path to the webhook, behind the guard \[\S+\/rules\/1\]/,
    );
  });

  test("tells of a rule that may stop the sender, and stays proven", () => {
    const challenge = {
      ref: "bots",
      action: "managed_challenge",
      enabled: true,
      expression: "cf.bot_management.score lt 30",
    };
    const result = judged("HOOK-1", guarding(challenge, guard("/webhooks/meta", BLOCKS)));
    expect(inWords(result)).toBe("proven, enforced: rule bots may stop some of these requests: managed_challenge");
  });
});

describe("a sender that bears Meta's name", () => {
  const named = (addresses: readonly string[]) =>
    inEnvironment(
      { webhooks: [{ path: "/webhooks/meta", sender: { name: META.addresses.name, addresses } }] },
      guarding(guard("/webhooks/meta", addresses)),
    );

  test("has Meta's official ranges, in whatever form", () => {
    expect(named(BLOCKS).verdict).toBe("proven");
    expect(named([...BLOCKS].reverse()).verdict).toBe("proven");
  });

  test("and has an address more is violated by it", () => {
    expect(named([...BLOCKS, "192.0.2.1"])).toMatchObject({
      verdict: "violated",
      counterexample: ["192.0.2.1/32"],
      wrong: "isn't in Meta's official ranges, and is admitted as Meta's",
    });
  });

  test("and lacks a range is violated by it", () => {
    expect(named(BLOCKS.slice(1))).toMatchObject({
      verdict: "violated",
      counterexample: [ONE],
      wrong: "is Meta's, and the declared addresses lack it",
    });
  });
});

test("a sender of another name has the ranges that the environment declares, and the result rests on that", () => {
  const webhooks = [Webhook.from("/webhooks/pay", "pay", ["192.0.2.0/24", "2001:db8::/32"])];
  const result = inEnvironment({ webhooks }, guarding(guard("/webhooks/pay", ["192.0.2.0/24", "2001:db8::/32"])));
  expect(inWords(result)).toBe(
    "proven, enforced: as long as the ranges that the environment declares for /webhooks/pay are those of pay alone",
  );
});

describe("a guest's webhook", () => {
  const billing = ["192.0.2.0/24"];
  const environments = [
    anEnvironment({ webhooks: [] }),
    aGuest("beta", "shop", { webhooks: [Webhook.from("/webhooks/pay", "pay", billing)] }),
  ];
  const carried =
    (rule: Tree | undefined): ShopChange =>
    (shop) => {
      guarding(...(rule === undefined ? [] : [rule]))(shop);
      rulesOf(shop, "late").push({ enabled: true, ...secretRule("beta", "beta.shop.dev") });
      adding("cloudflare_dns_record", recordOf("beta", "shop-beta.onrender.com"), "beta")(shop);
    };
  const verdictsWith = (rule: Tree | undefined) =>
    shopScenes(carried(rule), environments).map((scene) => judged("HOOK-1", scene).verdict);

  test("is guarded by the rules of the zone's owner, and asked of the guest alone", () => {
    expect(verdictsWith(guard("/webhooks/pay", billing))).toEqual(["not applicable", "proven"]);
    expect(verdictsWith(undefined)).toEqual(["not applicable", "violated"]);
  });
});
