import { questionOf } from "../../../../verification/answers/explain/question";
import { problemsWith } from "../../../support/problems";

const ask = (url: string, more = {}) => questionOf({ url, ...more });

describe("a URL", () => {
  test.each([
    ["https://app.example.com", "https", 443, "app.example.com", "/"],
    ["HTTP://App.example.com/a", "http", 80, "App.example.com", "/a"],
    ["https://app.example.com?x=1", "https", 443, "app.example.com", "/?x=1"],
    ["https://app.example.com:443/", "https", 443, "app.example.com", "/"],
    ["https://app.example.com:8443/", "https", 8443, "app.example.com:8443", "/"],
    ["http://[2001:db8::1]:8080/", "http", 8080, "[2001:db8::1]:8080", "/"],
    ["https://app.example.com//a/../b%2f\\c", "https", 443, "app.example.com", "//a/../b%2f\\c"],
  ])("is taken as it is typed: %s", (url, scheme, port, host, target) => {
    expect(ask(url).request).toMatchObject({ scheme, port, host, target, method: "GET", headers: {} });
  });

  test("loses its fragment, as clients do, and says so", () => {
    const { request, notes } = ask("https://app.example.com/a#b");
    expect(request.target).toBe("/a");
    expect(notes).toEqual(["clients don't send #b; a # that is sent is written %23"]);
  });

  test.each([
    "app.example.com/a",
    "ftp://app.example.com/",
    "https:///a",
    "https://app.example.com:0/",
    "https://app.example.com:65536/",
    "https://app.example.com:x/",
    "https://a b/",
    "https://app.example.com/a b",
    "https://app.example.com/\u001b[31m",
    "https://app.example.com/\u0085",
    "https://app.example.com/\ud800",
  ])("is refused where it is none that a client could send: %j", (url) => {
    expect(problemsWith(() => ask(url))).toMatchObject([{ at: "<url>" }]);
  });

  test("is refused with a password in it, which isn't repeated", () => {
    expect(() => ask("https://me:hush@app.example.com/")).toThrow(/a URL with a user name/);
    expect(() => ask("https://me:hush@app.example.com/")).not.toThrow(/hush/);
  });
});

describe("headers", () => {
  test("are grouped by their names in lower case", () => {
    const headers = ["X-A: 1", "x-a: 2", "X-B:c:d "];
    expect(ask("https://a.example/", { headers }).request.headers).toEqual({ "x-a": ["1", "2"], "x-b": ["c:d"] });
  });

  test("replace the URL's host, and leave where the request goes", () => {
    const { server, request } = ask("https://a.example/", { headers: ["Host: b.example"] });
    expect({ server, host: request.host, headers: request.headers }).toEqual({
      server: "a.example",
      host: "b.example",
      headers: {},
    });
  });

  test.each(["hush", ": hush", "a b: hush", "X-A: hush\nX-B: 1"])(
    "are refused without a name, unseen: %j",
    (header) => {
      expect(() => ask("https://a.example/", { headers: [header] })).toThrow(/--header/);
      expect(() => ask("https://a.example/", { headers: [header] })).not.toThrow(/hush/);
    },
  );
});

describe("an address", () => {
  test.each(["8.8.8.8", "2001:db8::1"])("may be of either family: %s", (from) => {
    expect(ask("https://a.example/", { from }).from).toBe(from);
  });

  test.each([
    ["8.8.8.0/24", /ask about one address of the block/],
    ["[2001:db8::1]", /without brackets/],
    ["8.8.8", /an IPv4 or IPv6 address/],
    ["::ffff:8.8.8.8", /ask about 8\.8\.8\.8/],
    ["", /an IPv4 or IPv6 address/],
  ])("is refused where it is none: %s", (from, message) => {
    expect(() => ask("https://a.example/", { from })).toThrow(message);
  });
});

test("everything that is wrong is said at once", () => {
  const all = { from: "x", method: "G T", headers: ["x"] };
  expect(problemsWith(() => ask("x", all)).map(({ at }) => at)).toEqual(["<url>", "--header", "--from", "--method"]);
});
