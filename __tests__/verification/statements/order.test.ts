import { Accept } from "../../../policy/accept";
import { anEnvironment, ZONE_ID } from "../../support/environments";
import {
  adding,
  bodyOf,
  giving,
  HOST,
  ORIGIN,
  recordOf,
  type Shop,
  type ShopChange,
  shopScene,
  type Tree,
} from "../../support/shop";
import { ALL_PROVEN, type EdgeStatement, judged, verdicts } from "./edge-statements";
import { sample } from "../../support/sample";

const APP = "cloudflare_dns_record.app";

/** Takes a dependency away from the record. */
function dropping(...addresses: readonly string[]): ShopChange {
  return (shop) => {
    const record = bodyOf(shop, APP);
    record["depends_on"] = (record["depends_on"] as string[]).filter((each) => !addresses.includes(each));
  };
}

const dependsOn = (shop: Shop, address: string, ...on: readonly string[]) => giving(address, { depends_on: on })(shop);

describe("a record that doesn't wait for", () => {
  test.each<[string, readonly EdgeStatement[]]>(
    sample<[string, readonly EdgeStatement[]]>(
      [
        ["cloudflare_zone_setting.ssl", ["PORTS-1"]],
        ["cloudflare_zone_setting.tls", ["PORTS-1"]],
        ["cloudflare_zone_setting.tls13", ["PORTS-1"]],
        ["cloudflare_zone_setting.hsts", ["PORTS-1"]],
        ["cloudflare_zone_setting.redirect", ["PORTS-1", "PORTS-2"]],
        ["cloudflare_ruleset.redirects", ["PORTS-2"]],
        ["cloudflare_ruleset.custom", ["PORTS-1", "PORTS-2", "HOOK-1"]],
        ["cloudflare_ruleset.late", ["WEB-1"]],
        ["cloudflare_url_normalization_settings.paths", ["HOOK-1"]],
      ],
      3,
    ),
  )("%s violates the statements whose control comes late", (address, broken) => {
    const change = dropping(address);
    expect(verdicts(change)).toEqual({
      ...ALL_PROVEN,
      ...Object.fromEntries(broken.map((statement) => [statement, "violated"])),
    });
    for (const statement of broken) {
      expect(judged(statement, change)).toMatchObject({
        counterexample: [HOST],
        wrong: `may be public before ${address} is in force`,
        controls: [{ name: APP }],
        change: `let the record depend on ${address}`,
      });
    }
  });

  test("anything violates every statement", () => {
    expect(Object.values(verdicts(giving(APP, { depends_on: undefined })))).toEqual(Array(4).fill("violated"));
  });
});

describe("a wildcard", () => {
  const wildcard = (name: string, members: Tree = {}) =>
    adding("cloudflare_dns_record", {
      ...{ zone_id: ZONE_ID, name, type: "CNAME", content: ORIGIN, proxied: true, ttl: 1 },
      ...members,
    });

  test.each(["*", "*.shop.dev", "*.SHOP.dev.", '${join(".", ["*", "shop", "dev"])}'])(
    "that doesn't wait makes the host public before everything: %s",
    (name) => {
      expect(Object.values(verdicts(wildcard(name)))).toEqual(Array(4).fill("violated"));
      expect(judged("WEB-1", wildcard(name))).toMatchObject({
        counterexample: [HOST],
        wrong: "may be public before cloudflare_ruleset.late is in force",
        controls: [{ name: "cloudflare_dns_record.added" }],
      });
    },
  );

  test("that waits as the host does changes nothing", () => {
    expect(verdicts(adding("cloudflare_dns_record", recordOf("*", ORIGIN)))).toEqual(ALL_PROVEN);
  });

  test.each<[string, Tree]>([
    ["*.app", {}],
    ["*.other.shop.dev", {}],
    ["*app", {}],
    ["*", { type: "TXT", proxied: false }],
    ["*", { zone_id: "f".repeat(32) }],
  ])("that doesn't answer for the host may come at any time: %s %j", (name, members) => {
    expect(verdicts(wildcard(name, members))).toEqual(ALL_PROVEN);
  });
});

describe("the order", () => {
  test("may go through other resources, and through locals", () => {
    const ssl = "cloudflare_zone_setting.ssl";
    const through =
      (reference: string): ShopChange =>
      (shop) => {
        dropping(ssl)(shop);
        shop.json["locals"] = { id: `\${${ssl}.id}`, further: "${local.id}" };
        giving(APP, { comment: reference })(shop);
      };
    expect(verdicts(through(`\${${ssl}.id}`))).toEqual(ALL_PROVEN);
    expect(verdicts(through(`after \${upper(${ssl}.id)}`))).toEqual(ALL_PROVEN);
    expect(verdicts(through("${local.further}"))).toEqual(ALL_PROVEN);
    expect(
      verdicts((shop) => {
        dropping(ssl)(shop);
        dependsOn(shop, "cloudflare_zone_setting.tls", ssl);
      }),
    ).toEqual(ALL_PROVEN);
  });

  test.each([
    ["text", "cloudflare_zone_setting.ssl.id"],
    ["an escaped interpolation", "$${cloudflare_zone_setting.ssl.id}x"],
    ["a string in an expression", '${upper("cloudflare_zone_setting.ssl.id")}'],
    ["a comment in an expression", "${1 /* cloudflare_zone_setting.ssl.id */}"],
    ["a comment that ends with its line", "${1 # cloudflare_zone_setting.ssl.id\n}"],
    ["a name that only begins alike", "${cloudflare_zone_setting.ssl_other.id}"],
    ["a data source of that name", "${data.cloudflare_zone_setting.ssl.id}"],
    ["a loop's own name", "${[for cloudflare_zone_setting in [{ssl = 1}] : cloudflare_zone_setting.ssl]}"],
    ["a heredoc", "${<<EOT\ncloudflare_zone_setting.ssl.id\nEOT\n}"],
    ["what it says of itself", "//"],
  ])("isn't made by %s", (_what, comment) => {
    const change: ShopChange = (shop) => {
      dropping("cloudflare_zone_setting.ssl")(shop);
      giving(APP, comment === "//" ? { "//": { note: "${cloudflare_zone_setting.ssl.id}" } } : { comment })(shop);
    };
    expect(judged("PORTS-1", change).verdict).not.toBe("proven");
  });

  test("may be that of the stacks, where they say so", () => {
    const moved =
      (dependencies: readonly string[]): ShopChange =>
      (shop) => {
        dropping("cloudflare_zone_setting.ssl")(shop);
        const { cloudflare_zone_setting: settings = {} } = shop.json.resource;
        const { ssl, ...rest } = settings;
        shop.json.resource["cloudflare_zone_setting"] = rest;
        shop.others["base"] = { resource: { cloudflare_zone_setting: { ssl } } };
        shop.dependencies = dependencies;
      };
    const accepting = anEnvironment({ accept: [Accept.stack("base", "another team's")] });
    const scene = (dependencies: readonly string[]) => shopScene(moved(dependencies), [accepting]);
    expect(verdicts(scene(["base"]))).toEqual(ALL_PROVEN);
    expect(judged("PORTS-1", scene([])).verdict).toBe("violated");
    expect(judged("PORTS-1", scene(["shop", "absent"])).verdict).toBe("violated");
  });

  test("ends where resources depend on each other", () => {
    expect(
      verdicts((shop) => {
        dependsOn(shop, "cloudflare_zone_setting.ssl", APP);
      }),
    ).toEqual(ALL_PROVEN);
  });
});
