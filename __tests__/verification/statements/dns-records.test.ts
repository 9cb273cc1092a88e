import { anEnvironment, ZONE_ID } from "../../support/environments";
import { adding, all, giving, HOST, ORIGIN, recordOf, shopScene, type Tree, without } from "../../support/shop";
import { ALL_PROVEN, EDGE_STATEMENTS, inWords, judged, verdicts } from "./edge-statements";
import { sample } from "../../support/sample";

const RECORD = "cloudflare_dns_record";
const APP = `${RECORD}.app`;
const record = (body: Tree): Tree => ({ zone_id: ZONE_ID, proxied: true, ttl: 1, ...body });
const all4 = (kind: string) => Object.fromEntries(EDGE_STATEMENTS.map((id) => [id, kind]));

describe("a public host's record", () => {
  test.each<[string, Tree]>([
    ["its whole name", { name: HOST }],
    ["capital letters", { name: "App.Shop.Dev" }],
    ["a trailing dot", { name: `${HOST}.` }],
    ["its name by an expression", { name: '${join(".", ["app", "shop", "dev"])}' }],
    ["a text that says that it is proxied", { proxied: "true" }],
    ["capital letters in its origin", { content: "Shop.OnRender.com" }],
    ["a trailing dot behind its origin", { content: `${ORIGIN}.` }],
  ])("may have %s", (_what, attributes) => {
    expect(verdicts(giving(APP, attributes))).toEqual(ALL_PROVEN);
  });

  test.each<[string, Tree]>([
    ["is unproxied", { proxied: false }],
    ["doesn't say that it is proxied", { proxied: undefined }],
    ["is null there", { proxied: null }],
    ["says so in a text", { proxied: "false" }],
    ["says something else", { proxied: "TRUE" }],
    ["leaves that to the apply", { proxied: "${var.proxied}" }],
  ])("that %s breaks every statement about the edge", (_what, attributes) => {
    const change = giving(APP, attributes);
    expect(verdicts(change)).toEqual(all4("violated"));
    expect(judged("HOOK-1", change)).toMatchObject({
      counterexample: [HOST],
      wrong: "is published with its origin's own address, past every rule of the edge",
      controls: [{ name: APP, pointer: `/resource/${RECORD}/app` }],
      change: 'set "proxied" to true',
    });
  });

  test.each<[string, Tree]>([
    ["another service", { content: "other.onrender.com" }],
    ["two dots", { content: `${ORIGIN}..` }],
    ["an address", { type: "A", content: "192.0.2.1" }],
    ["nothing", { content: undefined }],
  ])("that leads to %s breaks them", (_what, attributes) => {
    expect(verdicts(giving(APP, attributes))).toEqual(all4("violated"));
  });

  test("that leads where only the apply knows is undecided", () => {
    expect(verdicts(giving(APP, { content: "${var.origin}" }))).toEqual(all4("undecided"));
  });

  test("that isn't there breaks them, by the host's name", () => {
    expect(verdicts(without(APP))).toEqual(all4("violated"));
    expect(inWords(judged("WEB-1", without(APP)))).toContain(
      `no record in the JSON says that requests for ${HOST} meet the edge`,
    );
  });

  test("that is of another zone isn't there", () => {
    expect(verdicts(giving(APP, { zone_id: "ffffffffffffffffffffffffffffffff" }))).toEqual(all4("violated"));
  });

  test("of a subdomain of its name isn't the host's", () => {
    expect(verdicts(giving(APP, { name: "app.app" }))).toEqual(all4("violated"));
  });

  test("of the zone itself may be written as @", () => {
    const environments = [anEnvironment({ hosts: { "shop.dev": { ...anEnvironment().hosts[HOST] } as never } })];
    const change = (name: string) => shopScene(giving(APP, { name }), environments);
    expect(judged("PORTS-2", change("@")).verdict).toBe("proven");
    expect(judged("PORTS-2", change("shop.dev")).verdict).toBe("proven");
    expect(judged("PORTS-2", change("app")).verdict).toBe("violated");
  });
});

describe("a second record of a public host", () => {
  test.each<[string, Tree, string]>(
    sample<[string, Tree, string]>(
      [
        ["to the same origin", recordOf("app", ORIGIN), "undecided"],
        ["to another origin", recordOf(HOST, "other.onrender.com"), "undecided"],
        ["of another family", record({ name: "app", type: "AAAA", content: "2001:db8::1" }), "undecided"],
        ["that is unproxied", record({ name: "app", type: "A", content: "192.0.2.1", proxied: false }), "violated"],
        [
          "that hints at addresses",
          record({ name: "app", type: "HTTPS", data: { value: "ipv4hint=192.0.2.1" } }),
          "undecided",
        ],
        [
          "that delegates it",
          record({ name: "app", type: "NS", content: "ns.example.net", proxied: false }),
          "undecided",
        ],
        ["of an unknown type", record({ name: "app", type: "${var.type}", content: "x.example.net" }), "undecided"],
        [
          "whose name only the apply knows",
          record({ name: "${var.name}", type: "CNAME", content: "x.example.net" }),
          "undecided",
        ],
        [
          "whose name has a letter that DNS folds to its own",
          record({ name: "\uFF41pp", type: "CNAME", content: "x.example.net" }),
          "undecided",
        ],
      ],
      3,
    ),
  )("%s", (_what, body, verdict) => {
    const { depends_on } = recordOf("app", ORIGIN);
    expect(verdicts(adding(RECORD, { ...body, depends_on }))).toEqual(all4(verdict));
  });

  test.each(["MX", "TXT", "CAA", "txt"])("of type %s is harmless", (type) => {
    const body = { name: "app", type, content: "mail.example.net", proxied: false };
    expect(verdicts(adding(RECORD, record(body)))).toEqual(ALL_PROVEN);
  });
});

describe("a record of another name", () => {
  test.each<[string, Tree]>([
    ["www", { name: "www", type: "CNAME", content: ORIGIN }],
    ["a wildcard", { name: "*", type: "CNAME", content: ORIGIN }],
    ["capital letters", { name: "www", type: "CNAME", content: ORIGIN.toUpperCase() }],
    ["a dot", { name: "www", type: "CNAME", content: `${ORIGIN}.` }],
    ["deep", { name: "a.b.c", type: "CNAME", content: ORIGIN }],
  ])("(%s) that publishes the origin breaks every statement", (_what, body) => {
    const change = adding(RECORD, record({ ...body, proxied: false }));
    expect(verdicts(change)).toEqual(all4("violated"));
    expect(judged("PORTS-1", change)).toMatchObject({
      counterexample: [body["name"]],
      wrong: `publishes the origin ${String(body["content"])} past every rule of the edge`,
      controls: [{ pointer: `/resource/${RECORD}/added` }],
    });
  });

  test("that is a wildcard and waits for nothing publishes the host before its edge, wherever it leads", () => {
    const change = adding(RECORD, record({ name: "*", type: "AAAA", content: "2001:db8::7", proxied: false }));
    expect(verdicts(change)).toEqual(all4("violated"));
    expect(judged("HOOK-1", change)).toMatchObject({ wrong: expect.stringMatching(/^may be public before /) });
  });

  test.each<[string, Tree]>(
    sample<[string, Tree]>(
      [
        ["an address that may be an origin's", { name: "status", type: "A", content: "192.0.2.7" }],
        ["what only the apply knows", { name: "status", type: "CNAME", content: "${var.target}" }],
        ["nameservers of a name that a host is below", { name: "@", type: "NS", content: "ns.example.net" }],
        ["hints of an address", { name: "status", type: "HTTPS", content: "1 status.example.net" }],
        ["hints for another port", { name: "_8443._https.app", type: "HTTPS", content: "1 x.example.net port=8443" }],
        ["an origin's name in another spelling", { name: "_x", type: "CNAME", content: `${ORIGIN}..` }],
      ],
      3,
    ),
  )("that publishes %s past the edge is undecided, where it stands", (_what, body) => {
    const change = adding(RECORD, record({ ...body, proxied: false }));
    expect(verdicts(change)).toEqual(all4("undecided"));
    expect(judged("PORTS-1", change)).toMatchObject({
      unknown: [{ place: { stack: "shop", pointer: `/resource/${RECORD}/added` } }],
    });
  });

  test.each<[string, Tree]>(
    sample<[string, Tree]>(
      [
        [
          "proves who owns the name",
          { name: "_acme-challenge", type: "CNAME", content: "x.example.net", proxied: false },
        ],
        ["is proxied", { name: "www", type: "CNAME", content: ORIGIN }],
        ["leads another name to another service", { name: "status", type: "CNAME", content: "status.example.net" }],
        ["gives a name to other nameservers", { name: "labs", type: "NS", content: "ns.example.net" }],
        ["verifies the host", { name: HOST, type: "TXT", content: "site-verification=abc" }],
        ["is of mail", { name: "@", type: "MX", content: "mail.example.net", proxied: false }],
        ["is text", { name: "_acme-challenge", type: "TXT", content: ORIGIN, proxied: false }],
        [
          "is of another zone",
          { zone_id: "ffffffffffffffffffffffffffffffff", name: "x", type: "CNAME", content: ORIGIN, proxied: false },
        ],
      ],
      3,
    ),
  )("that %s changes nothing", (_what, body) => {
    expect(verdicts(adding(RECORD, record(body)))).toEqual(ALL_PROVEN);
  });

  test("that publishes another environment's origin breaks the statements of this one too", () => {
    const change = all(
      adding(RECORD, record({ name: "x", type: "CNAME", content: "shop-other.onrender.com", proxied: false })),
    );
    const other = {
      ...anEnvironment(),
      name: "other",
      zone: { ...anEnvironment().zone, id: "0".repeat(32), name: "other.dev" },
    };
    const hosts = {
      "app.other.dev": {
        ...Object.values(anEnvironment().hosts)[0],
        service: "srv-0123456789abcdef",
        address: "shop-other.onrender.com",
      },
    };
    expect(judged("PORTS-1", shopScene(change, [anEnvironment(), { ...other, hosts } as never])).verdict).toBe(
      "violated",
    );
  });
});
