import { parse, parseValue, RulesLanguageError } from "../../../network/rules-language";

function messageOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof RulesLanguageError) return error.message;
    throw error;
  }
  return "no error";
}

describe("an error of the Rules language says where, what was found and what is expected", () => {
  test.each([
    ["", "line 1, column 1: found the end of the expression, expected the name of a field or a function"],
    [
      'http.request.schem eq "a"',
      'line 1, column 1: found "http.request.schem", expected the name of a field or a function',
    ],
    ['http.request.scheme eq "https"', '"ssl" tells whether the connection is encrypted'],
    ['http.hots eq "a"', 'did you mean "http.host"?'],
    ['url_decod(http.host) eq "a"', 'did you mean "url_decode"?'],
    ["NOT ssl", 'operators are lower case: write "not"'],
    ["ssl AND ssl", 'line 1, column 4: found "AND", expected "and", "xor", "or" or the end of the expression'],
    ["http.host", "line 1, column 10: found the end of the expression, expected one of the operators in, contains"],
    ['http.request.headers eq "a"', "expected an index such as [0] or [*], since no operator takes Map<Array<String>>"],
    [
      "http.host eq 'a'",
      'line 1, column 14: found "\'", expected a string in double quotes or a byte of two hexadecimal digits',
    ],
    ['http.host eq "a', "line 1, column 15: found the end of the expression, expected a closing double quote"],
    ['http.host eq "\\n"', 'found the escape "\\\\n", expected \\", \\\\, \\xHH (hexadecimal) or \\OOO (octal)'],
    ['http.host eq "\\400"', "expected a byte of three octal digits, at most \\377"],
    ['http.host eq r#"a"', 'expected the closing "\\"#"'],
    ["http.host eq r", 'expected "#" or a double quote to open a raw string'],
    ["http.host eq 61", 'expected ":" and a further byte'],
    ['cf.edge.server_port eq "443"', 'line 1, column 24: found "\\"443\\"", expected an integer'],
    ["cf.edge.server_port eq 4a", 'found "4a", expected decimal digits'],
    ["cf.edge.server_port eq 08", 'found "08", expected octal digits'],
    [
      "cf.edge.server_port eq 9223372036854775808",
      "expected an integer from -9223372036854775808 to 9223372036854775807",
    ],
    ["cf.edge.server_port in {2..1}", "found the range 2..1, expected its smaller end first"],
    ["cf.edge.server_port in {80, 443}", 'line 1, column 27: found ",", expected an integer'],
    [
      "cf.edge.server_port contains 4",
      'found "contains" behind a value of type Integer, expected one of the operators in, bitwise_and',
    ],
    ["ip.src eq 10.0.0.0/8", 'expected one IP address; a CIDR block stands in braces after "in"'],
    ["ip.src in {10.0.0.1/8}", "found 10.0.0.1/8 with host bits, expected the first address of the block"],
    ["ip.src in {10.0.0.0/33}", "found 10.0.0.0/33, expected a prefix length from 0 to 32"],
    ["ip.src in {10.0.0.0/x}", 'found the prefix length "", expected a prefix length from 0 to 32'],
    ["ip.src in {10.0.0.2..10.0.0.1}", "expected two addresses of one family, the smaller one first"],
    ["ip.src in $Meta", 'found "Meta", expected a list name of lower-case letters, digits and "_"'],
    ['http.host wildcard "**"', "expected a wildcard: ** is no wildcard: write *"],
    ['http.host wildcard r"\\a"', "a backslash in a wildcard goes before * or \\ only"],
    [
      'http.host matches "("',
      'line 1, column 20: found the regular expression "(", which is invalid at its end: a group has no closing parenthesis',
    ],
    ['http.host matches "a(?=b)"', "at its character 3: look-around is not supported"],
    [
      'lower("A") eq "a"',
      "line 1, column 7: found a literal, expected a field or an expression for the source of lower",
    ],
    ['len(http.request.headers["x"]) eq 0', "found Array<String>, expected String for the source of len"],
    ['concat(ssl, ssl) eq "a"', "found Boolean, expected String or an array for the first of concat"],
    ['lower() eq "a"', "found 0, expected 1 argument for lower"],
    ['lower(http.host, http.host) eq "a"', "found one argument too many, expected 1 argument for lower"],
    [
      'url_decode(http.host, "x") eq "a"',
      "found another value, expected letters of r, u, each once for the options of url_decode",
    ],
    [
      'starts_with(http.host, http.request.headers["x"][*])',
      "found [*] in argument 2, expected it in the first argument of a function only",
    ],
    [
      'http.request.headers["x"][*] eq "a"',
      "found an expression of type Array<Boolean>, expected Boolean: put it in any() or all()",
    ],
    ["any(ssl)", "line 1, column 5: found Boolean in any(), expected Array<Boolean>"],
    ['http.host[0] eq "a"', "found [0] behind a value of type String, expected no index"],
    ['http.request.headers[0][0] eq "a"', 'expected a key such as ["name"], or [*]'],
    ['http.request.headers[x] eq "a"', "expected a key in double quotes, a position from 0, or *"],
    ["(ssl", 'line 1, column 5: found the end of the expression, expected ")"'],
    ["ssl and\nhttp.host eq x", 'line 2, column 14: found "x", expected a string in double quotes'],
    [
      'ssl and any(http.request.headers.names[*] eq "a") and (http.request.headers.names[*] eq "b")',
      "found operands of the types Boolean and Array<Boolean>, expected two of one type",
    ],
    ['http.host eq "\ud800"', "found half of a surrogate pair, expected well-formed text"],
  ])("refuses %j", (source, message) => {
    expect(messageOf(() => parse(source))).toContain(message);
  });

  test("refuses more than 128 levels of nesting, and takes 128", () => {
    const nested = (levels: number) => `${"(".repeat(levels)}ssl${")".repeat(levels)}`;
    expect(messageOf(() => parse(nested(128)))).toBe("no error");
    expect(messageOf(() => parse(nested(129)))).toBe(
      "line 1, column 129: found more than 128 levels of nesting, expected at most 128",
    );
  });

  test("refuses a value expression that is a literal, mapped or followed by anything", () => {
    expect(messageOf(() => parseValue('"a"'))).toContain("line 1, column 1");
    expect(messageOf(() => parseValue('http.request.headers["x"][*]'))).toContain("found [*], expected a single value");
    expect(messageOf(() => parseValue("http.host eq"))).toContain("line 1, column 10");
  });

  test("counts columns in characters, not in bytes or UTF-16 units", () => {
    expect(messageOf(() => parse('http.host eq "é😀" x'))).toContain("line 1, column 18");
  });
});
