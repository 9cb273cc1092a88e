import { bytesOf } from "../../../network/rules-language";
import { EdgePhase } from "../../../policy/edge-phase";
import { oneOf } from "../../../verification/solver/language/words";
import { ACCEPTED, endsBy, type Expectation, Quantifier, REFUSED } from "../../../verification/edge/proof";
import { prove } from "../../../verification/edge/prove";
import type { Scope } from "../../../verification/edge/scope";
import { trace } from "../../../verification/edge/evaluate/trace";
import { block, type JsonRule, zoneOf } from "./edge";

const NEVER_PASSED_ON: Expectation = {
  quantifier: Quantifier.ALWAYS,
  judge: ({ destination }) => (destination.kind === "origin" ? REFUSED : ACCEPTED),
  isAlwaysAccepted: endsBy("block", "redirect"),
};
const NOT_BLOCKED: Expectation = {
  quantifier: Quantifier.POSSIBLY,
  judge: ({ destination }) => (destination.kind === "block" ? REFUSED : ACCEPTED),
  isAlwaysAccepted: endsBy("redirect"),
};

/** Requests for `/b` are rewritten; those that are in the scope before that are sent elsewhere. */
const rewritten = (uri: object, sentElsewhere: string, ...custom: readonly JsonRule[]) =>
  zoneOf({
    [EdgePhase.REDIRECT]: [
      {
        ...{ ref: "elsewhere", expression: sentElsewhere, action: "redirect" },
        action_parameters: { from_value: { status_code: 301, target_url: { value: "https://example.com/" } } },
      },
    ],
    http_request_transform: [
      { ...block("rewrite", 'http.request.uri.path eq "/b"'), action: "rewrite", action_parameters: { uri } },
    ],
    [EdgePhase.CUSTOM]: custom,
  });
const path = (value: string) => ({ path: { value } });
const query = (value: string) => ({ query: { value } });
const paths = (...values: readonly string[]): Scope => ({ paths: oneOf(values.map(bytesOf)) });
const IS_A = 'http.request.uri.path eq "/a"';

describe("behind a rewrite of the path to a constant", () => {
  test("the requests in the scope are those that it brings there too", () => {
    const zone = rewritten(path("/a"), IS_A);
    const proof = prove(zone, paths("/a"), NEVER_PASSED_ON);
    expect(proof).toMatchObject({ kind: "violated", counterexample: { target: "/b" } });
    if (proof.kind === "violated") expect(trace(zone, proof.counterexample).destination.kind).toBe("origin");
    expect(prove(rewritten(path("/c"), IS_A), paths("/a"), NEVER_PASSED_ON).kind).toBe("proven");
  });

  test.each([
    ["the constant", IS_A, "proven"],
    ["another path", 'http.request.uri.path eq "/b"', "violated"],
    ["its length", "len(http.request.uri.path) eq 2", "proven"],
    ["something else beside it", `${IS_A} and ssl and not ssl`, "violated"],
    ["either of two", `http.host eq "x" or ${IS_A}`, "proven"],
    ["the opposite", 'not http.request.uri.path contains "b"', "proven"],
    ["what the request has besides", 'http.request.method eq "GET" or not http.request.method eq "GET"', "proven"],
    ["what is made of the whole URL", 'http.request.uri eq "/a"', "undecided"],
    ["what may be any", 'ip.src.country eq "XX"', "violated"],
    ["what nobody here knows", "ip.src in $office", "undecided"],
  ])("a later rule asks of %s", (_what, expression, kind) => {
    expect(prove(rewritten(path("/a"), IS_A, block("later", expression)), paths("/a"), NEVER_PASSED_ON).kind).toBe(
      kind,
    );
  });

  test("those that it doesn't touch are no finding about those that it does", () => {
    const zone = rewritten(path("/a"), IS_A, block("b", 'http.request.uri.path eq "/c"'));
    expect(prove(zone, paths("/a"), NOT_BLOCKED).kind).toBe("proven");
    expect(prove(zone, paths("/c"), NOT_BLOCKED)).toMatchObject({ kind: "violated", counterexample: { target: "/c" } });
  });
});

describe("behind a rewrite of the query to a constant", () => {
  const isGo = 'http.request.uri.query eq "go"';

  test("the requests in the scope are those that it gives the query too", () => {
    const scope: Scope = { queries: ["go"] };
    expect(prove(rewritten(query("go"), isGo), scope, NEVER_PASSED_ON)).toMatchObject({
      kind: "violated",
      counterexample: { target: expect.stringMatching(/^\/b/) },
    });
    expect(prove(rewritten(query("stay"), isGo), scope, NEVER_PASSED_ON).kind).toBe("proven");
  });

  test("the paths stay as they are", () => {
    const zone = rewritten(query("go"), isGo);
    expect(prove(zone, { ...paths("/c"), queries: ["go"] }, NEVER_PASSED_ON).kind).toBe("proven");
    expect(prove(zone, { ...paths("/b"), queries: ["go"] }, NEVER_PASSED_ON).kind).toBe("violated");
  });

  test("later rules see it", () => {
    const zone = rewritten(query("go"), isGo, block("later", isGo));
    expect(prove(zone, { queries: ["go"] }, NEVER_PASSED_ON).kind).toBe("proven");
  });
});
