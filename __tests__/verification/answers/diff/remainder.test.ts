import { EdgePhase } from "../../../../policy/edge-phase";
import { diffReport } from "../../../../verification/answers/diff/report";
import { Area, Direction } from "../../../../verification/answers/diff/difference";
import { ACCOUNT_ID, ZONE_ID } from "../../../support/environments";
import { type Change, type JsonTree, stackOf } from "../../../support/proof-scenes";
import { aRepository } from "../../../support/repositories";
import { sample } from "../../../support/sample";
import { added, appOf, changedBy, given, rules, SHOP, told } from "./apps";

/** Changes a block of the stack's JSON. */
const block =
  (name: string, change: (block: JsonTree) => JsonTree): Change =>
  (folder) => {
    const { json } = stackOf(folder, "shop");
    json[name] = change((json[name] ?? {}) as JsonTree);
  };
const undecided = (change: Change, environments = [SHOP]) =>
  changedBy(change, environments)
    .filter(({ direction, area }) => direction === Direction.UNDECIDED && area !== Area.STATEMENT)
    .map(({ what, notes }) => `${what} (${notes.join("; ")})`);
const list = (name: string, items: readonly object[]) => ({ account_id: ACCOUNT_ID, name, kind: "asn", items });

describe("what isn't understood and differs is undecided:", () => {
  test.each<readonly [string, Change, RegExp]>(
    sample<readonly [string, Change, RegExp]>(
      [
        [
          "a type that isn't modelled",
          added("cloudflare_workers_route", { zone_id: ZONE_ID, pattern: "*" }),
          /cloudflare_workers_route\.added: not understood, and differs/,
        ],
        [
          "a zone setting that isn't modelled",
          added("cloudflare_zone_setting", { zone_id: ZONE_ID, setting_id: "odd", value: "on" }),
          /a zone setting: not understood, and differs \(what the zone setting odd does isn't modelled\)/,
        ],
        [
          "an attribute that isn't modelled",
          given("cloudflare_dns_record", "", { settings: { flatten_cname: true } }),
          /Record.*\(what isn't modelled of it: settings\)/,
        ],
        [
          "a condition beside a rule's expression",
          rules(EdgePhase.CUSTOM, ([first, ...rest]) => [
            { ...first, exposed_credential_check: { username_expression: "x" } },
            ...rest,
          ]),
          /\(what isn't modelled of it: rules\)/,
        ],
        [
          "a ruleset of an account",
          added("cloudflare_ruleset", {
            account_id: ACCOUNT_ID,
            kind: "root",
            phase: EdgePhase.CUSTOM,
            name: "all",
            rules: [],
          }),
          /cloudflare_ruleset\.added: not understood/,
        ],
        [
          "a list that isn't of addresses",
          added("cloudflare_list", list("networks", [{ asn: 64_496 }])),
          /cloudflare_list\.added: not understood/,
        ],
        [
          "how many there are of a resource",
          given("cloudflare_dns_record", "", { count: 0 }),
          /\(what isn't modelled of it: count\)/,
        ],
        [
          "what Terraform leaves to others",
          given("cloudflare_zone_setting", "ssl", { lifecycle: { ignore_changes: "all" } }),
          /lifecycle\.ignore_changes/,
        ],
        [
          "a program that nobody knows",
          added("null_resource", { provisioner: [{ "local-exec": { command: "curl evil.example.com" } }] }),
          /a program that the apply runs: not understood/,
        ],
        [
          "a provider that talks to somebody else",
          block("provider", (all) => ({ ...all, cloudflare: [{ base_url: "https://evil.example.com" }] })),
          /provider\.cloudflare: not understood/,
        ],
        [
          "a provider from elsewhere",
          block("terraform", (all) => ({
            ...all,
            required_providers: {
              ...(all["required_providers"] as JsonTree),
              cloudflare: { source: "evil/cloudflare" },
            },
          })),
          /terraform\.cloudflare: not understood/,
        ],
        ["a module", block("module", () => ({ m: { source: "./m" } })), /module\.m: not understood/],
        [
          "data",
          block("data", (all) => ({ ...all, http: { x: { url: "https://example.com" } } })),
          /data\.http: not understood/,
        ],
        ["a block that nobody knows", block("action", () => ({ x: {} })), /action\.x: not understood/],
        [
          "a program that runs as a thing goes",
          block("removed", () => ({ from: "github_issue_label.x", provisioner: [{}] })),
          /removed: not understood/,
        ],
      ],
      3,
    ),
  )("%s", (_what, change, expected) => {
    expect(undecided(change)).toEqual(expect.arrayContaining([expect.stringMatching(expected)]));
  });

  test("a rule of which the apply alone knows when it matches opens what it may leave open", () => {
    const change = rules(EdgePhase.CUSTOM, ([first, ...rest]) => [{ ...first, expression: "${var.rule}" }, ...rest]);
    expect(told(changedBy(change))).toContainEqual(
      expect.stringMatching(
        /^opened: anyone → .* on any port but .* where not \$\{var\.rule\}: block \(403\) → origin/,
      ),
    );
  });

  test("a rule that another value switches on", () => {
    const [before, after] = ["${var.a}", "${var.b}"].map((enabled) =>
      appOf(
        [SHOP],
        rules(EdgePhase.CUSTOM, ([first, ...rest]) => [{ ...first, enabled }, ...rest]),
      ),
    );
    if (before === undefined || after === undefined) throw new Error("there are two");
    expect(diffReport({ before, after }).differences).toMatchObject([
      {
        direction: Direction.UNDECIDED,
        notes: ["what isn't modelled of it: rules", "leaves undecided in shop: PORTS-1, PORTS-2, HOOK-1"],
      },
    ]);
  });

  test("the data of a check, and not what it asserts", () => {
    const check = (parts: JsonTree): Change =>
      block("check", () => ({ healthy: { assert: { condition: "${true}" }, ...parts } }));
    const http = { x: { url: "https://example.com", method: "POST" } };
    expect(undecided(check({ data: { http } }))).toEqual([
      expect.stringMatching(/^check\.healthy: not understood, and differs/),
    ]);
    expect(undecided(check({}))).toEqual([]);
  });

  test.each(["constructor", "__proto__"])("a block called %s, as every object has", (name) => {
    const change: Change = (folder) => {
      Object.defineProperty(stackOf(folder, "shop").json, name, { value: { x: {} }, enumerable: true });
    };
    expect(undecided(change)).toEqual([expect.stringContaining(`${name}.x: not understood`)]);
  });

  test.each(["constructor", "__proto__", "toString"])("nothing where a resource's type is %s", (type) => {
    const change: Change = (folder) => {
      const { resource } = stackOf(folder, "shop").json as { readonly resource: JsonTree };
      Object.defineProperty(resource, type, { value: { x: {} }, enumerable: true });
    };
    expect(undecided(change)).toEqual([]);
  });

  test("a setting that is called like what every object has", () => {
    const change = given("cloudflare_zone_setting", "ssl", { setting_id: "constructor" });
    expect(undecided(change)).toContainEqual(expect.stringContaining("what the zone setting constructor does"));
  });

  test("a value whose default differs", () => {
    const open: Change = given("cloudflare_zone_setting", "min_tls", { value: "${var.tls}" });
    const [before, after] = ["1.2", "1.0"].map((value) =>
      appOf([SHOP], (folder) => {
        open(folder);
        block("variable", (all) => ({ ...all, tls: { default: value } }))(folder);
      }),
    );
    if (before === undefined || after === undefined) throw new Error("there are two");
    expect(diffReport({ before, after }).differences.map(({ what }) => what)).toEqual([
      "variable.tls: not understood, and differs",
    ]);
  });

  test("a repository whose owner the apply knows", () => {
    const shop = [{ ...SHOP, repositories: [aRepository()] }];
    const opaque = block("provider", (all) => ({ ...all, github: [{ owner: "${var.owner}" }] }));
    const changed: Change = (folder) => {
      opaque(folder);
      given("github_repository_vulnerability_alerts", "", { enabled: false })(folder);
    };
    const { differences } = diffReport({ before: appOf(shop, opaque), after: appOf(shop, changed) });
    expect(differences.map(({ direction, what }) => `${direction} ${what}`)).toContainEqual(
      expect.stringMatching(/undecided github_repository_vulnerability_alerts.*not understood, and differs/),
    );
  });
});

describe("what bears on no statement is listed", () => {
  test("by its type, with how many there are", () => {
    const change = added("random_pet", { length: 2 });
    expect(diffReport({ before: appOf(), after: appOf([SHOP], change) })).toMatchObject({
      differences: [],
      asides: [{ type: "random_pet", added: 1, removed: 0, changed: 0 }],
      rewritten: 1,
    });
  });

  test("also where it is known to open nothing", () => {
    const after = appOf([SHOP], added("cloudflare_r2_bucket", { account_id: ACCOUNT_ID, name: "b" }));
    expect(diffReport({ before: appOf(), after })).toMatchObject({ differences: [], asides: [{ added: 1 }] });
  });
});

describe("no change in behaviour is proven", () => {
  test.each<readonly [string, Change]>(
    sample<readonly [string, Change]>(
      [
        [
          "for descriptions, comments and names",
          (folder) => {
            rules(EdgePhase.CUSTOM, (all) =>
              all.map((rule) => ({ ...rule, description: "other words", ref: `${String(rule["ref"])}_2` })),
            )(folder);
            given("cloudflare_dns_record", "", { comment: "ours", ttl: 300 })(folder);
          },
        ],
        [
          "for other names of resources",
          (folder) => {
            const types = stackOf(folder, "shop").json["resource"] as Record<string, JsonTree>;
            for (const [type, resources] of Object.entries(types)) {
              types[type] = Object.fromEntries(
                Object.entries(resources).map(([name, body]) => [`Renamed_${name}`, body]),
              );
            }
            const stack = stackOf(folder, "shop");
            const text = JSON.stringify(stack.json["resource"]).replace(
              /"([a-z_]+)\.(?!Renamed_)(Edge|Databases|Workers|Ingress)_/g,
              '"$1.Renamed_$2_',
            );
            stack.json["resource"] = JSON.parse(text) as JsonTree;
          },
        ],
        ["for other outputs and versions", block("output", () => ({}))],
        ["for blocks in another order", rules(EdgePhase.CUSTOM, (all) => [...all].reverse())],
      ],
      3,
    ),
  )("%s", (_what, change) => {
    const { differences, rewritten } = diffReport({ before: appOf(), after: appOf([SHOP], change) });
    expect(differences).toEqual([]);
    expect(rewritten).toBeGreaterThanOrEqual(0);
  });
});

test("an input that the apply no longer refuses is told", () => {
  const [item, ...others] = changedBy(given("cloudflare_ruleset", "late_transform", { lifecycle: {} }));
  expect(others).toEqual([]);
  expect(item).toMatchObject({ direction: Direction.WEAKENED, area: Area.DEMANDS, before: "fails", after: "goes on" });
});
