import { EdgePhase } from "../../../policy/edge-phase";
import { diffOf } from "../../../verification/edge/compare";
import { implicationsIn } from "../../../verification/edge/conditions";
import { block, type JsonRule, SHIPPED, zoneOf } from "./edge";

const PATH = 'lower(url_decode(http.request.uri.path, "r"))';
const holds = (word: string): string => `${PATH} contains "${word}"`;

test("what holds a word holds each part of it", () => {
  expect(implicationsIn([holds("/a/b"), holds("/a"), holds("b/c")])).toEqual([[0, 1]]);
});

test("nothing is implied of another value, or by another question", () => {
  expect(implicationsIn([holds("/a/b"), 'http.request.uri.path contains "/a"', `${PATH} eq "/a/b"`])).toEqual([]);
});

describe("a path in a guarded one", () => {
  const guards = (...words: readonly string[]) => {
    const rules: readonly JsonRule[] = words.map((word) =>
      block(word, `${holds(word)} and not ip.src in {192.0.2.0/24}`),
    );
    return zoneOf({ ...SHIPPED, [EdgePhase.CUSTOM]: rules });
  };

  test("is guarded already, in every spelling", () => {
    expect(diffOf(guards("/a"), guards("/a", "/a/b"))).toEqual({ changes: [], undecided: [] });
  });

  test("isn't, if it only looks like one", () => {
    expect(diffOf(guards("/a/b"), guards("/a/b", "/a")).changes.length).toBeGreaterThan(0);
  });
});
