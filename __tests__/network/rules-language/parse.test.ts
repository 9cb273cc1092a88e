import fc from "fast-check";
import {
  type Expression,
  parse,
  parseValue,
  print,
  typeName,
  typeOfArgument,
  visit,
} from "../../../network/rules-language";
import { meanings } from "../../support/rules-language/arbitraries";
import { shape } from "../../support/rules-language/shape";

const same = (one: string, other: string) => {
  expect(shape(parse(one))).toBe(shape(parse(other)));
};

describe("the parser", () => {
  test.each([
    ["ssl and ssl", "ssl && ssl"],
    ["ssl or ssl", "ssl||ssl"],
    ["ssl xor ssl", "ssl ^^ ssl"],
    ["not ssl", "!ssl"],
    ['http.host eq "a"', 'http.host == "a"'],
    ['http.host ne "a"', 'http.host != "a"'],
    ['http.host lt "a"', 'http.host < "a"'],
    ['http.host le "a"', 'http.host<="a"'],
    ['http.host gt "a"', 'http.host > "a"'],
    ['http.host ge "a"', 'http.host >= "a"'],
    ['http.host matches "a"', 'http.host ~ "a"'],
    ["cf.edge.server_port bitwise_and 1", "cf.edge.server_port & 1"],
  ])("takes %j and %j for the same", same);

  test.each([
    ["ssl or ssl and ssl", "ssl or (ssl and ssl)"],
    ["ssl or ssl xor ssl", "ssl or (ssl xor ssl)"],
    ["ssl xor ssl and ssl", "ssl xor (ssl and ssl)"],
    ["not ssl and ssl", "(not ssl) and ssl"],
    ["(ssl and ssl) and ssl", "ssl and (ssl and ssl)"],
  ])("reads %j as %j", same);

  test("parentheses against the precedence change the tree", () => {
    expect(shape(parse("(ssl or ssl) and ssl"))).not.toBe(shape(parse("ssl or ssl and ssl")));
  });

  test.each([
    ['http.host eq "é"', 'http.host eq "\\xc3\\xa9"'],
    ['http.host eq "."', 'http.host eq "\\056"'],
    ['http.host eq "ab"', "http.host eq 61:62"],
    ['http.host eq "\\\\"', 'http.host eq r"\\"'],
    ['http.host eq "\\""', 'http.host eq r#"""#'],
    ["cf.edge.server_port eq 443", "cf.edge.server_port eq 0x1bb"],
    ["cf.edge.server_port eq 443", "cf.edge.server_port eq 0673"],
    ["ip.src in {10.0.0.0/8}", "ip.src in {10.0.0.0..10.255.255.255}"],
    ["ip.src in {10.0.0.0}", "ip.src in {10}"],
  ])("takes %j and %j for the same literal", same);

  test("a regular expression in quotes keeps its backslashes, except before a quote", () => {
    const pattern = (source: string) => (parse(source) as Expression & { kind: "regex-match" }).pattern;
    expect(pattern('http.host matches "a\\.b"')).toBe("a\\.b");
    expect(pattern('http.host matches "a\\"b"')).toBe('a"b');
    expect(pattern('http.host matches "[\\"]"')).toBe('[\\"]');
  });

  test("every part knows where it stands, white space around the expression counted", () => {
    const source = '  ssl and not http.host in {"a" "b"}';
    const expression = parse(source) as Expression & { kind: "combination" };
    const texts = expression.operands.map(({ span }) => source.slice(span.start, span.end));
    expect(texts).toEqual(["ssl", 'not http.host in {"a" "b"}']);
  });

  test("the span of a part of a generated expression holds that part", () => {
    fc.assert(
      fc.property(meanings, ({ text }) => {
        visit(parse(text), {
          expression: (part) => {
            expect(shape(parse(text.slice(part.span.start, part.span.end)))).toBe(shape(part));
          },
        });
      }),
      { seed: 17, numRuns: 200 },
    );
  });

  test("calls carry their arguments and types", () => {
    const value = parseValue('lower(http.request.headers["x"][*])');
    expect(value).toMatchObject({ kind: "call", name: "lower", type: { kind: "array", element: { kind: "string" } } });
  });

  test("an expression over [*] has as many truths as there are elements", () => {
    const quantified = parse('any(not http.request.headers.names[*] eq "a")') as Expression & {
      kind: "quantification";
    };
    expect(typeName(typeOfArgument(quantified.argument))).toBe("Array<Boolean>");
    expect(typeName(typeOfArgument(quantified))).toBe("Boolean");
  });

  test("the literal true is an expression, and false is none", () => {
    expect(print(parse("not (true)"))).toBe("not true");
    expect(() => parse("false")).toThrow('write "not true"');
  });
});
