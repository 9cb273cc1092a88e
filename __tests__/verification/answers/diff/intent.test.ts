import schema from "../../../../verification/answers/diff/intent/intent.schema.json";
import { Accept } from "../../../../policy/accept";
import { CloudflarePlan } from "../../../../policy/cloudflare-plan";
import { EdgePhase } from "../../../../policy/edge-phase";
import { EgressAddresses } from "../../../../policy/egress-addresses";
import { Origin } from "../../../../policy/origin";
import { Webhook } from "../../../../policy/webhook";
import { Zone } from "../../../../policy/zone";
import { readIntent } from "../../../../verification/answers/diff/intent/read";
import {
  type Intent,
  type IntentEntry,
  publishedIntentSchema,
} from "../../../../verification/answers/diff/intent/schema";
import { diffReport, exitCodeOf } from "../../../../verification/answers/diff/report";
import { ACCOUNT_ID, aGuest, anEnvironment } from "../../../support/environments";
import { appOf, given, PROJECT, rules, SHOP, SMALL_SHOP } from "./apps";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Another shop, with a zone of its own. */
const OTHER = anEnvironment({
  name: "other",
  zone: Zone.of("other.dev", { id: "c0ffee00c0ffee00c0ffee00c0ffee00", account: ACCOUNT_ID, plan: CloudflarePlan.PRO }),
  hosts: { "app.other.dev": Origin.render("srv-c0ffee0c0ffee0other0", "other.onrender.com") },
});
const SMALL = anEnvironment();

const intent = (...intends: readonly IntentEntry[]): Intent => ({ format: 1, intends });
const BASE = appOf();
const judged = (after: ReturnType<typeof appOf>, ...intends: readonly IntentEntry[]) => {
  const report = diffReport({ before: BASE, after }, intent(...intends));
  return {
    left: report.differences.flatMap(({ direction, what, also = [] }) =>
      [what, ...also.map((each) => each.what)].map((each) => `${direction}: ${each}`),
    ),
    unused: report.stale,
    code: exitCodeOf(report),
  };
};

/** The shop without its webhooks' guards. */
const unguarded = appOf(
  [SHOP],
  rules(EdgePhase.CUSTOM, (all) => all.slice(0, 1)),
);
const LOST: readonly IntentEntry[] = [{ lowered: { statement: "HOOK-1", environment: "shop" } }];

describe("an intent means requests", () => {
  test("exactly: what it leaves out is refused", () => {
    const meta: IntentEntry = { opened: { path: "/webhooks/meta", notFrom: "meta", port: 443 } };
    const billing: IntentEntry = { opened: { path: "/hooks/billing", notFrom: "billing", port: 443 } };
    expect(judged(unguarded, meta, billing, ...LOST)).toEqual({ left: [], unused: [], code: 0 });
    expect(judged(unguarded, meta, ...LOST)).toEqual({
      left: [
        "opened: anyone but billing → paths containing /hooks/billing but not containing /webhooks/meta on 443",
        "opened: meta → paths containing /hooks/billing on 443",
      ],
      unused: [],
      code: 1,
    });
  });

  test("by their source: others are still refused", () => {
    const some: IntentEntry = { opened: { path: "/webhooks/meta", from: ["192.0.2.0/24", "2001:db8::/32"] } };
    const billing: IntentEntry = { opened: { path: "/hooks/billing" } };
    expect(judged(unguarded, some, billing, ...LOST).left).toEqual([
      expect.stringMatching(/^opened: anyone but .*192\.0\.2\.0\/24.* → paths containing \/webhooks\/meta/),
    ]);
  });

  test("by their method, host, and any condition", () => {
    const all: IntentEntry = { opened: { where: 'http.request.method in {"GET"}' } };
    const rest: IntentEntry = { opened: { where: 'not http.request.method in {"GET"}' } };
    expect(judged(unguarded, all, rest, ...LOST)).toMatchObject({ left: [], code: 0 });
    expect(judged(unguarded, { opened: { method: ["GET"], host: "app.shop.dev" } }, ...LOST).code).toBe(1);
  });

  test("of a kind: what is opened isn't meant by what is closed", () => {
    const { left, unused } = judged(unguarded, { closed: { environment: "shop" } }, ...LOST);
    expect(left.length).toBeGreaterThan(0);
    expect(unused).toEqual([{ closed: { environment: "shop" } }]);
  });

  test("of a new host, by its name", () => {
    const hosts = { ...SHOP.hosts, "new.shop.dev": Origin.render("srv-a0ffee0c0ffee0c0ffee", "new.onrender.com") };
    const after = appOf([{ ...SHOP, hosts }]);
    expect(judged(after, { opened: { host: "new.shop.dev" } })).toEqual({ left: [], unused: [], code: 0 });
    expect(judged(after, { policy: "shop.hosts" }).left).toEqual([
      expect.stringMatching(/^opened: anyone → host new\.shop\.dev/),
      expect.stringMatching(/^opened: meta → host new\.shop\.dev/),
      expect.stringMatching(/^opened: billing → host new\.shop\.dev/),
    ]);
  });
});

describe("an intent means what several environments do alike", () => {
  const webhooks = [Webhook.meta("/webhooks/meta"), Webhook.meta("/hooks/leads")];
  const apps = {
    before: appOf([SMALL, OTHER]),
    after: appOf([
      { ...SMALL, webhooks },
      { ...OTHER, webhooks },
    ]),
  };
  const left = (...intends: readonly IntentEntry[]) => {
    const { differences, stale } = diffReport(apps, intent(...intends));
    return {
      left: differences.map(({ direction, environments }) => [direction, ...environments].join(" ")),
      unused: stale,
    };
  };
  const closed: IntentEntry = { closed: { path: "/hooks/leads", notFrom: "meta" } };

  test("with the policy of each", () => {
    expect(left(closed, { policy: "shop.webhooks" }, { policy: "other.webhooks" })).toEqual({ left: [], unused: [] });
  });

  test("and what it leaves out of one of them is refused", () => {
    expect(left(closed, { policy: "shop.webhooks" })).toEqual({ left: ["strengthened other"], unused: [] });
    const own: IntentEntry = { closed: { environment: "shop" } };
    expect(left(own, { policy: "shop.webhooks" }, { policy: "other.webhooks" })).toEqual({
      left: ["closed other"],
      unused: [],
    });
  });

  test("and nobody reads twice what all of them do", () => {
    expect(diffReport(apps).differences.map(({ environments }) => environments)).toEqual(
      Array(2).fill(["shop", "other"]),
    );
  });
});

test("an intent lowers a statement for each environment that it names", () => {
  const accept = [Accept.declared("HOOK-1", "the senders have no addresses of their own")];
  const after = appOf([
    { ...SMALL, accept },
    { ...OTHER, accept },
  ]);
  const lowered = (environment: string): IntentEntry => ({ lowered: { statement: "HOOK-1", environment } });
  const report = diffReport({ before: appOf([SMALL, OTHER]), after }, intent(lowered("shop"), lowered("other")));
  expect(report).toMatchObject({ differences: [], stale: [] });
});

describe("an intent for one environment of a shared zone", () => {
  const shared = [SMALL, aGuest("lab", "shop")];
  const admin = (expression: string) =>
    appOf(
      shared,
      rules(EdgePhase.CUSTOM, (all) => [
        ...all,
        { ref: "admin", description: "admin", expression, action: "block", enabled: true },
      ]),
    );
  const left = (before: ReturnType<typeof appOf>, ...intends: readonly IntentEntry[]) => {
    const { differences, stale } = diffReport({ before, after: appOf(shared) }, intent(...intends));
    return {
      left: differences.map(({ what, examples }) => ({ what, host: /https:..([^/]+)/.exec(examples.join())?.[1] })),
      unused: stale,
    };
  };
  const opened = (environment: string): IntentEntry => ({ opened: { environment } });
  const everywhere = admin('http.request.uri.path eq "/admin"');
  const ofLab = admin('http.request.uri.path eq "/admin" and lower(http.host) eq "lab.shop.dev"');

  test("leaves what is opened for the others", () => {
    expect(left(everywhere, opened("lab"))).toEqual({
      left: [{ what: "anyone → any host but lab.shop.dev, /admin on 443", host: "app.shop.dev" }],
      unused: [],
    });
    expect(left(everywhere, opened("shop"))).toEqual({
      left: [{ what: "anyone → host lab.shop.dev, /admin on 443", host: "lab.shop.dev" }],
      unused: [],
    });
    expect(left(everywhere, opened("shop"), opened("lab"))).toEqual({ left: [], unused: [] });
  });

  test("means all that is opened for it alone", () => {
    expect(left(ofLab, opened("lab"))).toEqual({ left: [], unused: [] });
    expect(left(ofLab, opened("shop"))).toMatchObject({ left: [{ host: "lab.shop.dev" }], unused: [opened("shop")] });
  });
});

describe("an intent means other things by what they are", () => {
  const egress = EgressAddresses.dedicated("egs-c0ffee", ["203.0.113.10", "203.0.113.11", "203.0.113.12"]);
  const wider = appOf([{ ...SHOP, egress }]);
  const policy: IntentEntry = { policy: "shop.egress" };
  const set: IntentEntry = { changed: { of: "egs-c0ffee" } };

  test("with addresses, all of which it has to name", () => {
    const from = (text: string): IntentEntry => ({ opened: { of: PROJECT, from: text } });
    expect(judged(wider, policy, set, from("203.0.113.12"))).toEqual({ left: [], unused: [], code: 0 });
    expect(judged(wider, policy, set, from("203.0.113.13"))).toEqual({
      left: [`opened: 203.0.113.12 → Postgres of ${PROJECT} (5432, 6543)`],
      unused: [from("203.0.113.13")],
      code: 1,
    });
  });

  test("and a part of what has none is nothing", () => {
    const part: IntentEntry = { opened: { of: PROJECT, part: "new.shop.dev" } };
    expect(judged(wider, policy, set, part)).toEqual({
      left: [`opened: 203.0.113.12 → Postgres of ${PROJECT} (5432, 6543)`],
      unused: [part],
      code: 1,
    });
  });

  test("of the policy, by where they stand", () => {
    const { left } = judged(wider, set, { opened: { of: PROJECT } }, { policy: "shop.egre" });
    expect(left).toEqual(["weakened: its egress has 203.0.113.12 more"]);
  });

  test("statements by name", () => {
    const { workerEgress: _, ...rest } = { ...SHOP, ...SMALL_SHOP };
    const small = appOf([rest]);
    const lowered: IntentEntry = { lowered: { statement: "WORK-2", environment: "shop" } };
    expect(judged(small, lowered).left).not.toContainEqual(expect.stringContaining("WORK-2"));
    expect(judged(small).left[0]).toMatch(/^weakened: WORK-2 is only declared/);
  });

  test("what is held or checked less, by what it is of, but never the policy or a statement", () => {
    const off = appOf([SHOP], given("cloudflare_zone_setting", "Setting-ssl", { value: "off" }));
    const weakened: IntentEntry = { weakened: { of: "shop.dev", part: "ssl" } };
    const lowered: IntentEntry = { lowered: { statement: "PORTS-1", environment: "shop" } };
    expect(judged(off, weakened, lowered)).toEqual({ left: [], unused: [], code: 0 });
    expect(judged(off, weakened, { weakened: { of: "PORTS-1" } })).toMatchObject({
      left: [expect.stringMatching(/^weakened: PORTS-1/)],
      unused: [{ weakened: { of: "PORTS-1" } }],
    });
    expect(judged(off, { opened: { of: "shop.dev", part: "ssl" } }, lowered).left).toEqual([
      "weakened: setting ssl of shop.dev",
    ]);
  });

  test("an environment that is new, with all that is said of it alone", () => {
    const after = appOf([SHOP, aGuest("lab", "shop")]);
    expect(judged(after, { added: { environment: "lab" } })).toEqual({ left: [], unused: [], code: 0 });
    expect(judged(after, { dropped: { environment: "lab" } })).toMatchObject({
      unused: [{ dropped: { environment: "lab" } }],
      code: 1,
    });
  });

  test("but never what nobody understands", () => {
    const change = rules(EdgePhase.CUSTOM, ([first, ...rest]) => [{ ...first, action: "teleport" }, ...rest]);
    const { code, left } = judged(
      appOf([SHOP], change),
      { opened: { environment: "shop" } },
      { closed: { port: 443 } },
    );
    expect(code).not.toBe(0);
    expect(left.some((each) => each.startsWith("undecided"))).toBe(true);
  });
});

test("an intent that nothing needs changes nothing", () => {
  expect(judged(BASE, { opened: { path: "/x" } })).toEqual({
    left: [],
    unused: [{ opened: { path: "/x" } }],
    code: 0,
  });
});

describe("an intent's file", () => {
  const folder = mkdtempSync(join(tmpdir(), "intent-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const read = (text: string): Intent => {
    const path = join(folder, "intent");
    writeFileSync(path, text);
    return readIntent(path);
  };

  test("is YAML or JSON", () => {
    const written = intent({ opened: { host: "a.shop.dev", port: [80, 443] } }, { policy: "shop.hosts" });
    expect(read(JSON.stringify(written))).toEqual(written);
    expect(
      read("format: 1\nintends:\n  - opened: { host: a.shop.dev, port: [80, 443] }\n  - policy: shop.hosts\n"),
    ).toEqual(written);
  });

  test.each([
    ["", /got nothing|an object/],
    ["{", /it is no YAML/],
    ["format: 2\nintends: []", /format: got 2; allowed: 1/],
    ["format: 1\nintends: [{}]", /exactly one of the keys/],
    ["format: 1\nintends: [{ opened: {} }]", /what is meant, not everything/],
    ["format: 1\nintends: [{ opened: { of: x, path: /y } }]", /only part and from together with of/],
    ["format: 1\nintends: [{ opened: { part: x } }]", /of, the id of what has the part/],
    ["format: 1\nintends: [{ opened: { where: 'ssl and' } }]", /an expression of the Rules language/],
    ["format: 1\nintends: [{ opened: { port: 0 } }]", /a port/],
    ["format: 1\nintends: [{ lowered: { statement: X-1, environment: a } }]", /the id of a statement/],
    ["format: 1\nintends: [{ surprise: 1 }]", /only the keys/],
  ])("of another form is refused: %j", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test("that isn't there is refused", () => {
    expect(() => readIntent(join(folder, "none"))).toThrow(/got no such file/);
  });

  test("that names what isn't there is refused, every problem at once", () => {
    const wrong = () =>
      judged(BASE, { opened: { from: ["nobody"], environment: "shop2" } }, { added: { environment: "x" } });
    expect(wrong).toThrow(
      /intends\[0\]\.opened\.from: got "nobody"; allowed: an address, a block, a range, or one of meta,/,
    );
    expect(wrong).toThrow(/intends\[0\]\.opened\.environment: got "shop2"; allowed: shop/);
    expect(wrong).toThrow(/intends\[1\]\.added/);
  });

  test("has a published schema", () => {
    expect(schema).toEqual(publishedIntentSchema());
  });
});
