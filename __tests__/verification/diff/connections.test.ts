import { differenceOf } from "../../../verification/diff/difference";
import { Area, type Item, Kind } from "../../../verification/diff/item";
import { EdgePhase } from "../../../policy/edge-phase";
import { ACCOUNT_ID, ZONE_ID } from "../../support/environments";
import type { Change } from "../../support/proof-scenes";
import { aRepository } from "../../support/repositories";
import {
  added,
  appOf,
  applied,
  changedBy,
  dropped,
  given,
  PROJECT,
  REDIS,
  rules,
  SERVICE,
  SHOP,
  told,
  WORKER,
} from "./apps";

const RECORD = "cloudflare_dns_record";
const SETTING = "cloudflare_zone_setting";
const POLICY = "cloudflare_zero_trust_gateway_policy";
const ENDPOINT = "cloudflare_zero_trust_gateway_proxy_endpoint";

const CHANGES: readonly (readonly [string, Change, readonly string[]])[] = [
  [
    "a wider database",
    applied(PROJECT, (state) => ({ ...state, dbAllowedCidrs: ["203.0.113.8/29"] })),
    [`opened: 203.0.113.8/31, 203.0.113.12/30 → Postgres of ${PROJECT} (5432, 6543): closed → open`],
  ],
  [
    "a database for others",
    applied(PROJECT, (state) => ({ ...state, dbAllowedCidrs: [], dbAllowedCidrsV6: ["2001:db8::/32"] })),
    [
      `opened: 2001:db8::/32 → Postgres of ${PROJECT} (5432, 6543): closed → open`,
      `closed: egress of shop → Postgres of ${PROJECT} (5432, 6543): open → closed`,
    ],
  ],
  [
    "a database that nothing holds",
    dropped("null_resource", PROJECT),
    [
      `opened: anyone but egress of shop → Postgres of ${PROJECT} (5432, 6543): closed → open, as nothing here restricts it`,
    ],
  ],
  [
    "a Redis",
    applied(REDIS, (state) => ({ ...state, ipAllowList: [{ cidrBlock: "192.0.2.0/24", description: "us" }] })),
    [`opened: 192.0.2.0/24 → Redis of ${REDIS} (6379): closed → open`],
  ],
  [
    "a worker's type",
    applied(WORKER, (state) => ({ ...state, type: "web_service" })),
    [`opened: anyone → worker ${WORKER}: closed: it is of type background_worker → open: it is of type web_service`],
  ],
  [
    "the onrender.com name",
    applied(SERVICE, (state) => ({ ...state, renderSubdomainPolicy: "enabled" })),
    [
      `opened: anyone → shop.onrender.com of ${SERVICE}, past the edge: closed: the name is off → open: the name is enabled`,
    ],
  ],
  [
    "a custom domain",
    applied(SERVICE, (state) => ({ ...state, customDomains: ["app.shop.dev", "old.shop.dev"] })),
    [`opened: anyone → ${SERVICE} as old.shop.dev: not served by Render → served by Render`],
  ],
  [
    "a worker's hosts",
    given(POLICY, "allow", {
      traffic:
        'net.src.ip in {203.0.113.20} and net.sni.host in {"api.openai.com" "evil.example.com"} and net.dst.port in {443}',
    }),
    ["opened: worker egress of shop → evil.example.com on 443 by Gateway (tcp, udp): blocked → allowed"],
  ],
  [
    "no deny behind them",
    dropped(POLICY, "block"),
    [
      "opened: worker egress of shop → any other host, no server name on any port by Gateway (tcp, udp): blocked → allowed",
      "opened: worker egress of shop → api.openai.com on other ports by Gateway (tcp, udp): blocked → allowed",
    ],
  ],
  [
    "who is admitted to the proxy",
    given(ENDPOINT, "", { ips: ["203.0.113.20/32", "192.0.2.1/32"] }),
    [`opened: 192.0.2.1 → the workers' proxy of ${ACCOUNT_ID}: closed → open`],
  ],
  [
    "a record past the edge",
    given(RECORD, "", { proxied: false }),
    [
      "closed: anyone but billing → host app.shop.dev",
      "opened: anyone → app.shop.dev: the edge, then shop.onrender.com → shop.onrender.com, past the edge",
    ],
  ],
  [
    "another origin",
    given(RECORD, "", { content: "other.onrender.com" }),
    ["changed: anyone → app.shop.dev: the edge, then shop.onrender.com → the edge, then other.onrender.com"],
  ],
  [
    "a bare name",
    added(RECORD, { zone_id: ZONE_ID, name: "bare", type: "A", content: "192.0.2.7", proxied: false }),
    ["opened: anyone → bare.shop.dev: nowhere → 192.0.2.7, past the edge"],
  ],
  [
    "a TLS version",
    given(SETTING, "min_tls", { value: "1.0" }),
    ["opened: setting min_tls_version of shop.dev: 1.2 → 1.0"],
  ],
  [
    "how the origin is met",
    given(SETTING, "ssl", { value: "flexible" }),
    ["opened: setting ssl of shop.dev: strict → flexible"],
  ],
  ["a setting that is gone", dropped(SETTING, "tls_1_3"), ["opened: setting tls_1_3 of shop.dev: on → not held"]],
  [
    "HSTS",
    given(SETTING, "security_header", { value: { strict_transport_security: { enabled: true, max_age: 60 } } }),
    ["opened: setting security_header of shop.dev: HSTS for 31536000 seconds → HSTS for 60 seconds"],
  ],
  [
    "a harmless setting",
    added(SETTING, { zone_id: ZONE_ID, setting_id: "http3", value: "on" }),
    ["opened: setting http3 of shop.dev: not held → on"],
  ],
  [
    "Spectrum",
    added("cloudflare_spectrum_application", {
      zone_id: ZONE_ID,
      protocol: "tcp/22",
      dns: { name: "ssh.shop.dev", type: "CNAME" },
    }),
    ["opened: anyone → ssh.shop.dev by Spectrum, tcp/22: closed → open past the edge: {}"],
  ],
];

const shop = [SHOP];
const SECOND = new Set<string>(["a harmless setting", "a record past the edge"]);

describe("what the JSON makes is compared in the same words", () => {
  test.each(CHANGES.filter(([name]) => !SECOND.has(name)))("%s", (_name, change, expected) => {
    const decided = changedBy(change).filter(({ kind }) => kind !== Kind.UNDECIDED);
    expect(told(decided)).toEqual(expected);
  });

  test("a name that leads past the edge is opened, and its requests no longer meet it", () => {
    const words = told(changedBy(given(RECORD, "", { proxied: false })));
    expect(words[0]).toBe(
      "opened: anyone → app.shop.dev: the edge, then shop.onrender.com → shop.onrender.com, past the edge",
    );
    expect(words.slice(1).every((each) => each.startsWith("closed: ") && each.endsWith("→ not served"))).toBe(true);
  });

  test("a setting that opens nothing is told", () => {
    const [item, ...others] = changedBy(added(SETTING, { zone_id: ZONE_ID, setting_id: "http3", value: "on" }));
    expect(others).toEqual([]);
    expect(item).toMatchObject({ kind: Kind.CHANGED, what: "setting http3 of shop.dev", after: "on" });
  });

  test("each has a witness of each family, and what decided it", () => {
    const [item] = changedBy(dropped("null_resource", PROJECT));
    expect(item?.witnesses).toEqual([`192.0.2.1 → ${PROJECT}:5432`, `2001:db8::1 → ${PROJECT}:5432`]);
    expect(item?.by.before).toMatchObject({ stack: "shop", path: expect.stringContaining(PROJECT) as string });
  });
});

const MIRRORED: Readonly<Record<Kind, Kind>> = {
  [Kind.OPENED]: Kind.CLOSED,
  [Kind.CLOSED]: Kind.OPENED,
  [Kind.CHANGED]: Kind.CHANGED,
  [Kind.UNDECIDED]: Kind.UNDECIDED,
  [Kind.WEAKENED]: Kind.STRENGTHENED,
  [Kind.STRENGTHENED]: Kind.WEAKENED,
};
const REORDERED: Change = rules(EdgePhase.CUSTOM, (all) => all.slice(1));

describe("the way back mirrors the way there", () => {
  test.each([...CHANGES.map(([name, change]) => [name, change] as const), ["a rule less", REORDERED] as const])(
    "%s",
    (_name, change) => {
      const [before, after] = [appOf(shop), appOf(shop, change)];
      const sides = (items: readonly Item[], isBack: boolean) =>
        items
          .filter(({ area }) => area !== Area.STATEMENT)
          .map(({ kind, what, before: was, after: is }) =>
            JSON.stringify(isBack ? [MIRRORED[kind], what, is, was] : [kind, what, was, is]),
          )
          .sort();
      expect(sides(differenceOf({ before: after, after: before }).items, true)).toEqual(
        sides(differenceOf({ before, after }).items, false),
      );
    },
  );

  test("the same app doesn't differ", () => {
    expect(differenceOf({ before: appOf(shop), after: appOf(shop) })).toEqual({ items: [], asides: [], rewritten: 0 });
  });
});

describe("scans and the penetration test", () => {
  const with_ = [{ ...SHOP, repositories: [aRepository()] }];
  const FILE = "github_repository_file";
  const text =
    (part: string, change: (content: string) => string): Change =>
    (folder) => {
      const files =
        (folder.stacks["shop"]?.json["resource"] as Record<string, Record<string, { content: string }>>)[FILE] ?? {};
      const [name = ""] = Object.keys(files).filter((each) => each.includes(part));
      const file = files[name];
      if (file === undefined || change(file.content) === file.content) throw new Error(`nothing changes in ${part}`);
      file.content = change(file.content);
    };

  test.each<readonly [string, Change, string]>([
    [
      "the schedule",
      text("snykyml", (yaml) => yaml.replace(/cron: "\d+ (\d+) \* \* \d"/, 'cron: "0 $1 1 * *"')),
      "opened: the scheduled scan of acme/api: at least every 7 days → at least every 31 days",
    ],
    [
      "a manifest",
      text("snykyml", (yaml) => yaml.replace('manifest: "uv.lock"', 'manifest: "other.lock"')),
      "opened: uv.lock of acme/api: scanned by Snyk (uv, python 3.12) → not scanned by Snyk",
    ],
    [
      "a push",
      text("snykyml", (yaml) => yaml.replace(/ {2}push:\n.*\n/, "")),
      'changed: a push to acme/api: scanned by Snyk: {"branches":["main"]} → not scanned by Snyk',
    ],
    [
      "the gate",
      given("github_repository_ruleset", "", { enforcement: "evaluate" }),
      "opened: a merge into acme/api: needs snyk-gate → needs no check: snyk-gate is evaluate",
    ],
    [
      "who gets past it",
      given("github_repository_ruleset", "", {
        bypass_actors: [{ actor_id: 1, actor_type: "RepositoryRole", bypass_mode: "always" }],
      }),
      "opened: RepositoryRole 1 merging into acme/api: doesn't get past the check → gets past snyk-gate (always)",
    ],
    [
      "alerts",
      given("github_repository_vulnerability_alerts", "", { enabled: false }),
      "opened: Dependabot alerts of acme/api: on → off",
    ],
    [
      "Dependabot",
      text("dependabotyml", (yaml) => yaml.replace("interval: weekly", "interval: monthly")),
      "opened: Dependabot's updates of uv in / of acme/api: weekly → monthly",
    ],
    [
      "the cadence",
      text("pentest-policyjson", (json) => json.replace('"cadenceDays": 365', '"cadenceDays": 730')),
      "opened: the penetration test kept in acme/api: due every 365 days → due every 730 days",
    ],
    [
      "whose test counts",
      text("pentest-policyjson", (json) => json.replace('"CREST"', '"CREST", "self"')),
      "opened: a penetration test by a firm that holds self: doesn't count → counts",
    ],
    [
      "its scope",
      text("pentest-policyjson", (json) => json.replace("https://api.shop.dev", "https://other.shop.dev")),
      "opened: the penetration test of https://api.shop.dev: wanted → not wanted",
    ],
    [
      "its approach",
      text("pentest-policyjson", (json) => json.replace("black-box", "white-box")),
      "opened: the approach of the penetration test kept in acme/api: black-box → white-box",
    ],
    [
      "a step",
      text("snykyml", (yaml) => yaml.replace("SEVERITY_THRESHOLD: high", "SEVERITY_THRESHOLD: critical")),
      "changed: what .github/workflows/snyk.yml of acme/api says: something → something else",
    ],
    [
      "a program",
      text("snyk-scancjs", (js) => `${js}\nprocess.exit(0);\n`),
      "changed: what .github/security/snyk-scan.cjs of acme/api says: nothing → something else",
    ],
  ])("%s", (_what, change, expected) => {
    expect(told(changedBy(change, with_))).toContain(expected);
  });

  test("a comment in a workflow says nothing", () => {
    expect(
      changedBy(
        text("snykyml", (yaml) => `# A comment.\n${yaml}`),
        with_,
      ),
    ).toEqual([]);
  });

  test("what is no longer proven is told of too", () => {
    const items = changedBy(
      text("snyk-scancjs", (js) => `${js}\nprocess.exit(0);\n`),
      with_,
    );
    expect(items[0]).toMatchObject({ kind: Kind.UNDECIDED, area: Area.STATEMENT, statement: "SCAN-1" });
  });
});
