import * as fc from "fast-check";
import { parseJson } from "../../errors/json-text";

const nested = (depth: number, open = "[", close = "]") => open.repeat(depth) + close.repeat(depth);
const MIB = 1024 * 1024;

describe("JSON that anybody may have written", () => {
  test("is what JSON.parse makes of it", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(parseJson(text)).toMatchObject({ value: JSON.parse(text) as unknown });
      }),
    );
  });

  test.each<[string, string, string]>([
    ["is empty", "", "an empty file"],
    ["is blank", " \n", "an empty file"],
    ["is cut off", '{"resource": {"a": [1, 2', "JSON"],
    ["is cut off in a string", '{"resource": "a', "JSON"],
    ["is something else", "<html></html>", "JSON"],
    ["begins with a byte order mark", "\ufeff{}", "JSON"],
    ["has a comment", "{} // x", "JSON"],
    ["is binary", "\u0000\u0001", "JSON"],
    ["nests too deep", nested(101), "JSON that nests without end"],
    ["nests much too deep", nested(1_000_000), "JSON that nests without end"],
    ["nests too deep and doesn't end", "[".repeat(1_000_000), "JSON that nests without end"],
    ["nests too deep in objects", `${'{"a":'.repeat(101)}1${"}".repeat(101)}`, "JSON that nests without end"],
  ])("is refused where it %s", (_what, text, got) => {
    const parsed = parseJson(text);
    expect(parsed).toMatchObject({
      problem: { got: expect.stringContaining(got) as string },
    });
  });

  test("has its values counted before any is made, up to as many as allowed", () => {
    expect(parseJson('{"a": [1, {}, "[,]"], "b": 2}')).toMatchObject({ values: 7 });
    expect(parseJson("[1, 2]", 2)).toMatchObject({ problem: { got: "more than 2 values" } });
    expect(parseJson(`[${"{},".repeat(4_000_000)}{}]`)).toMatchObject({ problem: { got: "more than 350000 values" } });
  });

  test.each<[string, string, string]>([
    ["at the top", '{"resource": {}, "resource": {}}', "/resource"],
    ["within objects and lists", '{"a": [1, {"b": {}}, {"c": {"d": 1, "e": "}", "d": 1}}]}', "/a/2/c/d"],
    ["with escapes", '{"a": {"resource": 1, "r\\u0065sourc\\u0065": 2}}', "/a/resource"],
    ["between spaces", '{"a" : 1,\n\t"a"\r\n: 2}', "/a"],
    ["with signs of their own", '{"x/{\\"y~": {"": 1, "": 2}}', '/x~1{"y~0/'],
    ["that every object has", '{"__proto__": 1, "__proto__": 2}', "/__proto__"],
    ["in the innermost object", `${'{"a":'.repeat(99)}{"b": 1, "b": 2}${"}".repeat(99)}`, `${"/a".repeat(3)}`],
  ])("is refused where names repeat %s", (_what, text, pointer) => {
    const parsed = parseJson(text);
    expect(parsed).toMatchObject({
      problem: { allowed: expect.stringContaining("each name once") as string },
    });
    expect("problem" in parsed && parsed.problem.got).toContain(JSON.stringify(pointer).slice(1, -1));
  });

  test.each<[string, string]>([
    ["in objects beside each other", '[{"a": 1}, {"a": 2}, {"a": {"a": 3}}]'],
    ["behind an inner object", '{"a": {"b": 1}, "b": 2, "c": ["b", "b"], "d": "b"}'],
    ["in a string", JSON.stringify({ a: '{"a": 1, "a": 2}', b: '"a": "a":' })],
    ["but for the case", '{"a": 1, "A": 2}'],
  ])("may have a name twice %s", (_what, text) => {
    expect(parseJson(text)).toMatchObject({ value: JSON.parse(text) as unknown });
  });

  test("is read in a time that grows with its length alone", () => {
    const names = Array.from({ length: 100_000 }, (_, index) => `"name ${index}" : {"a": []}`);
    const text = `{${names.join(`,${" ".repeat(20)}`)}, "name 0": 1}`;
    expect(parseJson(text)).toMatchObject({ problem: { got: expect.stringContaining("/name 0") as string } });
  });

  test.each<[string, string]>([
    ["at the limit", nested(100)],
    ["beside each other", `[${Array(1_000).fill("[]").join(",")}]`],
    ["within strings", JSON.stringify(nested(1_000, '["\\{', '}\\"]'))],
  ])("may nest %s", (_what, text) => {
    expect(parseJson(text)).toMatchObject({ value: JSON.parse(text) as unknown });
  });

  test.each<[string, string]>([
    ["letters", "a".repeat(16 * MIB)],
    ["backslashes", "\\".repeat(4 * MIB)],
    ["quotes", '"'.repeat(4 * MIB)],
  ])("may hold a long string of %s", (_what, content) => {
    const parsed = parseJson(JSON.stringify(content));
    expect("value" in parsed && parsed.value === content).toBe(true);
  });
});
