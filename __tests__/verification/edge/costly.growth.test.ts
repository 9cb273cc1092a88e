import { diffOf } from "../../../verification/edge/compare";
import type { EdgeZone } from "../../../verification/edge/zone";
import { nobodyElse, senderItself } from "../../../verification/statements/hook-1";
import { ports1 } from "../../../verification/statements/ports-1";
import { ports2, redirected } from "../../../verification/statements/ports-2";
import { sample } from "../../support/sample";
import { block, GUARD, type JsonRule, policy, PORTS, withCustom } from "./edge";

const STATEMENTS = { nobodyElse, senderItself, ports1, ports2, redirected };

function kindsOf(zone: EdgeZone): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(STATEMENTS).map(([name, prove]) => [name, prove(zone, policy).kind]));
}

const PROVEN = Object.fromEntries(Object.keys(STATEMENTS).map((name) => [name, "proven"]));

describe("a regular expression of thousands of states", () => {
  const COSTLY = "(a{0,50}b{0,50}){0,50}.*x.{30}";
  const skip: JsonRule = { ref: "skip", expression: "", action: "skip", action_parameters: { ruleset: "current" } };

  test.each(
    sample(["http.request.uri.path", "lower(http.request.uri.query)", 'url_decode(http.request.uri.path, "r")'], 3),
  )("of %s ends at its budget", (field) => {
    const expression = `${field} matches "${COSTLY}"`;
    const zone = withCustom({ ...skip, expression }, PORTS, GUARD);
    expect(kindsOf(zone)).toMatchObject({ nobodyElse: "undecided", ports1: "undecided", redirected: "proven" });
    expect(diffOf(withCustom(PORTS, GUARD), zone).undecided).toHaveLength(1);
  });

  test("costs nothing where no end needs it", () => {
    const zone = withCustom(block("costly", `http.request.uri.path matches "${COSTLY}"`), PORTS, GUARD);
    expect(kindsOf(zone)).toEqual(PROVEN);
  });
});

describe("blocks by path before the project's own rules", () => {
  test.each([11, 40])("leave all statements proven: %d of them", (count) => {
    const blocks = Array.from({ length: count }, (_, index) =>
      block(`b${index}`, `http.request.uri.path contains "/x${index}y"`),
    );
    expect(kindsOf(withCustom(...blocks, PORTS, GUARD))).toEqual(PROVEN);
  });
});
