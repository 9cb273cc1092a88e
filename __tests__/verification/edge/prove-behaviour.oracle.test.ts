import fc from "fast-check";
import { EdgePhase } from "../../../policy/edge-phase";
import { behaviourOf } from "../../../verification/edge/behaviour";
import { type Expectation, ACCEPTED, Quantifier, REFUSED } from "../../../verification/edge/proof";
import { prove } from "../../../verification/edge/prove";
import type { Scope } from "../../../verification/edge/scope";
import type { EdgeZone } from "../../../verification/edge/zone";
import { runs } from "../../support/sample";
import { block, zoneOf } from "./edge";
import { conditionOf, UNIVERSE, zones } from "./universe";

/** The ends that may be expected of every request. */
const KINDS = ["block", "redirect", "origin"] as const;

function never(kind: (typeof KINDS)[number]): Expectation {
  return {
    quantifier: Quantifier.ALWAYS,
    judge: ({ destination }) => (destination.kind === kind ? REFUSED : ACCEPTED),
    isAlwaysAccepted: ({ action }) => action !== kind && (action === "block" || action === "redirect"),
  };
}

/** The kinds of ends that a behaviour knows of. */
function endsOf(zone: EdgeZone, scope: Scope): ReadonlySet<string> {
  const { parts, undecided } = behaviourOf(zone, { scope });
  expect(undecided).toEqual([]);
  return new Set(parts.map(({ end }) => end.kind));
}

const RUNS = { seed: 11, numRuns: runs(15, 150) };

describe("a proof that no request ends in a way", () => {
  test.each([
    ["the requests of a small universe", UNIVERSE],
    ["all requests", {}],
  ])("is one that the behaviour doesn't have it, for %s", (_what, scope: Scope) => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(zones, (zone) => {
        const ends = endsOf(zone, scope);
        for (const kind of KINDS) {
          const proof = prove(zone, scope, never(kind));
          expect([kind, proof.kind]).toEqual([kind, ends.has(kind) ? "violated" : "proven"]);
          seen.add(proof.kind);
        }
      }),
      RUNS,
    );
    expect([...seen].sort()).toEqual(["proven", "violated"]);
  });

  test("is never one where the behaviour has it by what is unconstrained", () => {
    const asked = fc.constantFrom(
      "ssl",
      "ip.src in {10.0.0.0/31}",
      'http.request.uri.path eq "/a"',
      'lower(url_decode(http.request.uri.path, "r")) contains "/b"',
      "cf.client.bot",
      "cf.bot_management.score lt 30",
      'ip.src.country in {"US" "BR"}',
      'any(http.request.headers["x"][*] eq "1")',
    );
    const some = fc.array(conditionOf(asked), { minLength: 1, maxLength: 3 });
    const all = conditionOf(asked).map((condition) => [condition, `not (${condition})`]);
    const blocks = fc.oneof(some, all);
    const seen = new Set<string>();
    fc.assert(
      fc.property(blocks, (conditions) => {
        const rules = conditions.map((condition, index) => block(`b${index}`, condition));
        const zone = zoneOf({ [EdgePhase.CUSTOM]: rules });
        const ends = endsOf(zone, UNIVERSE);
        const { kind } = prove(zone, UNIVERSE, never("origin"));
        if (ends.has("origin")) expect(kind).not.toBe("proven");
        else expect(kind).toBe("proven");
        seen.add(kind);
      }),
      RUNS,
    );
    expect(seen).toContain("violated");
    expect(seen).toContain("proven");
  });
});
