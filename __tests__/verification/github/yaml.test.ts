import { yamlOf } from "../../../verification/github/yaml";

describe("a YAML file", () => {
  test("is read as version 1.2, in which `on` and `yes` are texts", () => {
    expect(yamlOf("on: push\nyes: no\n")).toEqual({ value: { on: "push", yes: "no" } });
  });

  test.each([
    ["unfinished", "a: ["],
    ["with a key twice", "a: 1\na: 2"],
    ["with an alias", "a: &x 1\nb: *x"],
    ["of several documents", "a: 1\n---\nb: 2"],
    ["with a tag", "a: !secret x"],
    ["nested without end", "[".repeat(20_000)],
    ["nested without end in texts", '["'.repeat(8_000)],
    ["nested without end in one line of a block", `${"- ".repeat(8_000)}a`],
    ["nested without end in keys", `${"? ".repeat(8_000)}a`],
    ["nested without end in objects", "{a: ".repeat(8_000)],
    ["with an alias of nothing", "a: &x []\nb: *x"],
    [
      "that would double with each alias",
      `a0: &a0 [x]\n${Array.from({ length: 60 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]\n`).join("")}`,
    ],
    ["with more keys than can be compared", Array.from({ length: 40_000 }, (_, n) => `a${n}:\n`).join("")],
    ["with a key twice that only its type tells apart", "1: a\n'1': b"],
    ["with a list as a key", "? [a]\n: b"],
    ["with an object that some readers merge", "a:\n  <<: { b: 1 }\n  c: 2\n"],
    ["too long", " ".repeat(300_000)],
    ["with a line that only a CR ends", "a: 1 #\rb: 2\n"],
    ["with a line that only a CR ends, after a CRLF", "a: 1\r\n# \rb: 2\r\n"],
    ["with a line that NEL ends", "a: 1 #\u0085b: 2\n"],
    ["with a line that LS ends", "a: 1 #\u2028b: 2\n"],
    ["with a line that PS ends", "a: 1 #\u2029b: 2\n"],
    ["with a comment that NUL ends", "a: 1 #\0\nb: 2\n"],
    ["with a line that a byte order mark starts", "a: 1\n\uFEFFb: 2\n"],
  ])("%s is not understood", (_, text) => {
    expect(yamlOf(text)).toEqual({ problem: expect.any(String) as string });
  });

  test("may have lines that CRLF ends", () => {
    expect(yamlOf("a: 1 # x\r\nb: 2\r\n")).toEqual({ value: { a: 1, b: 2 } });
  });

  test("may have a line that leaves its level and starts another value", () => {
    expect(yamlOf("a: 1\n  b: 2\n- c\n")).toEqual({ problem: expect.any(String) as string });
    expect(yamlOf("on:\n  push:\n\njobs: {}\n")).toEqual({ value: { on: { push: null }, jobs: {} } });
  });

  test("may hold nothing, and several documents are not understood", () => {
    expect(yamlOf("")).toEqual({ value: null });
    expect(yamlOf("a: 1\n---\nb: 2\n")).toEqual({ problem: expect.any(String) as string });
  });
});
