import { Accept } from "../../../policy/accept";
import type { Environment } from "../../../policy/environment";
import type { AcceptableQuestion } from "../../../policy/question";
import type { StatementId } from "../../../policy/statements";
import type { Unknown } from "../../../verification/result";
import { type StatementResult, resultsOf } from "../../../verification/statements/results";
import { aGuest, anEnvironment, ZONE_ID } from "../../support/environments";
import {
  adding,
  all,
  giving,
  HOST,
  ORIGIN,
  recordOf,
  rulesOf,
  type ShopChange,
  shopScenes,
  type Tree,
} from "../../support/shop";

const REASON = "the vendor of the documents serves it";
const ASKED: readonly StatementId[] = ["PORTS-1", "PORTS-2", "HOOK-1"];
/** The shop has no applier, which WEB-1 needs. */
const LOWERED = Accept.declared("WEB-1", "nothing applies it in this test");

function resultsWith(
  change: ShopChange,
  accept: readonly Accept[] = [],
  environments: readonly Environment[] = [anEnvironment({ accept: [LOWERED, ...accept] })],
): readonly StatementResult[] {
  const [scene] = shopScenes(change, environments);
  return scene === undefined ? [] : resultsOf(scene.model, scene.policies, ASKED);
}

const verdictsOf = (results: readonly StatementResult[]) => results.map(({ verdict }) => verdict);
const unknownsIn = (results: readonly StatementResult[]): readonly Unknown[] => [
  ...new Map(results.flatMap(({ unknown }) => unknown.map((each) => [JSON.stringify(each), each] as const))).values(),
];
const same = (verdict: StatementResult["verdict"]) => ASKED.map(() => verdict);

/** The acceptances of all that can be accepted, as the tool prints them. */
function printedFor(change: ShopChange): readonly Accept[] {
  const lines = unknownsIn(resultsWith(change)).flatMap(({ acceptable, thing, question }) =>
    acceptable === true && thing !== undefined
      ? [Accept.resource(thing.stack, thing.address, question as AcceptableQuestion, thing.digest, REASON)]
      : [],
  );
  return [...new Map(lines.map((line) => [JSON.stringify(line), line])).values()];
}

const record = (members: Tree): ShopChange =>
  adding("cloudflare_dns_record", {
    ...{ zone_id: ZONE_ID, name: "docs", type: "CNAME", content: "docs.example.net", proxied: false, ttl: 1 },
    ...members,
  });
const docs = record({});

const rule =
  (ruleset: string, own: Tree): ShopChange =>
  (shop) =>
    void rulesOf(shop, ruleset).unshift({ enabled: true, ref: "other", ...own });
const WWW = 'http.request.full_uri wildcard r"https://www.*"';
const redirect = (expression: string): ShopChange =>
  rule("redirects", {
    ...{ expression, action: "redirect" },
    action_parameters: { from_value: { status_code: 301, target_url: { value: "https://shop.dev/" } } },
  });

test("an unknown names its question and the thing that it stands in", () => {
  expect(unknownsIn(resultsWith(docs))).toEqual([
    {
      reason: expect.stringContaining("docs is published past the edge") as string,
      ...{ question: "target", acceptable: true },
      place: { stack: "shop", pointer: "/resource/cloudflare_dns_record/added" },
      thing: {
        ...{ stack: "shop", address: "cloudflare_dns_record.added" },
        digest: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      },
    },
  ]);
});

describe("a question that is accepted", () => {
  const [entry] = printedFor(docs);
  const accept = entry === undefined ? [] : [entry];
  const held = resultsWith(docs, accept);

  test("leaves statements that hold accepted, with no strength of their own", () => {
    expect(verdictsOf(held)).toEqual(same("accepted"));
    for (const { strength, passes, unknown, assumptions, controls } of held) {
      expect([strength, passes, unknown]).toEqual([undefined, true, []]);
      expect(assumptions.length + controls.length).toBeGreaterThan(0);
    }
  });

  test("is told with the unknown and the reason", () => {
    for (const { accepted } of held) {
      expect(accepted).toEqual([
        {
          what: expect.stringMatching(
            /^the question "target" about cloudflare_dns_record\.added of shop: docs is published/,
          ) as string,
          ...{ reason: REASON, unknown: unknownsIn(resultsWith(docs))[0] },
        },
      ]);
    }
  });

  test("leaves alone the statements that it doesn't bear on", () => {
    const [scene] = shopScenes(docs, [anEnvironment({ accept: [LOWERED, ...accept] })]);
    const before = shopScenes(undefined, [anEnvironment({ accept: [LOWERED] })])[0];
    const others = (of: typeof scene) =>
      of === undefined
        ? []
        : resultsOf(of.model, of.policies)
            .filter(({ statement }) => !ASKED.includes(statement) && statement !== "WEB-1")
            .map(({ statement, verdict }) => [statement, verdict]);
    expect(others(scene)).toEqual(others(before));
  });

  test("hides no violation of another thing", () => {
    const open = giving("cloudflare_zone_setting.ssl", { value: "off" });
    expect(verdictsOf(resultsWith(all(docs, open), accept))).toEqual(["violated", "accepted", "accepted"]);
  });

  test("hides no violation of the same thing", () => {
    const leading = record({ content: ORIGIN, lifecycle: { ignore_changes: ["ttl"] } });
    const lines = printedFor(leading);
    expect(lines).toEqual([]);
    expect(verdictsOf(resultsWith(leading))).toEqual(same("violated"));
  });

  test("leaves another question about the same thing open", () => {
    const twice = record({ lifecycle: { ignore_changes: ["content"] } });
    const lines = printedFor(twice);
    expect(lines.map((each) => each.kind === "resource" && each.question).sort()).toEqual(["lifecycle", "target"]);
    for (const one of lines) expect(verdictsOf(resultsWith(twice, [one]))).toEqual(same("undecided"));
    expect(verdictsOf(resultsWith(twice, lines))).toEqual(same("accepted"));
  });

  test("leaves another thing open", () => {
    const another = adding(
      "cloudflare_dns_record",
      { zone_id: ZONE_ID, name: "b", type: "A", content: "8.8.8.8" },
      "b",
    );
    expect(verdictsOf(resultsWith(all(docs, another), accept))).toEqual(same("undecided"));
  });

  test("counts for the environment that writes it", () => {
    const results = (owner: readonly Accept[], guest: readonly Accept[]) =>
      resultsWith(
        all(docs, adding("cloudflare_dns_record", recordOf("lab.shop.dev", "shop-lab.onrender.com"), "lab")),
        [],
        [anEnvironment({ accept: [LOWERED, ...owner] }), aGuest("lab", "shop", { accept: [LOWERED, ...guest] })],
      ).filter(({ statement }) => statement === "PORTS-1");
    expect(results(accept, []).map(({ environment, verdict }) => `${environment} ${verdict}`)).toEqual([
      ...["shop accepted", "lab undecided"],
    ]);
    expect(verdictsOf(results(accept, accept))).toEqual(["accepted", "accepted"]);
  });
});

describe("a rule that ends requests for other hosts alone", () => {
  const change = redirect(WWW);

  test("is accepted by its place in its ruleset", () => {
    const lines = printedFor(change);
    expect(lines).toMatchObject([{ address: "cloudflare_ruleset.redirects.rules[0]", question: "condition" }]);
    expect(verdictsOf(resultsWith(change, lines))).toEqual(["accepted", "accepted", "proven"]);
  });

  test("hides no violation behind it", () => {
    const behind = all(rule("custom", { ref: "open", ...SKIP, expression: "true" }), change);
    expect(verdictsOf(resultsWith(behind, printedFor(change)))).toEqual(same("violated"));
  });

  test("hides no rule of the same name", () => {
    const twin = all(change, rule("custom", { ...SKIP, expression: WWW }));
    const [found] = resultsWith(twin, printedFor(change));
    expect(found?.unknown).toMatchObject([{ place: { pointer: "/resource/cloudflare_ruleset/custom/rules/0" } }]);
    expect(found?.unknown[0]?.acceptable).toBeUndefined();
  });
});

const SKIP = { action: "skip", action_parameters: { ruleset: "current" } };

describe("nothing is accepted of", () => {
  test.each<readonly [what: string, change: ShopChange]>([
    ["a record whose target only the apply knows", record({ content: "${var.target}" })],
    ["a record whose type only the apply knows", record({ type: "${var.type}" })],
    ["a record whose name only a loop gives", record({ for_each: { a: HOST }, name: "${each.value}" })],
    ["a record of a host that is repeated", giving("cloudflare_dns_record.app", { count: 1 })],
    ["a record of a host that others may change", giving("cloudflare_dns_record.app", { lifecycle: IGNORING() })],
    ["a record that others may rename", record({ proxied: true, lifecycle: { ignore_changes: ["name"] } })],
    ["a record that others may change as a whole", record({ proxied: true, lifecycle: { ignore_changes: "all" } })],
    ["a delegation", record({ type: "NS", name: "@" })],
    ["a control that is repeated", giving("cloudflare_ruleset.custom", { count: 1 })],
    ["a setting that others may change", giving("cloudflare_zone_setting.ssl", { lifecycle: IGNORING() })],
    ["a member of lifecycle that isn't known", record({ proxied: true, lifecycle: { unknown: true } })],
    ["a resource of another provider", record({ proxied: true, provider: "other.eu" })],
    ["a type that may answer requests", adding("cloudflare_workers_script", { account_id: "x", content: "x" })],
    ["a right that is given", adding("cloudflare_account_member", { email: "a@example.edu" })],
    ["a resource of an unknown provider", adding("restapi_object", { path: "/" })],
    ["a redirect of a condition that only the apply knows", redirect("${var.condition}")],
    ["a skip for other hosts", rule("custom", { ...SKIP, expression: WWW })],
    [
      "another origin for other hosts",
      adding("cloudflare_ruleset", {
        ...{ zone_id: ZONE_ID, kind: "zone", name: "default", phase: "http_request_origin" },
        rules: [
          {
            ref: "other",
            expression: WWW,
            action: "route",
            action_parameters: { origin: { host: "example.edu" } },
          },
        ],
      }),
    ],
    ["an import", ({ json }) => void (json["import"] = [{ to: "cloudflare_dns_record.app", id: "x/y" }])],
    ["a block of Terraform that isn't known", ({ json }) => void (json["store"] = { x: {} })],
  ])("%s", (_what, change) => {
    expect(resultsWith(change).some(({ passes }) => !passes)).toBe(true);
    expect(printedFor(change)).toEqual([]);
  });

  function IGNORING(): Tree {
    return { ignore_changes: ["content", "value"] };
  }
});

describe("the condition of a redirect", () => {
  const acceptable = (expression: string) => printedFor(redirect(expression)).length > 0;

  test.each([
    WWW,
    'http.request.full_uri wildcard "https://docs.shop.dev/*" and cf.waf.score lt 3',
    'starts_with(http.request.full_uri, "https://www.")',
    `http.host eq "www.shop.dev" and ${WWW}`,
    `not http.request.full_uri contains "shop.dev" and ${WWW}`,
    `${WWW} or http.request.full_uri wildcard "https://docs.*"`,
  ])("is accepted where it excludes the declared hosts: %s", (expression) => {
    expect(acceptable(expression)).toBe(true);
  });

  test.each([
    'http.request.full_uri wildcard r"https://app.*"',
    'http.request.full_uri wildcard r"HTTPS://APP.*"',
    'http.request.full_uri wildcard r"*"',
    `not ${WWW}`,
    `${WWW} or http.request.full_uri wildcard "https://a*"`,
    `${WWW} xor ssl`,
    'http.request.full_uri wildcard "https://app.shop.dev:8443/*"',
    'http.request.full_uri wildcard "https://app.shop.dev./*"',
    'http.request.full_uri wildcard "http*://docs.shop.dev/*"',
  ])("isn't where it may have a declared host: %s", (expression) => {
    expect(acceptable(expression)).toBe(false);
  });
});

describe("an acceptance that is no longer true leaves its environment undecided", () => {
  const [entry] = printedFor(docs);
  const old = entry as Extract<Accept, { readonly kind: "resource" }>;
  const reasonsWith = (change: ShopChange, accept: Accept) =>
    resultsWith(change, [accept]).map(({ verdict, unknown }) => [
      verdict,
      unknown.filter(({ question }) => question === "acceptance").map(({ reason }) => reason),
    ]);

  test.each<readonly [when: string, change: ShopChange, accept: Accept, fault: RegExp]>([
    ["nothing stands there", () => undefined, old, /of shop\.accept accepts a thing that isn't there: remove it$/],
    ["there is no such stack", docs, { ...old, stack: "gone" }, /accepts a thing that isn't there/],
    ["the question is gone", record({ proxied: true }), old, /accepts a question that isn't open: remove it$/],
    ["it is about another question", docs, { ...old, question: "repeat" }, /accepts a question that isn't open/],
    ["the body is another", record({ content: "b.example.net" }), old, /was for another body: .* digest [0-9a-f]{16}$/],
    [
      "it can't be accepted",
      rule("custom", { ...SKIP, expression: WWW }),
      { ...old, address: "cloudflare_ruleset.custom.rules[0]", question: "condition" },
      /accepts what can't be accepted: remove it$/,
    ],
  ])("where %s", (_when, change, accept, fault) => {
    for (const found of reasonsWith(change, accept)) {
      expect(found).toEqual(["undecided", [expect.stringMatching(fault)]]);
    }
  });

  test("and has the new line where the body is another", () => {
    const change = record({ content: "b.example.net" });
    const [line] = printedFor(change);
    expect(unknownsIn(resultsWith(change, [old])).map(({ acceptable }) => acceptable)).toContain(true);
    expect(verdictsOf(resultsWith(change, line === undefined ? [] : [line]))).toEqual(same("accepted"));
  });

  test("but says nothing where a violation may hide the question", () => {
    const open = all(docs, giving("cloudflare_zone_setting.ssl", { value: "off" }));
    const [first] = resultsWith(open, [{ ...old, digest: "0".repeat(16) }]);
    expect(first?.verdict).toBe("violated");
  });
});
