import { anEnvironment, ZONE_ID } from "../../support/environments";
import { adding, all, bodyOf, giving, shopScene, type Tree, without } from "../../support/shop";
import { ALL_PROVEN, inWords, judged, verdicts } from "./edge-statements";
import { sample } from "../../support/sample";

const setting = (setting_id: unknown, value: unknown): Tree => ({ zone_id: ZONE_ID, setting_id, value });
const address = (name: string) => `cloudflare_zone_setting.${name}`;
const hsts = (header: unknown) => ({ strict_transport_security: header });
const YEAR = 31_536_000;

test("the shop's edge holds every statement about it", () => {
  expect(verdicts(shopScene())).toEqual(ALL_PROVEN);
});

describe("443 speaks HTTPS only with settings that hold it:", () => {
  test.each<[string, string, readonly unknown[]]>(
    sample<[string, string, readonly unknown[]]>(
      [
        ["ssl", "ssl", ["off", "flexible", "full", "Strict", "", null, 5, true, [], {}]],
        ["min_tls_version", "tls", ["1.0", "1.1", "1.20", 1.2, null, ["1.2"]]],
        ["tls_1_3", "tls13", ["off", "", null, true]],
        [
          "security_header",
          "hsts",
          [
            hsts({ enabled: false, max_age: YEAR }),
            hsts({ enabled: true, max_age: 0 }),
            hsts({ enabled: true, max_age: YEAR - 1 }),
            hsts({ enabled: true, max_age: String(YEAR) }),
            hsts({ enabled: "yes", max_age: YEAR }),
            hsts({ enabled: true }),
            hsts(null),
            { enabled: true, max_age: YEAR },
            "on",
            null,
            {},
          ],
        ],
      ],
      3,
    ),
  )("a weak %s violates PORTS-1 and nothing else", (id, name, values) => {
    for (const value of values) {
      const change = giving(address(name), { value });
      expect({ value, ...verdicts(change) }).toEqual({ value, ...ALL_PROVEN, "PORTS-1": "violated" });
      expect(judged("PORTS-1", change)).toMatchObject({
        wrong: expect.stringContaining(`the zone setting ${id} is `) as string,
        controls: [{ name: address(name), pointer: `/resource/cloudflare_zone_setting/${name}` }],
        change: expect.stringMatching(/^set it to ./) as string,
      });
    }
  });

  test.each([
    ["ssl", "strict"],
    ["tls", "1.3"],
    ["tls13", "zrt"],
    ["hsts", hsts({ enabled: true, max_age: 2 * YEAR, include_subdomains: true, preload: true })],
  ])("%s may be stronger", (name, value) => {
    expect(verdicts(giving(address(name), { value }))).toEqual(ALL_PROVEN);
  });

  test("HSTS is as declared: shorter where the environment says so, and of subdomains where it wants them", () => {
    const judgedWith = (hstsOptions: object, header: object) => {
      const environment = anEnvironment({ edge: { hsts: hstsOptions } });
      return judged("PORTS-1", shopScene(giving(address("hsts"), { value: hsts(header) }), [environment])).verdict;
    };
    expect(judgedWith({ maxAge: 300 }, { enabled: true, max_age: 300 })).toBe("proven");
    expect(judgedWith({ maxAge: 300 }, { enabled: true, max_age: 299 })).toBe("violated");
    expect(judgedWith({ includeSubDomains: true }, { enabled: true, max_age: YEAR })).toBe("violated");
    expect(judgedWith({ includeSubDomains: true }, { enabled: true, max_age: YEAR, include_subdomains: true })).toBe(
      "proven",
    );
  });
});

describe("a setting that", () => {
  test.each(["ssl", "tls", "tls13", "hsts"])("isn't there violates PORTS-1: %s", (name) => {
    const result = judged("PORTS-1", without(address(name)));
    expect(result).toMatchObject({ verdict: "violated", controls: [] });
    expect(inWords(result)).toMatch(/nothing holds the zone setting \w+/);
  });

  test("has a value that only the apply knows is undecided, where it stands", () => {
    expect(judged("PORTS-1", giving(address("ssl"), { value: "${var.ssl}" }))).toMatchObject({
      verdict: "undecided",
      unknown: [
        {
          reason: "only the apply knows the value of the zone setting ssl",
          place: { stack: "shop", pointer: "/resource/cloudflare_zone_setting/ssl" },
        },
      ],
    });
  });

  test("is known by a local is understood", () => {
    expect(
      judged("PORTS-1", (shop) => {
        shop.json["locals"] = { ssl: "strict" };
        giving(address("ssl"), { value: "${local.ssl}" })(shop);
      }).verdict,
    ).toBe("proven");
  });

  test.each([
    ["with the same value", setting("ssl", "strict")],
    ["with a weaker one", setting("ssl", "flexible")],
    ["that may be it", setting("${var.id}", "flexible")],
  ])("has a second owner %s is undecided", (_what, second) => {
    const change = all(adding("cloudflare_zone_setting", second), (shop) => {
      (bodyOf(shop, "cloudflare_dns_record.app")["depends_on"] as string[]).push(address("added"));
    });
    expect(judged("PORTS-1", change).verdict).toBe("undecided");
  });

  test("has its second owner in another stack is undecided", () => {
    const result = judged("PORTS-1", (shop) => {
      shop.others["other"] = { resource: { cloudflare_zone_setting: { ssl: setting("ssl", "off") } } };
      shop.dependencies = ["other"];
    });
    expect(result).toMatchObject({ verdict: "undecided" });
    expect(result.unknown[0]).toMatchObject({
      reason: expect.stringContaining("set by two resources") as string,
      place: { stack: "other" },
    });
  });

  test("is of another zone neither holds nor breaks anything", () => {
    const other = "ffffffffffffffffffffffffffffffff";
    expect(verdicts(adding("cloudflare_zone_setting", { ...setting("ssl", "off"), zone_id: other }))).toEqual(
      ALL_PROVEN,
    );
    expect(judged("PORTS-1", giving(address("ssl"), { zone_id: other })).verdict).toBe("violated");
  });

  test("isn't modelled makes PORTS-1 undecided, by its name", () => {
    const result = judged("PORTS-1", adding("cloudflare_zone_setting", setting("pseudo_ipv4", "overwrite_header")));
    expect(inWords(result)).toBe(
      "undecided: what the zone setting pseudo_ipv4 does isn't modelled [/resource/cloudflare_zone_setting/added]",
    );
  });

  test.each(["constructor", "__proto__", "toString"])("is called %s isn't modelled either", (id) => {
    expect(judged("PORTS-1", adding("cloudflare_zone_setting", setting(id, "on"))).verdict).toBe("undecided");
  });

  test.each(["brotli", "http3", "websockets", "development_mode"])(
    "that changes nothing here is understood: %s",
    (id) => {
      expect(verdicts(adding("cloudflare_zone_setting", setting(id, "on")))).toEqual(ALL_PROVEN);
    },
  );
});

describe("the platform's own redirect", () => {
  test.each(["on", null, "${true}"])("breaks PORTS-1 and PORTS-2 where it is %s", (value) => {
    expect(verdicts(giving(address("redirect"), { value }))).toEqual({
      ...ALL_PROVEN,
      "PORTS-1": "violated",
      "PORTS-2": "violated",
    });
  });

  test("breaks both where nothing holds it off", () => {
    expect(verdicts(without(address("redirect")))).toMatchObject({ "PORTS-1": "violated", "PORTS-2": "violated" });
  });
});
