import { inMemory, readOnce, sha256 } from "../../../verification/terraform/source";

describe("files in memory", () => {
  const source = inMemory("an app", { "b/c.json": "{}", a: Buffer.from([1, 2]), é: "é" });

  test("are listed by their paths, in order", () => {
    expect(source.list()).toEqual({ paths: ["a", "b/c.json", "é"], problems: [] });
  });

  test("are read whole, and nothing else is", () => {
    expect(source.read("a")).toEqual({ bytes: Buffer.from([1, 2]) });
    expect(source.read("b/c.json")).toEqual({ bytes: Buffer.from("{}") });
    expect(["b", "c.json", "constructor", ""].map((path) => source.read(path))).toEqual(Array(4).fill(undefined));
  });

  test("are read up to a number of bytes", () => {
    expect(source.read("é", 2)).toEqual({ bytes: Buffer.from("é") });
    expect(source.read("é", 1)).toMatchObject({ problem: { got: "2 bytes", allowed: "at most 1 bytes" } });
  });
});

test("files that are read once stay as they were, and are read up to a number of bytes", () => {
  const files: Record<string, string> = { a: "first" };
  const source = readOnce(inMemory("an app", files));
  const seen = () => [
    source.list().paths,
    source.read("a"),
    source.read("a", 4),
    source.read("b"),
    source.hash("a", 9),
  ];
  const before = seen();
  Object.assign(files, { a: "second", b: "new" });
  expect(seen()).toEqual(before);
  expect(before).toMatchObject([
    ...[["a"], { bytes: Buffer.from("first") }, { problem: { got: "5 bytes" } }, undefined],
    { sha256: sha256("first"), bytes: 5 },
  ]);
});
