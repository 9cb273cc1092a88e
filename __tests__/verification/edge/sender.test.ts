import { META } from "../../../network/feeds/meta";
import type { Proof } from "../../../verification/edge/proof";
import { trace } from "../../../verification/edge/evaluate/trace";
import { nobodyElse, senderItself } from "../../../verification/statements/hook-1";
import { ports1 } from "../../../verification/statements/ports-1";
import { block, GUARD, HOST, type JsonRule, policy, PORTS, withCustom } from "./edge";

const PATH = "/webhooks/meta";
/** Every letter and sign that people use. */
const SO_MANY_AGENTS = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"]
  .map((letter) => `http.user_agent contains "${letter}"`)
  .join(" or ");
const kindOf = (proof: Proof): string => proof.kind;
const blocked = (expression: string) => withCustom(PORTS, GUARD, block("foreign", expression));
const senderWith = (expression: string): Proof => senderItself(blocked(expression), policy);

describe("Meta is certainly blocked, so HOOK-1 is violated", () => {
  test.each([
    ["by the whole URL", `http.request.full_uri wildcard "https://${HOST}/webhooks/*"`],
    ["by the URI", `http.request.uri eq "${PATH}"`],
    ["by the raw path", `raw.http.request.uri.path eq "${PATH}"`],
    ["by a part of the path", 'substring(http.request.uri.path, 0, 9) eq "/webhooks"'],
    ["by the host joined with the path", `concat(http.host, http.request.uri.path) eq "${HOST}${PATH}"`],
    ["by a path that begins with itself", "starts_with(http.request.uri.path, http.request.uri.path)"],
    ["by its host as a header", `any(http.request.headers["host"][*] eq "${HOST}")`],
    ["by a segment of the path", 'any(split(http.request.uri.path, "/", 3)[*] eq "webhooks")'],
    ["by an extension that the path doesn't have", 'http.request.uri.path.extension eq ""'],
  ])("%s", (_what, expression) => {
    const zone = blocked(expression);
    const proof = senderItself(zone, policy);
    expect(proof.kind).toBe("violated");
    if (proof.kind !== "violated") return;
    expect(trace(zone, proof.counterexample).destination.kind).toBe("block");
    expect(META.addresses.contains(proof.counterexample.from)).toBe(true);
  });

  test("by one of its two queries", () => {
    expect(senderWith('http.request.uri contains "hub.mode=subscribe"')).toMatchObject({
      kind: "violated",
      counterexample: { target: expect.stringContaining("hub.mode=subscribe") },
    });
  });
});

describe("it is undecided whether Meta is blocked", () => {
  test.each([
    ["by a header that nobody says Meta doesn't send", 'any(http.request.headers["x-hub-signature"][*] ne "")'],
    ["by the lack of a header", 'not any(http.request.headers["x-a"][*] eq "1")'],
    ["by the names of headers", 'any(http.request.headers.names[*] eq "content-type")'],
    ["by a list that isn't known", "not ip.src in $office"],
    ["by the body", 'http.request.body.raw contains "object"'],
    ["by a certificate", "not cf.tls_client_auth.cert_verified"],
    ["by a new field that can't be read", "cf.new_field eq 1"],
    ["by user agents of which none is known that it isn't", SO_MANY_AGENTS],
    ["by a field beside its host", `concat(http.host, http.request.version) eq "${HOST}HTTP/2"`],
  ])("%s", (_what, expression) => {
    expect(kindOf(senderWith(expression))).toBe("undecided");
  });
});

describe("Meta is only possibly blocked, so HOOK-1 stays proven, and says so", () => {
  test.each([
    ["by its country", 'ip.src.country eq "XX"'],
    ["by its country or its network", 'ip.src.country eq "US" or ip.src.asnum eq 32934'],
    ["unless it is a known bot", "not cf.client.bot"],
    ["by a score", "cf.bot_management.score lt 30"],
    ["by one of several user agents", 'http.user_agent contains "a" or http.user_agent contains "b"'],
    ["by its continent", 'ip.geoip.continent eq "T1"'],
    ["by its user agent", 'http.user_agent contains "bot" and not http.user_agent contains "good"'],
  ])("%s", (_what, expression) => {
    const proof = senderWith(expression);
    expect(proof).toMatchObject({ kind: "proven", deciding: [] });
    expect(proof.kind === "proven" ? proof.possible.map(({ ref }) => ref) : []).toEqual(["foreign"]);
  });

  test.each([
    ["another URL", `http.request.full_uri wildcard "https://${HOST}/admin*"`],
    ["another URI", 'http.request.uri eq "/admin"'],
    ["another raw path", 'raw.http.request.uri.path eq "/admin"'],
    ["another host and path", 'concat(http.host, http.request.uri.path) eq "b.dev/"'],
  ])("not at all by %s", (_what, expression) => {
    expect(senderWith(expression)).toMatchObject({ kind: "proven", possible: [] });
  });

  test("unless every value that occurs is blocked", () => {
    expect(kindOf(senderWith("cf.client.bot or not cf.client.bot"))).not.toBe("proven");
    expect(kindOf(senderWith('ip.src.country eq "US" xor not ip.src.country eq "US"'))).not.toBe("proven");
    expect(kindOf(senderWith("cf.bot_management.score ge 1"))).not.toBe("proven");
  });
});

describe("a counterexample holds when it is traced, with what it says it assumes", () => {
  const skip: JsonRule = { ref: "skip", expression: "", action: "skip", action_parameters: { ruleset: "current" } };
  const skipping = (expression: string) => withCustom({ ...skip, expression }, PORTS, GUARD);

  test.each<[string, object]>([
    ["not cf.client.bot", { assumed: { "cf.client.bot": false } }],
    ["cf.client.bot", { assumed: { "cf.client.bot": true } }],
    ['ip.src.country eq "AR"', { assumed: { "ip.src.country": "AR" } }],
    ['not ip.src.country in {"US" "BR"}', { assumed: { "ip.src.country": expect.not.stringMatching(/^(US|BR)$/) } }],
    ["ip.src.asnum in {64500..64510}", { assumed: { "ip.src.asnum": 64_500 } }],
    ['http.user_agent contains "facebook"', { headers: { "user-agent": ["facebook"] } }],
    ['any(http.request.headers["x-a"][*] eq "1")', { headers: { "x-a": ["1"] } }],
    ["cidr6(ip.src, 48) eq 2001:db8::", { from: "2001:db8::1" }],
    ['cf.client.bot and ip.src.country eq "AR"', { assumed: { "cf.client.bot": true, "ip.src.country": "AR" } }],
  ])("%s", (expression, counterexample) => {
    const zone = skipping(expression);
    for (const proof of [ports1(zone, policy), nobodyElse(zone, policy)]) {
      expect(proof).toMatchObject({ kind: "violated", counterexample });
      if (proof.kind === "violated") expect(trace(zone, proof.counterexample).destination.kind).toBe("origin");
    }
  });

  test.each([
    ["what no table says of requests", "cf.tls_client_auth.cert_verified"],
    ["a list that isn't known", "ip.src in $office"],
    ["a value that a field never has", 'ip.src.country eq "nowhere"'],
  ])("it doesn't assume %s", (_what, expression) => {
    expect(kindOf(ports1(skipping(expression), policy))).toBe("undecided");
  });

  test("it stays in what is asked about", () => {
    const zone = skipping('http.request.uri.path.extension eq "css" and not cf.client.bot');
    const proof = nobodyElse(zone, policy);
    const target = proof.kind === "violated" ? decodeURIComponent(proof.counterexample.target) : PATH;
    expect(target.split("#")[0]?.replace(/\/$/, "")).toBe(PATH);
  });
});
