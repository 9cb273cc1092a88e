import fc from "fast-check";
import { AddressSet } from "../../../network/address-set";
import { bytesOf } from "../../../network/rules-language";
import { EdgePhase } from "../../../policy/edge-phase";
import { CONNECTIONS, type Scope } from "../../../verification/edge/scope";
import { oneOf } from "../../../verification/solver/language/words";
import { ACCEPTED, endsBy, type Expectation, Quantifier, REFUSED } from "../../../verification/edge/proof";
import { prove } from "../../../verification/edge/prove";
import type { EdgeRequest } from "../../../verification/edge/evaluate/edge-request";
import { trace } from "../../../verification/edge/evaluate/trace";
import { runs } from "../../support/sample";
import { atom, conditionOf } from "./universe";
import { block, type JsonRule, REDIRECT, zoneOf } from "./edge";

/** A universe so small that every request in it can be tried. */
const HOSTS = ["a.dev", "A.dev:80", "b.dev"];
const METHODS = ["GET"];
const PATHS = ["/", "/a", "/A", "/a%2Fb", "/a%252Fb"];
const QUERIES = [""];
const ADDRESSES = ["10.0.0.0", "10.0.0.1", "10.0.0.3", "2001:db8::1"];
const PORTS = CONNECTIONS.filter(({ port }) => [443, 8443, 80].includes(port));

const UNIVERSE: Scope = {
  connections: PORTS,
  sources: AddressSet.of("universe", ADDRESSES),
  hosts: HOSTS,
  methods: METHODS,
  queries: QUERIES,
  paths: oneOf(PATHS.map(bytesOf)),
};
const REQUESTS: readonly EdgeRequest[] = PORTS.flatMap((connection) =>
  HOSTS.flatMap((host) =>
    METHODS.flatMap((method) =>
      PATHS.flatMap((path) =>
        QUERIES.flatMap((query) =>
          ADDRESSES.map((from) => ({ ...connection, host, method, target: query ? `${path}?${query}` : path, from })),
        ),
      ),
    ),
  ),
);

const condition = conditionOf(atom);
const ruleOf = (index: number, expressions: fc.Arbitrary<string>): fc.Arbitrary<JsonRule> =>
  fc.tuple(expressions, fc.constantFrom("block", "block", "log", "skip")).map(([expression, action]) => ({
    ...block(`r${index}`, expression),
    action,
    action_parameters: SKIP[action] ?? {},
  }));
const rule = (index: number): fc.Arbitrary<JsonRule> => ruleOf(index, condition);
const SKIP: Readonly<Record<string, object>> = { skip: { ruleset: "current" } };
const edges = fc
  .tuple(
    fc.option(condition, { nil: undefined }),
    fc
      .integer({ min: 0, max: 4 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => rule(index)))),
  )
  .map(([redirect, custom]) =>
    zoneOf({
      [EdgePhase.REDIRECT]: redirect === undefined ? [] : [{ ...REDIRECT, expression: redirect }],
      [EdgePhase.CUSTOM]: custom,
    }),
  );

const SAFETY: Expectation = {
  quantifier: Quantifier.ALWAYS,
  judge: ({ destination }) => (destination.kind === "origin" ? REFUSED : ACCEPTED),
  isAlwaysAccepted: endsBy("block", "redirect"),
};
const ONLY_BLOCKS: Expectation = {
  quantifier: Quantifier.ALWAYS,
  judge: ({ destination }) => (destination.kind === "block" ? ACCEPTED : REFUSED),
  isAlwaysAccepted: endsBy("block"),
};
const AVAILABILITY: Expectation = {
  quantifier: Quantifier.POSSIBLY,
  judge: ({ destination }) => (destination.kind === "block" ? REFUSED : ACCEPTED),
  isAlwaysAccepted: endsBy("redirect"),
};

/** The requests that a client may send to an edge that rewrites some of their paths to one constant. */
const rewriting = fc.tuple(edges, condition, fc.constantFrom(...PATHS)).map(([zone, expression, path]) => {
  const rewrite = { uri: { path: { value: path } } };
  const { phases } = zoneOf({
    http_request_transform: [{ ...block("rewrite", expression), action: "rewrite", action_parameters: rewrite }],
  });
  return { ...zone, phases: new Map([...zone.phases, ...phases]) };
});

test("what is proven behind a rewrite holds for every request that is tried, and a counterexample is real", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(rewriting, (zone) => {
      const proof = prove(zone, { ...UNIVERSE, paths: oneOf(PATHS.map(bytesOf)) }, SAFETY);
      seen.add(proof.kind);
      if (proof.kind === "violated") expect(trace(zone, proof.counterexample).destination.kind).toBe("origin");
      if (proof.kind === "proven") {
        expect(REQUESTS.map((request) => trace(zone, request).destination.kind)).not.toContain("origin");
      }
    }),
    { seed: 8, numRuns: runs(50, 200) },
  );
  expect([...seen].sort()).toEqual(expect.arrayContaining(["proven", "violated"]));
});

describe.each([
  ["never passed on", SAFETY, ["origin"], ["undecided"]],
  ["always blocked", ONLY_BLOCKS, ["origin", "redirect"], ["undecided"]],
  ["never blocked", AVAILABILITY, ["block"], []],
])("whether requests are %s", (_what, expectation, bad, open) => {
  test("is what trying every request of a small universe shows", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(edges, (zone) => {
        const ends = REQUESTS.map((request) => trace(zone, request).destination.kind);
        const expected = ends.some((kind) => bad.includes(kind))
          ? "violated"
          : ends.some((kind) => open.includes(kind))
            ? "undecided"
            : "proven";
        const proof = prove(zone, UNIVERSE, expectation);
        seen.add(proof.kind);
        expect(proof.kind).toBe(expected);
        if (proof.kind === "violated") {
          expect(bad).toContain(trace(zone, proof.counterexample).destination.kind);
          expect(REQUESTS).toContainEqual(proof.counterexample);
        }
      }),
      { seed: 6, numRuns: runs(12, 200) },
    );
    expect([...seen]).toEqual(expect.arrayContaining(["proven", "violated"]));
  });
});

/** Predicates that no axis decides alone, that no request shows, or that are unknown. */
const OPEN = fc.constantFrom(
  "cf.client.bot",
  'ip.src.country eq "US"',
  'http.user_agent contains "b"',
  'any(http.request.headers["x"][*] eq "1")',
  'http.request.uri eq "/a"',
  'http.request.full_uri contains "a.dev/a"',
  "ip.src in $unknown",
  "cf.new_field eq 1",
);
const openZones = fc
  .integer({ min: 1, max: 4 })
  .chain((count) =>
    fc.tuple(...Array.from({ length: count }, (_, index) => ruleOf(index, conditionOf(fc.oneof(atom, OPEN))))),
  )
  .map((custom) => zoneOf({ [EdgePhase.CUSTOM]: custom }));

test.each([
  ["never passed on", SAFETY, "origin"],
  ["never blocked", AVAILABILITY, "block"],
])(
  "a counterexample to requests that are %s holds when it is traced, whatever else rules ask for",
  (_what, expectation, bad) => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(openZones, (zone) => {
        const proof = prove(zone, UNIVERSE, expectation);
        seen.add(proof.kind);
        if (proof.kind !== "violated") return;
        const { headers: _, assumed: __, ...plain } = proof.counterexample;
        expect(REQUESTS).toContainEqual(plain);
        expect(trace(zone, proof.counterexample).destination.kind).toBe(bad);
      }),
      { seed: 21, numRuns: runs(40, 400) },
    );
    expect([...seen]).toEqual(expect.arrayContaining(["undecided", "violated"]));
  },
);

test("what is proven with open questions holds for every request and every value that is tried", () => {
  const values = [
    { "cf.client.bot": true, "ip.src.country": "US" },
    { "cf.client.bot": false, "ip.src.country": "BR" },
  ];
  const headers = [{}, { "user-agent": ["b"], x: ["1"] }];
  const all = REQUESTS.flatMap((request) =>
    values.flatMap((assumed) => headers.map((each) => ({ ...request, assumed, headers: each }))),
  );
  fc.assert(
    fc.property(openZones, (zone) => {
      if (prove(zone, UNIVERSE, SAFETY).kind !== "proven") return;
      expect(all.map((request) => trace(zone, request).destination.kind)).not.toContain("origin");
    }),
    { seed: 22, numRuns: runs(25, 200) },
  );
});
