import { Accept } from "../../../../policy/accept";
import { EdgePhase } from "../../../../policy/edge-phase";
import { Webhook } from "../../../../policy/webhook";
import { CloudflarePlan } from "../../../../policy/cloudflare-plan";
import { Zone } from "../../../../policy/zone";
import { Origin } from "../../../../policy/origin";
import { readIntent } from "../../../../verification/answers/diff/intent";
import { diffReport, exitCodeOf, idsToMean } from "../../../../verification/answers/diff/report";
import { DIFF_FORMATS } from "../../../../verification/render/diff";
import { ACCOUNT_ID, aGuest, anEnvironment } from "../../../support/environments";
import { appOf, given, rules, SHOP } from "./apps";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

type App = ReturnType<typeof appOf>;

/** Another shop, with a zone of its own. */
const OTHER = anEnvironment({
  name: "other",
  zone: Zone.of("other.dev", { id: "c0ffee00c0ffee00c0ffee00c0ffee00", account: ACCOUNT_ID, plan: CloudflarePlan.PRO }),
  hosts: { "app.other.dev": Origin.render("srv-c0ffee0c0ffee0other0", "other.onrender.com") },
});
const SMALL = anEnvironment();
const BASE = appOf();

const meaning = (ids: readonly string[]) => new Map(ids.map((id) => [id, undefined]));
const judged = (before: App, after: App, ids: readonly string[]) => {
  const report = diffReport({ before, after }, meaning(ids));
  const { differences, stale } = report;
  return { left: differences.map(({ direction, what }) => `${direction}: ${what}`), stale, code: exitCodeOf(report) };
};
/** The ids that diff prints of a change. */
const idsOf = (before: App, after: App): readonly string[] => idsToMean(diffReport({ before, after }));

/** The shop without its webhooks' guards. */
const unguarded = appOf(
  [SHOP],
  rules(EdgePhase.CUSTOM, (all) => all.slice(0, 1)),
);

describe("an intent", () => {
  const ids = idsOf(BASE, unguarded);

  test("covers a change where it has all ids that diff prints", () => {
    expect(ids.length).toBeGreaterThan(2);
    expect(judged(BASE, unguarded, ids)).toEqual({ left: [], stale: [], code: 0 });
  });

  test("that leaves one out leaves that refused", () => {
    for (const left of ids) {
      const others = ids.filter((id) => id !== left);
      const report = diffReport({ before: BASE, after: unguarded }, meaning(others));
      expect([report.differences.map(({ id }) => id), report.stale, exitCodeOf(report)]).toEqual([[left], [], 1]);
    }
  });

  test("of a change covers nothing of the way back", () => {
    const { left, stale, code } = judged(unguarded, BASE, ids);
    expect(left.some((each) => each.startsWith("closed"))).toBe(true);
    expect([stale, code]).toEqual([ids, 1]);
  });

  test("covers no more once the change opens more", () => {
    const wider = appOf(
      [SHOP],
      rules(EdgePhase.CUSTOM, () => []),
    );
    const { left, code } = judged(BASE, wider, ids);
    expect(left.some((each) => each.startsWith("opened"))).toBe(true);
    expect(code).toBe(1);
  });

  test("that nothing needs is stale, and changes nothing", () => {
    expect(judged(BASE, BASE, ids)).toEqual({ left: [], stale: ids, code: 0 });
  });

  test("tells its reasons with what it covers", () => {
    const [id = ""] = ids;
    const { meant } = diffReport({ before: BASE, after: unguarded }, new Map([[id, "a test of a week"]]));
    expect(meant).toMatchObject([{ id, reason: "a test of a week" }]);
  });

  test("never covers what isn't understood", () => {
    const change = rules(EdgePhase.CUSTOM, ([first, ...rest]) => [{ ...first, action: "teleport" }, ...rest]);
    const odd = appOf([SHOP], change);
    const undecided = diffReport({ before: BASE, after: odd }).differences.filter(
      ({ direction }) => direction === "undecided",
    );
    const all = diffReport({ before: BASE, after: odd }).differences.map(({ id }) => id);
    const report = diffReport({ before: BASE, after: odd }, meaning(all));
    expect(undecided.length).toBeGreaterThan(0);
    expect(report.differences.map(({ id }) => id)).toEqual(undecided.map(({ id }) => id));
    expect([report.stale, exitCodeOf(report)]).toEqual([undecided.map(({ id }) => id), 2]);
  });
});

test("what is only closed needs no intent, and is refused where an intent leaves it out", () => {
  const block = { ref: "b", description: "", action: "block", expression: 'http.request.method eq "DELETE"' };
  const closed = appOf(
    [anEnvironment()],
    rules(EdgePhase.CUSTOM, (all) => [block, ...all]),
  );
  const base = appOf([anEnvironment()]);
  expect([idsOf(base, closed), judged(base, closed, []).code]).toEqual([[], 1]);
});

describe("what several environments do alike has an id for each", () => {
  const webhooks = [Webhook.meta("/webhooks/meta"), Webhook.meta("/hooks/leads")];
  const before = appOf([SMALL, OTHER]);
  const after = appOf([
    { ...SMALL, webhooks },
    { ...OTHER, webhooks },
  ]);
  const report = diffReport({ before, after });
  const { differences } = report;

  test("and nobody reads twice what all of them do", () => {
    const text = DIFF_FORMATS.text(report, { columns: 200, hasColour: false });
    expect(text.match(/^ {2}\w.*\/hooks\/leads.*$/gm)).toEqual([
      expect.stringMatching(/^ {2}shop, other: anyone but meta is blocked on 443 for paths containing /),
      "  shop, other: it guards /hooks/leads for meta",
    ]);
  });

  test("and one alone leaves the others refused", () => {
    const own = differences.filter(({ environments }) => environments[0] === "shop").map(({ id }) => id);
    const left = diffReport({ before, after }, meaning(own)).differences;
    expect(own).toHaveLength(2);
    expect(left.map(({ environments }) => environments)).toEqual([["other"], ["other"]]);
  });

  test("also where they lower a statement", () => {
    const accept = [Accept.declared("HOOK-1", "the senders have no addresses of their own")];
    const lower = appOf([
      { ...SMALL, accept },
      { ...OTHER, accept },
    ]);
    const lowered = idsOf(before, lower);
    expect(lowered).toEqual([
      expect.stringMatching(/^difference:shop:policy:weakened:shop\.accept\[HOOK-1\]:/),
      expect.stringMatching(/^difference:other:policy:weakened:other\.accept\[HOOK-1\]:/),
    ]);
    expect(judged(before, lower, lowered.slice(1)).left).toEqual([expect.stringMatching(/^weakened: HOOK-1/)]);
  });
});

test("in a shared zone, what is opened for one host has another id than what is opened for all", () => {
  const shared = [SMALL, aGuest("lab", "shop")];
  const admin = (expression: string) =>
    appOf(
      shared,
      rules(EdgePhase.CUSTOM, (all) => [
        ...all,
        { ref: "admin", description: "admin", expression, action: "block", enabled: true },
      ]),
    );
  const after = appOf(shared);
  const ofLab = idsOf(admin('http.request.uri.path eq "/admin" and lower(http.host) eq "lab.shop.dev"'), after);
  const ofAll = admin('http.request.uri.path eq "/admin"');
  expect(ofLab).toHaveLength(1);
  expect(judged(ofAll, after, ofLab)).toMatchObject({ stale: ofLab, code: 1 });
});

test("a statement that is no longer proven is meant by its own id", () => {
  const off = appOf([SHOP], given("cloudflare_zone_setting", "Setting-ssl", { value: "off" }));
  const [setting = "", ...statements] = idsOf(BASE, off);
  expect(judged(BASE, off, [setting])).toMatchObject({ left: [expect.stringMatching(/^weakened: PORTS-1/)], code: 1 });
  expect(judged(BASE, off, [setting, ...statements]).code).toBe(0);
});

test("an environment that is new is meant by what is said of it", () => {
  const after = appOf([SHOP, aGuest("lab", "shop")]);
  expect(judged(BASE, after, idsOf(BASE, after))).toEqual({ left: [], stale: [], code: 0 });
});

describe("an intent's file", () => {
  const folder = mkdtempSync(join(tmpdir(), "intent-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const read = (text: string) => {
    const path = join(folder, "intent");
    writeFileSync(path, text);
    return [...readIntent(path)];
  };
  const [ONE, OTHER_ID] = [
    "difference:a:policy:weakened:a.egress:0123",
    "difference:b:policy:weakened:b.accept[X-1]:45",
  ];

  test("is a list of ids in YAML or JSON, with reasons or without", () => {
    const expected = [
      [ONE, undefined],
      [OTHER_ID, "it is free"],
    ];
    expect(read(JSON.stringify([ONE, { id: OTHER_ID, reason: "it is free" }]))).toEqual(expected);
    expect(read(`- ${ONE}\n- id: ${OTHER_ID}\n  reason: it is free\n`)).toEqual(expected);
    expect(read("[]")).toEqual([]);
  });

  test("takes each id as diff prints it in a list of YAML", () => {
    const hostile = appOf([SHOP], (folder_) => {
      rules(EdgePhase.CUSTOM, (all) => all.slice(0, 1))(folder_);
      given("cloudflare_zone_setting", "ssl", { setting_id: "- a: #{b}\n'\"" })(folder_);
    });
    const ids = diffReport({ before: BASE, after: hostile }).differences.map(({ id }) => id);
    expect(read(ids.map((id) => `- ${id}\n`).join("")).map(([id]) => id)).toEqual(ids);
  });

  test.each([
    ["", /got nothing|a list of ids/],
    ["{", /it is no YAML/],
    ["format: 1\nintends: []", /a list of ids that diff printed/],
    ["- 7", /an id that diff printed, or \{ id, reason \}/],
    ["- opened: { host: a.shop.dev }", /an id that diff printed, or \{ id, reason \}/],
    ["- finding:shop:x", /an id that diff printed/],
    [`- { id: ${ONE} }`, /an id that diff printed, or \{ id, reason \}/],
    [`- ${ONE}\n- ${OTHER_ID}\n- ${ONE}`, /\[2\]: .*each id once/],
  ])("of another form is refused: %j", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test("that isn't there is refused", () => {
    expect(() => readIntent(join(folder, "none"))).toThrow(/got no such file/);
  });
});
