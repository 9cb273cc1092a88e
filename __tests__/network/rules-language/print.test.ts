import fc from "fast-check";
import { parse, parseValue, print, printRegex, printString, printValue } from "../../../network/rules-language";
import { meanings } from "../../support/rules-language/arbitraries";
import { ENGINE_AGREED, ENGINE_CASES } from "../../support/rules-language/engine-cases";
import { shape } from "../../support/rules-language/shape";

describe("the printer", () => {
  test.each([
    ["((ssl))", "ssl"],
    ["(ssl&&ssl)||!ssl", "ssl and ssl or not ssl"],
    ["(ssl or ssl) and ssl", "(ssl or ssl) and ssl"],
    ["not (ssl and (ssl))", "not (ssl and ssl)"],
    ["ssl and (ssl and ssl)", "ssl and ssl and ssl"],
    ['http.host eq r#"a"b"#', 'http.host eq "a\\"b"'],
    ['http.host eq "\\xff\\xe9"', 'http.host eq "\\xff\\xe9"'],
    ['http.host eq "\\xc3\\xa9"', 'http.host eq "é"'],
    ['http.host eq "a\nb"', 'http.host eq "a\\x0ab"'],
    ['http.host ~ "a\\.b"', 'http.host matches r"a\\.b"'],
    ['http.host ~ r#"a"b"#', 'http.host matches r#"a"b"#'],
    ["cf.edge.server_port in {80..80  0x1bb..444}", "cf.edge.server_port in {80 443..444}"],
    [
      "ip.src in {10.0.0.0..10.0.0.255 10.0.0.1/32 10.0.0.1..10.0.0.2}",
      "ip.src in {10.0.0.0/24 10.0.0.1 10.0.0.1..10.0.0.2}",
    ],
    ["ip.src in {2001:DB8:0:0::/32}", "ip.src in {2001:db8::/32}"],
    ['any(http.request.headers["x"][*] == "a")', 'any(http.request.headers["x"][*] eq "a")'],
    [
      'all((starts_with(http.request.headers.names[*], "a")))',
      'all((starts_with(http.request.headers.names[*], "a")))',
    ],
    ['url_decode(http.host,"r") strict wildcard "*"', 'url_decode(http.host, "r") strict wildcard "*"'],
  ])("writes %j as %j", (source, text) => {
    expect(print(parse(source))).toBe(text);
  });

  test("writes a value expression", () => {
    expect(printValue(parseValue('concat("https://",http.host , http.request.headers["x"][0])'))).toBe(
      'concat("https://", http.host, http.request.headers["x"][0])',
    );
  });

  test("fails on a regular expression that no raw string can hold", () => {
    expect(() => printRegex(`"${"#".repeat(255)}`)).toThrow(RangeError);
    expect(printRegex(`"${"#".repeat(254)}`)).toContain("r####");
  });

  test("the printed cases of the engine parse to the same tree", () => {
    const sources = [...ENGINE_CASES.cases, ...ENGINE_AGREED.cases].filter(({ error }) => error === undefined);
    for (const { expr } of sources) expect(shape(parse(print(parse(expr))))).toBe(shape(parse(expr)));
  });

  test("printed generated expressions parse to the same tree", () => {
    fc.assert(
      fc.property(meanings, ({ text }) => {
        expect(shape(parse(print(parse(text))))).toBe(shape(parse(text)));
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  test("every string of bytes is read back from its printed form", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (array) => {
        const bytes = Buffer.from(array).toString("latin1");
        expect(parse(`http.host eq ${printString(bytes)}`)).toMatchObject({ literal: { value: bytes } });
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
