import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FOLLOWED_PHASES, inOrder, PHASE, PHASES, phaseNamed } from "../../../verification/edge/phases";

const ROOT = join(__dirname, "..", "..", "..", "verification");

const sources = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));

/** Phases that a text names in quotes. */
function literalsIn(text: string): readonly string[] {
  return PHASES.map(({ name }) => name).filter((name) => new RegExp(`["'\`]${name}["'\`]`).test(text));
}

describe("the table of phases", () => {
  test("is the only place of the proof that writes a phase's name", () => {
    const others = sources.filter((path) => path !== join("edge", "phases.ts"));
    const found = others.flatMap((path) =>
      literalsIn(readFileSync(join(ROOT, path), "utf8")).map((name) => `${path}: ${name}`),
    );
    expect(others.length).toBeGreaterThan(100);
    expect(found).toEqual([]);
  });

  test("would be told of another place", () => {
    expect(literalsIn("const LIMITS = 'http_ratelimit';")).toEqual(["http_ratelimit"]);
    expect(literalsIn('zone.phases.get("http_request_transform")')).toEqual(["http_request_transform"]);
  });

  test("has one row for each phase", () => {
    expect(PHASES.map(({ name }) => name)).toEqual(Object.values(PHASE));
    expect(new Set(PHASES.map(({ title }) => title)).size).toBe(PHASES.length);
  });

  test("puts phases in the platform's order, and keeps apart those that it doesn't know", () => {
    const { known, unknown } = inOrder(["http_ratelimit", "new", "http_request_dynamic_redirect", "ddos_l4"]);
    expect(known.map(({ name }) => name)).toEqual(["ddos_l4", "http_request_dynamic_redirect", "http_ratelimit"]);
    expect(unknown).toEqual(["new"]);
    expect(phaseNamed("new")).toBeUndefined();
  });

  test("follows the rules of redirects, custom rules and header changes, in this order", () => {
    expect(FOLLOWED_PHASES).toEqual([PHASE.REDIRECT, PHASE.CUSTOM, PHASE.LATE_TRANSFORM]);
  });
});
