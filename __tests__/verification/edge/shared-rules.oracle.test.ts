import fc from "fast-check";
import { AddressSet } from "../../../network/address-set";
import { diffOf } from "../../../verification/edge/compare";
import { withoutShared } from "../../../verification/edge/shared-rules";
import { PHASE } from "../../../verification/edge/phases";
import { asRulesSee, type EdgeRequest } from "../../../verification/edge/evaluate/edge-request";
import { matches, trace } from "../../../verification/edge/evaluate/trace";
import type { EdgeZone } from "../../../verification/edge/zone";
import { block, GUARD, type JsonRule, PORTS, SHIPPED, zoneOf } from "./edge";
import { runs } from "../../support/sample";
import { changes, REQUESTS } from "./universe";

const endOf = (zone: EdgeZone, request: EdgeRequest): string => JSON.stringify(trace(zone, request).destination);

describe("rules that both zones share", () => {
  test("hide no difference when they are left out, and change nothing for requests that don't meet them", () => {
    let leftOut = 0;
    fc.assert(
      fc.property(changes, ([before, after]) => {
        const rest = withoutShared(before, after, 0);
        leftOut += rest.leftOut.length;
        if (rest.leftOut.length === 0) return;
        for (const request of REQUESTS) {
          const [one, other] = [endOf(before, request), endOf(after, request)];
          const [oneLeft, otherLeft] = [endOf(rest.before, request), endOf(rest.after, request)];
          if (one !== other) expect(oneLeft).not.toBe(otherLeft);
          const seen = asRulesSee(request, before.normalised);
          if (rest.leftOut.some((rule) => matches(rule, seen, before).isTrue)) continue;
          expect([oneLeft, otherLeft]).toEqual([one, other]);
        }
      }),
      { seed: 13, numRuns: runs(150, 1_500) },
    );
    expect(leftOut).toBeGreaterThan(5);
  });

  const others = (count: number): readonly JsonRule[] =>
    Array.from({ length: count }, (_, index) => block(`o${index}`, `http.request.uri.query contains "k${index}="`));
  const zoneWith = (...rules: readonly JsonRule[]): EdgeZone =>
    zoneOf({ ...SHIPPED, [PHASE.CUSTOM]: [...rules, PORTS, GUARD] });
  const added = block("added", 'http.host eq "a.shop.dev"');

  test("are left out where they are many, and a difference says so and shows a request that meets none of them", () => {
    const { changes: found, undecided } = diffOf(zoneWith(...others(200)), zoneWith(...others(200), added));
    expect(undecided).toEqual([]);
    expect(found.map(({ kind }) => kind)).toEqual(["closed"]);
    expect(found[0]?.except.length).toBeGreaterThanOrEqual(200);
    expect(found[0]?.examples[0]).toMatchObject({ host: "a.shop.dev", port: 443 });
  });

  test("are looked at where they are few, and where another rule differs in what it does", () => {
    const few = diffOf(zoneWith(...others(3)), zoneWith(...others(3), added)).changes;
    expect(few.map(({ except }) => except)).toEqual(few.map(() => []));
    const skip = { ...added, action: "skip", action_parameters: { ruleset: "current" } };
    const [before, after] = [zoneWith(...others(60)), zoneWith(added, skip, ...others(60))];
    expect(withoutShared(before, after).leftOut).toEqual([]);
  });

  test("are those of one list alone: the same name may hold other addresses", () => {
    const asking = block("list", "ip.src in $team");
    const listed = (...rules: readonly JsonRule[]): EdgeZone => zoneWith(asking, ...others(60), ...rules);
    const [before, after] = [listed(), listed(added)];
    expect(withoutShared(before, after).leftOut.map(({ ref }) => ref)).toContain("list");
    const elsewhere = { ...after, lists: new Map([["team", AddressSet.of("team", ["192.0.2.0/24"])]]) };
    expect(withoutShared(before, elsewhere).leftOut.map(({ ref }) => ref)).not.toContain("list");
  });
});
