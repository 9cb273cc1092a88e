import { EdgePhase } from "../../../policy/edge-phase";
import { ports1 } from "../../../verification/statements/ports-1";
import { ports2 } from "../../../verification/statements/ports-2";
import { block, GUARD, hook1, type JsonRule, policy, PORTS, REDIRECT, zoneOf } from "./edge";

/** The conditions of other teams, over twelve fields. */
const CONDITIONS: readonly ((index: number) => string)[] = [
  (index) => `ip.src in {198.51.${index}.0/24 2001:db8:${index}::/48}`,
  (index) => `ip.src.asnum eq ${64_512 + index}`,
  (index) => `ip.src.country eq "X${index % 10}"`,
  (index) => `lower(http.host) eq "team-${index}.shop.dev" and starts_with(http.request.uri.path, "/admin-${index}")`,
  (index) => `http.request.uri.path contains "/team-${index}/" and not ip.src in {203.0.113.${index}}`,
  (index) => `url_decode(http.request.uri.query) contains "<script${index}"`,
  (index) => `http.user_agent contains "bot-${index}"`,
  (index) => `http.referer contains "spam-${index}.example"`,
  (index) => `http.cookie contains "session-${index}="`,
  (index) => `cf.bot_management.score lt ${index % 30} and http.host contains "shop"`,
  (index) => `any(http.request.headers["x-team-${index}"][*] eq "1") and http.request.method eq "DELETE"`,
  (index) => `http.request.full_uri wildcard "*://team-${index}.shop.dev/*"`,
];
const ACTIONS = ["block", "managed_challenge", "log", "skip"];

const foreign = (count: number): readonly JsonRule[] =>
  Array.from({ length: count }, (_, index) => {
    const action = ACTIONS[index % ACTIONS.length] ?? "block";
    const expression = CONDITIONS[index % CONDITIONS.length]?.(index) ?? "true";
    const parameters = action === "skip" ? { action_parameters: { phases: ["http_request_firewall_managed"] } } : {};
    return { ...block(`foreign${index}`, expression), action, ...parameters };
  });
const moved = (count: number): readonly JsonRule[] =>
  Array.from({ length: count }, (_, index) => ({
    ...REDIRECT,
    ref: `moved${index}`,
    expression: `ssl and cf.edge.server_port eq 443 and http.host eq "old-${index}.shop.dev" and starts_with(http.request.uri.path, "/p${index}")`,
    action_parameters: { from_value: { status_code: 301, target_url: { value: "https://shop.dev/" } } },
  }));

describe("a zone with 100 rules of others over 12 fields", () => {
  const zone = zoneOf({
    [EdgePhase.REDIRECT]: [...moved(20), REDIRECT],
    [EdgePhase.CUSTOM]: [...foreign(40), PORTS, GUARD, ...foreign(40)],
  });

  test("is proven within the budget", () => {
    const kinds = [hook1, ports1, ports2].map((statement) => statement(zone, policy).kind);
    expect(kinds).toEqual(["proven", "proven", "proven"]);
  });

  test("is violated once the guard is gone, with a request that none of them stops", () => {
    const unguarded = zoneOf({
      [EdgePhase.REDIRECT]: [...moved(20), REDIRECT],
      [EdgePhase.CUSTOM]: [PORTS, ...foreign(80)],
    });
    expect(hook1(unguarded, policy).kind).not.toBe("proven");
  });
});

describe("a rule that asks for much of what only Cloudflare knows", () => {
  /** A redirect that is asked for by pairs of questions about two fields. */
  const asking = (condition: string) =>
    zoneOf({
      [EdgePhase.REDIRECT]: [
        {
          ...{ ref: "many", expression: condition, action: "redirect" },
          action_parameters: { from_value: { status_code: 302, target_url: { value: "https://www.shop.dev/" } } },
        },
        REDIRECT,
      ],
      [EdgePhase.CUSTOM]: [PORTS, GUARD],
    });
  const pairs = (count: number, within: string, between: string) =>
    Array.from(
      { length: count },
      (_, index) => `(ip.src.asnum eq ${index} ${within} http.user_agent contains "b${index}")`,
    ).join(` ${between} `);

  test.each([
    ["one of many pairs", pairs(40, "and", "or"), "violated"],
    ["all of many pairs", pairs(40, "or", "and"), "undecided"],
    ["an odd number of them", pairs(40, "xor", "xor"), "violated"],
  ])("is followed within the budget: %s", (_what, condition, kind) => {
    const kinds = [hook1, ports1, ports2].map((each) => each(asking(condition), policy).kind);
    expect(kinds).toEqual(["proven", kind, "undecided"]);
  });

  test("is violated as soon as one request shows it, however much else it asks for", () => {
    const first = Array.from({ length: 20 }, (_, index) => `ip.src.asnum eq ${index}`);
    const second = first.map((_, index) => `http.user_agent contains "b${index}"`);
    const sums = `(${first.join(" xor ")}) and (${second.join(" xor ")})`;
    const crossed = first.map((one, index) => `(${one} and ${second[(index * 7) % 20] ?? ""})`).reverse();
    const condition = `(${first.map((one) => `(${one} or ssl)`).join(" and ")}) or ${sums} or ${crossed.join(" or ")}`;
    const zone = asking(condition);
    expect(ports1(zone, policy)).toMatchObject({ kind: "violated", destination: { kind: "redirect" } });
  });
});

describe("a rule that asks for a length", () => {
  test.each(["http.request.uri.query", "http.host", "http.request.uri.path"])(
    "that no %s has is proven or undecided within the budget",
    (field) => {
      const skip = { action: "skip", action_parameters: { ruleset: "current" } };
      const zone = zoneOf({
        [EdgePhase.REDIRECT]: [REDIRECT],
        [EdgePhase.CUSTOM]: [{ ...block("long", `len(${field}) gt 200000`), ...skip }, PORTS, GUARD],
      });
      const kinds = [hook1, ports1, ports2].map((statement) => statement(zone, policy).kind);
      expect(kinds).not.toContain("violated");
    },
  );
});

describe("rules that can't be told apart within the budget", () => {
  test("leave the statement undecided, naming the field", () => {
    const many = Array.from({ length: 24 }, (_, index) => `http.request.uri.query contains "w${index}w"`).join(" xor ");
    const zone = zoneOf({
      [EdgePhase.REDIRECT]: [REDIRECT],
      [EdgePhase.CUSTOM]: [PORTS, { ...GUARD, expression: `((${many}) or not (${many})) and ${GUARD.expression}` }],
    });
    expect(hook1(zone, policy)).toEqual({
      kind: "undecided",
      reasons: ["the rules tell apart too many values of http.request.uri.query"],
      request: undefined,
    });
  });
});
