import fc from "fast-check";
import { EdgePhase } from "../../../policy/edge-phase";
import { behaviourOf } from "../../../verification/edge/behaviour";
import { diffOf } from "../../../verification/edge/compare";
import { trace } from "../../../verification/edge/evaluate/trace";
import type { EdgeZone } from "../../../verification/edge/zone";
import { runs } from "../../support/sample";
import { block, type Edge, GUARD, HOST, type JsonRule, PORTS, SHIPPED, zoneOf } from "./edge";

const SCOPE = { scope: { likely: { hosts: [HOST], paths: ["/webhooks/meta", "/"] } } };
const custom = (...rules: readonly JsonRule[]): EdgeZone =>
  zoneOf({ ...SHIPPED, [EdgePhase.CUSTOM]: rules } satisfies Edge);
const closedBy = (...conditions: readonly string[]) => {
  const after = custom(...conditions.map((condition, index) => block(`b${index}`, condition)), PORTS, GUARD);
  const [change] = diffOf(custom(PORTS, GUARD), after, SCOPE).changes;
  return { example: change?.examples[0], after };
};

describe("an example is one of which a condition is true that no field alone decides", () => {
  test.each([
    ['http.request.full_uri wildcard "https://*.dev/adm*"', { target: "/adm" }],
    ['http.request.uri contains "/a?b"', { target: "/a?b" }],
    ['raw.http.request.uri.path contains "//"', { target: "//" }],
    ['http.request.uri.path.extension in {"php"}', { target: "/example.php" }],
    ['http.user_agent contains "bot"', { headers: { "user-agent": ["bot"] } }],
    ['not http.user_agent contains "bot"', { headers: { "user-agent": ["example"] } }],
    ['lower(http.referer) eq "https://a.dev/"', { headers: { referer: ["https://a.dev/"] } }],
    ['any(http.request.headers["x-a"][*] eq "1")', { headers: { "x-a": ["1"] } }],
  ])("%s", (condition, expected) => {
    const { example, after } = closedBy(condition);
    expect(example).toMatchObject(expected);
    expect(example && trace(after, example).ending?.ref).toBe("b0");
  });

  test("and of several", () => {
    const both = 'http.user_agent contains "bot" and raw.http.request.uri contains "//x"';
    expect(closedBy(both).example).toMatchObject({ target: "//x", headers: { "user-agent": ["bot"] } });
  });

  test("and none where such a request isn't easily found", () => {
    expect(closedBy("len(http.user_agent) gt 20").example).toBeUndefined();
    expect(closedBy('http.request.full_uri wildcard "https://other.dev/*"').example).toBeUndefined();
  });

  test("and any one where only the platform can tell", () => {
    expect(closedBy('ip.src.country eq "XX"').example).toMatchObject({ target: "/" });
  });

  test("in one zone alone as well", () => {
    const { parts } = behaviourOf(custom(block("bot", 'http.user_agent contains "bot"')), SCOPE);
    expect(parts.map(({ end, examples }) => [end.kind, examples[0]?.headers])).toContainEqual([
      "block",
      { "user-agent": ["bot"] },
    ]);
  });
});

const condition = fc.constantFrom(
  'http.request.full_uri wildcard "https://*.dev/adm*"',
  'http.request.full_uri contains "shop.dev/a"',
  'raw.http.request.uri.path contains "//"',
  'http.request.uri contains "/a?b"',
  'http.request.uri.path contains "/a"',
  'http.request.uri.query eq "b"',
  'http.request.uri.path.extension eq "php"',
  'http.user_agent contains "bot"',
  'http.user_agent contains "bo"',
  "len(http.user_agent) gt 6",
  'starts_with(http.referer, "https://a.dev/")',
  'any(http.request.headers["x-a"][*] eq "1")',
);
const rule = fc
  .tuple(condition, fc.boolean(), condition, fc.constantFrom("block", "skip"))
  .map(([one, isNot, other, action], index = 0): JsonRule => ({
    ...block(`rule${index}`, `${isNot ? "not " : ""}${one} or ${other}`),
    action,
    ...(action === "skip" ? { action_parameters: { ruleset: "current" } } : {}),
  }));
const zone = fc
  .array(rule, { maxLength: 3 })
  .map((rules) => custom(...rules.map((each, index) => ({ ...each, ref: `r${index}` })), PORTS, GUARD));

test("no example ends alike on both sides", () => {
  let found = 0;
  fc.assert(
    fc.property(zone, zone, (before, after) => {
      for (const { examples, before: start, after: end } of diffOf(before, after, SCOPE).changes) {
        for (const example of examples) {
          const ends = [before, after].map((each) => trace(each, example).destination.kind);
          expect(ends).toEqual([start.end.kind, end.end.kind]);
          expect(ends[0]).not.toBe(ends[1]);
          found += 1;
        }
      }
    }),
    { seed: 11, numRuns: runs(40, 200) },
  );
  expect(found).toBeGreaterThan(10);
});
