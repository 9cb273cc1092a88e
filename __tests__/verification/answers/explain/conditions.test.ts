import fc from "fast-check";
import { AddressSet } from "../../../../network/address-set";
import { parse } from "../../../../network/rules-language";
import { traceOf } from "../../../../verification/answers/explain/trace";
import { because, whyNot } from "../../../../verification/answers/explain/conditions";
import { asRulesSee } from "../../../../verification/edge/evaluate/edge-request";
import { trace } from "../../../../verification/edge/evaluate/trace";
import type { EdgeZone, ZoneRule } from "../../../../verification/edge/zone";
import { https } from "../../../support/edge-requests";

const OFFICE = AddressSet.of("office", ["192.0.2.0/24", "2001:db8::/32"]);
const zone: EdgeZone = { id: "z", phases: new Map(), normalised: true, lists: new Map([["office", OFFICE]]) };
const request = {
  ...https("app.example.com", "/a?q=1", "192.0.2.7"),
  headers: { "x-a": ["b"], "x-long": ["y".repeat(999)] },
};
const asked = { request: asRulesSee(request, true), zone, names: [OFFICE] };
const why = (text: string) => whyNot(parse(text), asked);

describe("why a condition isn't true", () => {
  test.each([
    ['http.host eq "b"', 'it is "app.example.com"'],
    ['lower(http.request.uri.path) in {"/x" "/y"}', 'it is "/a"'],
    ['http.request.uri.path matches "^/b"', 'it is "/a"'],
    ['http.request.uri.path wildcard "/b*"', 'it is "/a"'],
    ['starts_with(http.request.uri.path, "/b")', 'http.request.uri.path is "/a"'],
    ["cf.edge.server_port in {80 8080}", "it is 443"],
    ["ip.src in {198.51.100.0/24 203.0.113.0/24}", "192.0.2.7 is not in {198.51.100.0/24 and 1 more}"],
    ["ip.src eq 192.0.2.8", "it is 192.0.2.7"],
    ["not ip.src in {192.0.2.0/28}", "192.0.2.7 is in 192.0.2.0/28"],
    ["not ip.src in $office", "192.0.2.7 is in office (192.0.2.0/24)"],
    ["not ip.src in {192.0.2.0/24 2001:db8::/32}", "192.0.2.7 is in office (192.0.2.0/24)"],
    ['http.request.headers["x-b"][0] eq "c"', "there is no such value"],
    ['any(http.request.headers["x-a"][*] eq "c")', 'http.request.headers["x-a"] is ["b"]'],
    ['all(lower(http.request.headers["x-none"][*])[*] eq "c")', 'http.request.headers["x-none"] is not there'],
    ["not true", "it is true of every request"],
    ['http.host eq "a" xor http.host eq "b"', 'it is "app.example.com"'],
  ])("is what was seen: %s", (text, saw) => {
    const { conjunct, facts } = why(text);
    expect(conjunct).not.toBe("");
    expect(facts[0]?.saw).toBe(saw);
  });

  test("is its first conjunct that fails, and no other", () => {
    expect(why('ssl and http.host eq "x" and http.host eq "y"')).toEqual({
      conjunct: 'http.host eq "x"',
      facts: [{ conjunct: 'http.host eq "x"', saw: 'it is "app.example.com"' }],
    });
  });

  test("is one that certainly fails before one that nobody can tell", () => {
    expect(why('ip.src.country eq "XX" and http.host eq "x"').conjunct).toBe('http.host eq "x"');
    expect(why('ip.src.country eq "XX" and ssl').facts[0]?.saw).toBe("the value of ip.src.country is not known");
  });

  test("is every part of an alternative, and the one part that a negated alternative has", () => {
    expect(why('http.host eq "x" or (ssl and not ssl)').facts.map(({ conjunct }) => conjunct)).toEqual([
      'http.host eq "x"',
      "not ssl",
    ]);
    expect(why('not (http.host eq "x" or ssl)').facts).toEqual([{ conjunct: "not ssl", saw: "ssl is true" }]);
  });

  test("is written briefly, however long sets, values and alternatives are", () => {
    const hosts = Array.from({ length: 99 }, (_, index) => `"host-${index}.example.com"`);
    expect(why(`http.host in {${hosts.join(" ")}}`).conjunct).toBe("http.host in {…}");
    const many = why(hosts.map((host) => `http.host eq ${host}`).join(" or "));
    expect(many.facts).toHaveLength(7);
    expect(many.facts.at(-1)).toEqual({ conjunct: "93 more", saw: "the same way" });
    expect(why('http.request.headers["x-long"][0] eq "z"').facts[0]?.saw).toMatch(
      /^it is "y{119}… \(1001 characters\)$/,
    );
  });
});

describe("what may be a secret", () => {
  test.each([
    'http.request.headers["x-api-key"][0] eq "hush"',
    'any(http.request.headers["authorization"][*] contains "hush")',
    'any(starts_with(http.request.headers["X-Token"][*], "hush"))',
    'http.cookie matches "hush"',
    'any(http.request.headers.values[*] eq "hush")',
  ])("is shown neither of a request nor of a rule: %s", (text) => {
    const told = {
      ...request,
      headers: { "x-api-key": ["hush!"], authorization: ["!"], "x-token": ["!"], cookie: ["!"] },
    };
    const { conjunct, facts } = whyNot(parse(text), { ...asked, request: asRulesSee(told, true) });
    expect(JSON.stringify([conjunct, facts])).not.toMatch(/hush|"!"/);
    expect(conjunct).toMatch(/^http\..* against \(hidden\)$/);
  });
});

test("why a condition is true is what was seen of each conjunct", () => {
  expect(because(parse('ssl and (http.host eq "x" or http.host contains "app")'), asked)).toEqual([
    { conjunct: "ssl", saw: "ssl is true" },
    { conjunct: 'http.host contains "app"', saw: 'it is "app.example.com"' },
  ]);
});

/** Conditions of which it is known here, without the evaluator, whether they hold. */
const ATOMS: readonly (readonly [text: string, holds: boolean | undefined])[] = [
  ["ssl", true],
  ['http.host eq "x"', false],
  ["cf.edge.server_port eq 443", true],
  ["ip.src in {198.51.100.0/24}", false],
  ['ip.src.country eq "XX"', undefined],
];

interface Known {
  readonly text: string;
  readonly holds: boolean | undefined;
}

const negated = ({ text, holds }: Known): Known => ({
  text: `not (${text})`,
  holds: holds === undefined ? undefined : !holds,
});

function joined(parts: readonly Known[], operator: "and" | "or", decisive: boolean): Known {
  const text = parts.map((part) => `(${part.text})`).join(` ${operator} `);
  if (parts.some(({ holds }) => holds === decisive)) return { text, holds: decisive };
  return { text, holds: parts.some(({ holds }) => holds === undefined) ? undefined : !decisive };
}

const { known } = fc.letrec<{ known: Known }>((tie) => ({
  known: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...ATOMS).map(([text, holds]) => ({ text, holds })),
    tie("known").map(negated),
    fc.array(tie("known"), { minLength: 2, maxLength: 3 }).map((parts) => joined(parts, "and", false)),
    fc.array(tie("known"), { minLength: 2, maxLength: 3 }).map((parts) => joined(parts, "or", true)),
  ),
}));

describe("for every condition", () => {
  test("facts are the atoms that make it what it is: as seen, they suffice", () => {
    fc.assert(
      fc.property(known, ({ text, holds }) => {
        fc.pre(holds !== true);
        const { facts } = why(text);
        expect(facts.length).toBeGreaterThan(0);
        for (const { conjunct } of facts.filter(({ saw }) => saw !== "the same way")) {
          const isNegated = conjunct.startsWith("not ");
          const [, truth] = ATOMS.find(([atom]) => atom === conjunct.replace(/^not /, "")) ?? [];
          const value = truth === undefined ? undefined : truth !== isNegated;
          expect(value).toBe(holds);
        }
      }),
    );
  });

  test("the way through the rules meets the same rules as the trace, with the same verdicts", () => {
    const rules = fc.array(fc.record({ known, action: fc.constantFrom("block", "log", "skip", "teleport") }), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(rules, rules, (first, second) => {
        const phases = new Map([
          ["http_request_firewall_custom", first.map(ruleOf("a"))],
          ["http_request_late_transform", second.map(ruleOf("b"))],
        ]);
        const of = { ...zone, phases };
        const { steps, destination, ending } = trace(of, request);
        const traced = traceOf(of, request);
        expect(traced.destination).toEqual(destination);
        expect(traced.ending).toBe(ending);
        const asked = traced.phases.flatMap(({ steps: own }) => own).filter(({ verdict }) => verdict !== undefined);
        const met = destination.kind === "undecided" ? asked.slice(0, steps.length) : asked;
        expect(met.map(({ rule, verdict }) => [rule.ref, verdict?.value])).toEqual(
          steps.map(({ rule, verdict }) => [rule.ref, verdict.value]),
        );
      }),
    );
  });
});

function ruleOf(prefix: string) {
  return (
    { known: { text }, action }: { readonly known: Known; readonly action: string },
    index: number,
  ): ZoneRule => ({
    ...{ stack: "shop", pointer: `/${prefix}/${index}`, ref: `${prefix}${index}`, expression: text },
    ...{ isConditionKnown: true, action, areParametersKnown: true, others: {} },
    parameters: action === "skip" ? { ruleset: "current" } : {},
  });
}
