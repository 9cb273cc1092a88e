import { NotUnderstood } from "../../../../verification/model/repositories/not-understood";
import { yamlOf } from "../../../../verification/model/repositories/yaml";

describe("a YAML file", () => {
  test("is read as version 1.2, in which `on` and `yes` are texts", () => {
    expect(yamlOf("on: push\nyes: no\n")).toEqual({ on: "push", yes: "no" });
  });

  test.each([
    ["unfinished", "a: ["],
    ["with a key twice", "a: 1\na: 2"],
    ["with an alias", "a: &x 1\nb: *x"],
    ["of several documents", "a: 1\n---\nb: 2"],
    ["with a tag", "a: !secret x"],
    ["with a character that marks what only a run knows", 'a: "\\0secret TOKEN"'],
    ["nested without end", "[".repeat(20_000)],
    ["too long", " ".repeat(300_000)],
  ])("%s is not understood", (_, text) => {
    expect(() => yamlOf(text)).toThrow(NotUnderstood);
  });

  test("doesn't merge what `<<` names", () => {
    expect(yamlOf("<<: { a: 1 }\n")).toEqual({ "<<": { a: 1 } });
  });
});
