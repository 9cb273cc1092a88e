import fc from "fast-check";
import { AddressSet } from "../../../../network/address-set";
import { type Expression, parse, parseValue } from "../../../../network/rules-language";
import { completeRequest } from "../../../../verification/edge/evaluate/edge-request";
import { evaluate, evaluateValue } from "../../../../verification/edge/evaluate/evaluate";
import { type PredicateTest, testOf, type ListItems } from "../../../../verification/edge/evaluate/predicate-test";
import { requestOf } from "../../../../verification/edge/evaluate/request";
import { type Facts, facts, meanings } from "../../../support/rules-language/arbitraries";

const FIELDS: readonly (readonly [string, (facts: Facts) => boolean | number | string])[] = [
  ["ssl", ({ ssl }) => ssl],
  ["cf.client.bot", ({ bot }) => bot],
  ["cf.edge.server_port", ({ port }) => port],
  ["http.host", ({ host }) => host],
];

const requestAbout = (known: Facts, fields = FIELDS) =>
  requestOf(Object.fromEntries(fields.map(([name, value]) => [name, value(known)])));
const verdictOf = (source: string, fields: Parameters<typeof requestOf>[0], lists = new Map()) =>
  evaluate(parse(source), requestOf(fields), lists);

describe("the evaluator", () => {
  test("decides generated expressions as their generator does", () => {
    fc.assert(
      fc.property(meanings, facts, ({ text, holds }, known) => {
        expect(evaluate(parse(text), requestAbout(known)).value).toBe(holds(known));
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  test("is undecided with fewer fields, or says what it says with all of them", () => {
    fc.assert(
      fc.property(meanings, facts, fc.subarray([...FIELDS]), ({ text, holds }, known, fields) => {
        expect([undefined, holds(known)]).toContain(evaluate(parse(text), requestAbout(known, fields)).value);
      }),
      { seed: 12, numRuns: 500 },
    );
  });

  test("names the field that is not known, and only where it matters", () => {
    expect(verdictOf('http.host eq "a"', {}).reasons).toEqual(["the value of http.host is not known"]);
    expect(verdictOf('ssl and http.host eq "a"', { ssl: false }).isFalse).toBe(true);
    expect(verdictOf('ssl or http.host eq "a"', { ssl: true }).isTrue).toBe(true);
  });

  test("looks addresses up in lists, and numbers in lists of autonomous systems", () => {
    const lists = new Map<string, ListItems>([
      ["office", AddressSet.of("office", ["192.0.2.0/24", "2001:db8::/32"])],
      ["networks", new Set([64500n])],
    ]);
    expect(verdictOf("ip.src in $office", { "ip.src": "192.0.2.1" }, lists).isTrue).toBe(true);
    expect(verdictOf("ip.src in $office", { "ip.src": "2001:db8:1::1" }, lists).isTrue).toBe(true);
    expect(verdictOf("ip.src in $office", { "ip.src": "198.51.100.1" }, lists).isFalse).toBe(true);
    expect(verdictOf("ip.src.asnum in $networks", { "ip.src.asnum": 64500 }, lists).isTrue).toBe(true);
  });

  test("is undecided about a list that is not known, and about hostname lists", () => {
    expect(verdictOf("not ip.src in $x", { "ip.src": "192.0.2.1" }).reasons).toEqual([
      "the items of the list $x are not known",
    ]);
    const lists = new Map([["hosts", AddressSet.empty("hosts")]]);
    expect(verdictOf("http.host in $hosts", { "http.host": "a" }, lists).isUndecided).toBe(true);
  });

  test("a missing header equals nothing, and whether it differs is undecided", () => {
    const none = { "http.request.headers": {} };
    expect(verdictOf('http.request.headers["x"][0] eq "a"', none).isFalse).toBe(true);
    expect(verdictOf('not http.request.headers["x"][0] contains "a"', none).isTrue).toBe(true);
    expect(verdictOf('http.request.headers["x"][0] ne "a"', none).isUndecided).toBe(true);
    expect(verdictOf('lower(http.request.headers["x"][0]) ne "a"', none).isUndecided).toBe(true);
  });

  test("integers are compared exactly to the last of 64 bits", () => {
    const port = { "cf.edge.server_port": 9223372036854775807n };
    expect(verdictOf("cf.edge.server_port eq 9223372036854775807", port).isTrue).toBe(true);
    expect(verdictOf("cf.edge.server_port eq 9223372036854775806", port).isFalse).toBe(true);
  });

  test("a regular expression in Unicode mode is undecided, the same in bytes is not", () => {
    const host = { "http.host": "é" };
    expect(verdictOf('http.host matches "(?u)^.$"', host).reasons[0]).toContain("is not modelled");
    expect(verdictOf('http.host matches "^.$"', host).isFalse).toBe(true);
    expect(verdictOf('http.host matches "^..$"', host).isTrue).toBe(true);
  });

  test("a regular expression too large for an automaton is undecided", () => {
    expect(verdictOf('http.host matches "(a{1000}){1000}"', { "http.host": "a" }).reasons[0]).toContain("20000 states");
  });

  test("a predicate is a test of its operand alone, made ready once", () => {
    const predicate = parse('http.host wildcard "*.Example.com"') as Expression & { kind: "wildcard-match" };
    const test: PredicateTest = testOf(predicate);
    expect(["a.example.COM", "example.com"].map((host) => test(host, new Map()).value)).toEqual([true, false]);
    expect(testOf(predicate)).toBe(test);
  });

  test("computes the target of a redirect", () => {
    const target = parseValue('concat("https://", http.host, http.request.uri.path)');
    const request = requestOf({ "http.host": "app.example.com", "http.request.uri.path": "/a" });
    expect(evaluateValue(target, request)).toEqual({ kind: "known", value: "https://app.example.com/a" });
    expect(evaluateValue(target, requestOf({}))).toMatchObject({ kind: "unknown" });
  });
});

describe("a request", () => {
  test("refuses what is no field and what is not of its type, all at once", () => {
    expect(() => requestOf({ "http.hots": "a", ssl: "yes", "ip.src": "10.0.0", "cf.edge.server_port": 1.5 })).toThrow(
      /4 problems[^]*http\.hots[^]*ssl: got "yes"; allowed: Boolean[^]*ip\.src[^]*cf\.edge\.server_port/,
    );
  });

  test("is completed by what follows from its fields, and keeps what it has", () => {
    const basic = {
      ssl: true,
      "http.host": "a.example",
      "http.request.uri.path": "/x.tar.GZ",
      "http.request.uri.query": "q=1",
    };
    const complete = completeRequest(requestOf({ ...basic, "raw.http.request.uri.path": "/y" }));
    expect(complete.get("http.request.full_uri")).toBe("https://a.example/x.tar.GZ?q=1");
    expect(complete.get("raw.http.request.uri")).toBe("/y?q=1");
    expect(complete.get("http.request.uri.path.extension")).toBe("gz");
    expect(complete.get("ip.src.country")).toBeUndefined();
  });

  test.each([
    ["/foo", ""],
    ["/foo.mp3", "mp3"],
    ["/.mp3", ""],
    ["/.foo.mp3", "mp3"],
    ["/foo.tar.bz2", "bz2"],
    ["/foo.", ""],
    ["/foo.MP3", "mp3"],
    ["/a.b/c", ""],
  ])("the extension of %j is %j", (path, extension) => {
    const complete = completeRequest(requestOf({ "http.request.uri.path": path }));
    expect(complete.get("http.request.uri.path.extension")).toBe(extension);
  });

  test("without a host there is no full URI", () => {
    const complete = completeRequest(
      requestOf({ ssl: true, "http.request.uri.path": "/", "http.request.uri.query": "" }),
    );
    expect(complete.get("http.request.full_uri")).toBeUndefined();
    expect(complete.get("http.request.uri")).toBe("/");
  });
});
