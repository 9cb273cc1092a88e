import { isObject } from "../../../verification/terraform/json";
import { aShop, type Tree } from "../../support/shop";
import { ALL_PROVEN, verdicts } from "./edge-statements";
import { sample } from "../../support/sample";

type Path = readonly (string | number)[];

/** Where anything stands in a value, itself left out. */
function pathsIn(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = [...at, Array.isArray(value) ? Number(key) : key];
    return [path, ...pathsIn(inner, path)];
  });
}

function replace(tree: unknown, path: Path, value: unknown): void {
  const parent = path.slice(0, -1).reduce<Tree>((inner, key) => inner[key] as Tree, tree as Tree);
  parent[path.at(-1) as string] = value;
}

/** Members that no statement depends on, such as names, how long a record is kept, and the status of a redirect. */
const FREE = /\/(name|ref|ttl|status_code|type|nullable|description)$/;
const PATHS = sample(
  pathsIn(aShop().json).filter((path) => !path.includes("depends_on")),
  5,
);

/** The verdicts with another value in a place; undefined where the JSON is refused as a whole. */
function verdictsWith(path: Path, value: unknown) {
  try {
    return verdicts((shop) => {
      replace(shop.json, path, value);
    });
  } catch (error) {
    if (error instanceof Error && error.message.includes("is no JSON object")) return undefined;
    throw error;
  }
}

/** Several values, of which each place gets one. */
const OTHERS = [5, "${var.x}", { a: null }, [null]];

describe("whatever stands in the JSON, no statement fails to be judged, and what matters isn't proven:", () => {
  test.each<[string, (index: number) => unknown]>([
    ["nothing", () => null],
    ["something else", (index) => OTHERS[index % OTHERS.length]],
  ])("%s in every place", (_what, value) => {
    const kept = PATHS.filter(
      (path, index) => JSON.stringify(verdictsWith(path, value(index))) === JSON.stringify(ALL_PROVEN),
    );
    expect(kept.map((path) => `/${path.join("/")}`).filter((path) => !FREE.test(path))).toEqual([]);
  });
});

test("a member more is judged too", () => {
  const shop = aShop();
  const keys = ["__proto__", "constructor", "x"];
  const objects = PATHS.filter((path) =>
    isObject(path.reduce<unknown>((inner, key) => (inner as Tree)[key], shop.json)),
  );
  objects.forEach((path, index) => {
    expect(() => verdictsWith([...path, keys[index % keys.length] ?? ""], { y: [null] })).not.toThrow();
  });
});
