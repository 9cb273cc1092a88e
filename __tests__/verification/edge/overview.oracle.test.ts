import fc from "fast-check";
import { EdgePhase } from "../../../policy/edge-phase";
import { diffOf } from "../../../verification/edge/compare";
import { rulesOverview } from "../../../verification/edge/overview";
import { trace } from "../../../verification/edge/evaluate/trace";
import type { EdgeZone } from "../../../verification/edge/zone";
import { block, GUARD, type JsonRule, PORTS, SHIPPED, withCustom, zoneOf } from "./edge";
import { REQUESTS, swapped, UNIVERSE, without, zones } from "./universe";

const RUNS = { seed: 7, numRuns: 20 };
const inUniverse = { scope: UNIVERSE };

const action = (ref: string, expression: string, name: string): JsonRule => ({
  ...block(ref, expression),
  action: name,
});
const skip = (ref: string, expression: string): JsonRule => ({
  ...action(ref, expression, "skip"),
  action_parameters: { ruleset: "current" },
});
const header = (ref: string, expression: string, value: string): JsonRule => ({
  ...action(ref, expression, "rewrite"),
  action_parameters: { headers: { "X-Edge": { operation: "set", value } } },
});

const deadIn = (zone: EdgeZone) =>
  rulesOverview(zone).dead.map(({ rule, coveredBy }) => [rule.ref, coveredBy.map(({ ref }) => ref)]);
const pairsIn = (zone: EdgeZone) => rulesOverview(zone).pairs.map(({ first, second }) => [first.ref, second.ref]);

describe("a rule is dead", () => {
  test("exactly if the evaluator ends no request by it", () => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(zones, (zone) => {
        const dead = rulesOverview(zone, inUniverse).dead.map(({ rule }) => rule);
        const endings = new Set(REQUESTS.map((request) => trace(zone, request).ending));
        for (const phase of [EdgePhase.REDIRECT, EdgePhase.CUSTOM]) {
          for (const rule of zone.phases.get(phase) ?? []) {
            if (rule.action !== "block" && rule.action !== "redirect") continue;
            expect(dead.includes(rule)).toBe(!endings.has(rule));
            seen.add(endings.has(rule));
          }
        }
      }),
      RUNS,
    );
    expect(seen.size).toBe(2);
  });

  test("only if nothing changes without it", () => {
    let removed = 0;
    fc.assert(
      fc.property(zones, (zone) => {
        for (const { rule } of rulesOverview(zone, inUniverse).dead) {
          expect(diffOf(zone, without(zone, rule), inUniverse).changes).toEqual([]);
          removed += 1;
        }
      }),
      RUNS,
    );
    expect(removed).toBeGreaterThan(10);
  });

  test("under the union of earlier ones", () => {
    const parts = [block("low", "ip.src in {10.0.0.0/9 192.0.2.0/24}"), block("high", "ip.src in {10.128.0.0/9}")];
    expect(deadIn(withCustom(...parts, action("covered", "ip.src in {10.0.0.0/8}", "managed_challenge")))).toEqual([
      ["covered", ["low", "high"]],
    ]);
    expect(deadIn(withCustom(parts[0] as JsonRule, block("alive", "ip.src in {10.0.0.0/8}")))).toEqual([]);
  });

  test("and one with another action is named, if it has some of the requests", () => {
    const covered = block("covered", "ip.src in {10.0.0.0/9}");
    expect(deadIn(withCustom(block("all", "ip.src in {10.0.0.0/8}"), covered))).toEqual([
      ["covered", ["all", "redirect"]],
    ]);
  });

  test("where a rule before it leaves it out", () => {
    const covered = block("covered", "ip.src in {192.0.2.9}");
    expect(deadIn(withCustom(skip("skip", "ip.src in {192.0.2.0/24}"), covered))).toEqual([["covered", ["skip"]]]);
    expect(deadIn(withCustom(covered, skip("skip", "ip.src in {192.0.2.0/24}")))).toEqual([]);
  });

  test("where later ones set all that it sets", () => {
    const zone = (...rules: readonly JsonRule[]) => zoneOf({ ...SHIPPED, [EdgePhase.LATE_TRANSFORM]: rules });
    const [one, all] = [header("one", 'http.host eq "a.dev"', "x"), header("all", 'http.host wildcard "*.dev"', "y")];
    expect(deadIn(zone(one, all))).toEqual([["one", ["all", "ports"]]]);
    expect(deadIn(zone(all, one))).toEqual([]);
  });

  test("where no request meets its condition", () => {
    expect(deadIn(withCustom(block("never", "ssl and not ssl"), PORTS, GUARD))).toEqual([["never", []]]);
  });
});

describe("two rules contradict each other", () => {
  test("only if a request ends otherwise once they change places", () => {
    let count = 0;
    fc.assert(
      fc.property(zones, (zone) => {
        for (const { first, second, examples } of rulesOverview(zone, inUniverse).pairs) {
          const other = swapped(zone, first, second);
          expect(diffOf(zone, other, inUniverse).changes).not.toEqual([]);
          for (const example of examples) {
            expect(trace(zone, example).destination).not.toEqual(trace(other, example).destination);
          }
          count += 1;
        }
      }),
      RUNS,
    );
    expect(count).toBeGreaterThan(10);
  });

  test("wherever neighbours can't change places", () => {
    fc.assert(
      fc.property(zones, (zone) => {
        const { pairs } = rulesOverview(zone, inUniverse);
        for (const rules of zone.phases.values()) {
          rules.slice(1).forEach((second, index) => {
            const first = rules[index] ?? second;
            const isFree = diffOf(zone, swapped(zone, first, second), inUniverse).changes.length === 0;
            expect(pairs.some((pair) => pair.first === first && pair.second === second)).toBe(!isFree);
          });
        }
      }),
      RUNS,
    );
  });

  test("as a skip and what it leaves out do, and not two blocks", () => {
    const office = skip("office", "ip.src in {192.0.2.0/24}");
    expect(pairsIn(withCustom(office, PORTS, GUARD))).toEqual([
      ["office", "ports"],
      ["office", "guard"],
    ]);
    expect(pairsIn(withCustom(PORTS, GUARD))).toEqual([]);
  });

  test("and not as a skip of other phases and what ends a request in its own", () => {
    const elsewhere = {
      ...skip("office", "ip.src in {192.0.2.0/24}"),
      action_parameters: { phases: ["http_ratelimit"] },
    };
    expect(pairsIn(withCustom(elsewhere, PORTS, GUARD))).toEqual([]);
    expect(pairsIn(withCustom(elsewhere, skip("all", "ssl")))).toEqual([["office", "all"]]);
  });

  test("and what nobody here knows the effect of is undecided", () => {
    const { undecided } = rulesOverview(withCustom(action("strange", "ssl", "teleport"), PORTS));
    expect(undecided).toEqual(["rule strange of http_request_firewall_custom: teleport {}"]);
  });
});
