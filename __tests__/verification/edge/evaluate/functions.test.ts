import fc from "fast-check";
import { bytesOf, parseValue } from "../../../../network/rules-language";
import { evaluateValue } from "../../../../verification/edge/evaluate/evaluate";
import { requestOf } from "../../../../verification/edge/evaluate/request";
import { urlDecode } from "../../../../verification/edge/evaluate/functions";
import { WildcardMatcher } from "../../../../verification/edge/evaluate/wildcard-matcher";
import { runs } from "../../../support/sample";

/** The result of a call for a request whose user agent is the text. */
function result(call: string, text = "") {
  const outcome = evaluateValue(
    parseValue(call),
    requestOf({ "http.user_agent": text, "ip.src": "113.10.0.2", ssl: true }),
  );
  return outcome.kind === "known" ? outcome.value : outcome.kind;
}

const S = "http.user_agent";

describe("functions give what their documentation says", () => {
  test.each([
    [`lower(${S})`, "WWW.É", bytesOf("www.É")],
    [`upper(${S})`, "www.é", bytesOf("WWW.é")],
    [`len(${S})`, "é", 2n],
    [`starts_with(${S}, "/blog")`, "/blog/first-post", true],
    [`starts_with(${S}, "/Blog")`, "/blog/first-post", false],
    [`ends_with(${S}, ".html")`, "/welcome.html", true],
    [`remove_bytes(${S}, "\\x2e\\x77")`, "www.cloudflare.com", "cloudflarecom"],
    [`substring(${S}, 2, 5)`, "asdfghjk", "dfg"],
    [`substring(${S}, 2)`, "asdfghjk", "dfghjk"],
    [`substring(${S}, -2)`, "asdfghjk", "jk"],
    [`substring(${S}, 0, -2)`, "asdfghjk", "asdfgh"],
    [`decode_base64(${S})`, "MTIzYWJj", "123abc"],
    [`url_decode(${S})`, "John%20Doe", "John Doe"],
    [`url_decode(${S})`, "John+Doe", "John Doe"],
    [`url_decode(${S})`, "%2520", "%20"],
    [`url_decode(${S}, "r")`, "%2520", " "],
    [`url_decode(${S})`, "%E4%BD", "\u00e4\u00bd"],
    [`url_decode(${S}, "u")`, "%u2601", "\u00e2\u0098\u0081"],
    [`url_decode(${S})`, "%u2601", "%u2601"],
    [`url_decode(${S}, "r")`, "%2", "%2"],
    [`lookup_json_integer(${S}, "product", "id")`, '{ "product": { "id": 356 } }', 356n],
    [`lookup_json_integer(${S}, 1)`, '["first_item", -234]', -234n],
    [`lookup_json_integer(${S}, 1, "product_id")`, '[{ "product_id": 123 }, { "product_id": 456 }]', 456n],
    [`lookup_json_string(${S}, "networks", 1)`, '{ "networks": ["other_company", "cloudflare"] }', "cloudflare"],
    [
      `wildcard_replace(${S}, "https://*.example.com/*/*", "https://example.com/\${1}/\${2}/\${3}")`,
      "https://apps.example.com/calendar/admin?expand=true",
      "https://example.com/apps/calendar/admin?expand=true",
    ],
    [`wildcard_replace(${S}, "/apps/*", "/\${1}")`, "/Apps/calendar", "/calendar"],
    [`wildcard_replace(${S}, "/apps/*", "/\${1}", "s")`, "/Apps/calendar", "/Apps/calendar"],
    [`wildcard_replace(${S}, "/*", "$$\${1}")`, "/a", "$a"],
    ["to_string(ssl)", "", "true"],
    ["to_string(ip.src)", "", "113.10.0.2"],
    ["to_string(cidr(ip.src, 24, 24))", "", "113.10.0.0"],
    [`concat("String1", " ", ${S}, "2")`, "String", "String1 String2"],
  ])("%s of %j", (call, text, expected) => {
    expect(result(call, text)).toEqual(expected);
  });

  test.each([
    [`substring(${S}, 3, 2)`, "abcd"],
    [`substring(${S}, 0, 9)`, "abcd"],
    [`decode_base64(${S})`, "MTIzYWJ"],
    [`lookup_json_integer(${S}, "a")`, '{"a": 42.0}'],
    [`lookup_json_string(${S}, "a")`, '{"a": "b", "a": "c"}'],
    [`lookup_json_string(${S}, "a")`, "no JSON"],
    [`lookup_json_string(${S}, "b")`, '{"a": "b"}'],
    [`url_decode(${S}, "u")`, "%ud800"],
    [`wildcard_replace(${S}, "a*", "\${2}")`, "ab"],
    [`regex_replace(${S}, "a", "b")`, "a"],
    [`uuidv4(${S})`, "a"],
  ])("%s of %j is left open, and so unknown", (call, text) => {
    expect(result(call, text)).toBe("unknown");
  });

  test("splits and joins", () => {
    expect(result(`split(${S}, ",", 64)`, "groceries,,electronics")).toEqual(["groceries", "", "electronics"]);
    expect(result(`split(${S}, ",", 3)`, "a,b,c,d")).toEqual(["a", "b", "c,d"]);
    expect(result(`join(split(${S}, ",", 64), "-")`, "a,b")).toBe("a-b");
  });

  test("IPv6 networks are cut by their own prefix", () => {
    const request = requestOf({ "ip.src": "2001:0:130f::9c0:876a:130b" });
    const network = { kind: "known", value: { family: 6, value: 0x2001n << 112n } };
    expect(evaluateValue(parseValue("cidr(ip.src, 24, 24)"), request)).toEqual(network);
    expect(evaluateValue(parseValue("cidr6(ip.src, 24)"), request)).toEqual(network);
  });
});

/** Decodes by walking over the characters. */
function decodedOnce(text: string): string {
  if (text === "") return "";
  if (text.startsWith("+")) return ` ${decodedOnce(text.slice(1))}`;
  const code = text.startsWith("%")
    ? "0123456789abcdef".indexOf((text[1] ?? "?").toLowerCase()) * 16 +
      "0123456789abcdef".indexOf((text[2] ?? "?").toLowerCase())
    : NaN;
  const isEscape = /^%[0-9a-f][0-9a-f]/i.test(text);
  return isEscape
    ? String.fromCharCode(code) + decodedOnce(text.slice(3))
    : text.charAt(0) + decodedOnce(text.slice(1));
}

/** Matches by trying every split. */
function matchesSlowly(pattern: string, value: string): boolean {
  if (pattern === "") return value === "";
  if (pattern.startsWith("*")) {
    return matchesSlowly(pattern.slice(1), value) || (value !== "" && matchesSlowly(pattern, value.slice(1)));
  }
  return value !== "" && pattern.charAt(0) === value.charAt(0) && matchesSlowly(pattern.slice(1), value.slice(1));
}

const strings = (letters: string) =>
  fc.array(fc.constantFrom(...letters), { maxLength: 10 }).map((parts) => parts.join(""));

describe("functions beside implementations that share nothing with them", () => {
  test("url_decode decodes once", () => {
    fc.assert(
      fc.property(strings("%%%24fFaA+5x/"), (text) => {
        expect(urlDecode(text, { recursive: false, unicode: false })).toBe(decodedOnce(text));
      }),
      { seed: 5, numRuns: runs(200, 3_000) },
    );
  });

  test("recursive url_decode leaves nothing to decode, and is one decode after another", () => {
    fc.assert(
      fc.property(strings("%%%%2555+a"), (text) => {
        let expected = text;
        while (decodedOnce(expected) !== expected) expected = decodedOnce(expected);
        expect(urlDecode(text, { recursive: true, unicode: false })).toBe(expected);
      }),
      { seed: 6, numRuns: runs(200, 3_000) },
    );
  });

  test("wildcards match what some split of the value matches", () => {
    fc.assert(
      fc.property(
        strings("ab*").map((pattern) => pattern.replace(/\*+/g, "*")),
        strings("ab"),
        (pattern, value) => {
          expect(WildcardMatcher.of(pattern, true).matches(value)).toBe(matchesSlowly(pattern, value));
        },
      ),
      { seed: 8, numRuns: runs(200, 3_000) },
    );
  });

  test("what a wildcard captures, put in its place, gives the value", () => {
    fc.assert(
      fc.property(
        strings("ab*").map((pattern) => pattern.replace(/\*+/g, "*")),
        strings("ab"),
        (pattern, value) => {
          const captures = [...(WildcardMatcher.of(pattern, true).captures(value) ?? [])];
          const filled = pattern.replace(/\*/g, () => captures.shift() ?? "");
          expect(filled === value).toBe(matchesSlowly(pattern, value) && captures.length === 0);
        },
      ),
      { seed: 9, numRuns: 500 },
    );
  });
});
