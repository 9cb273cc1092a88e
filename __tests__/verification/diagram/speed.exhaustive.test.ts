import { EdgePhase } from "../../../policy/edge-phase";
import { diffOf } from "../../../verification/diagram/diff";
import { cpuTime } from "../edge/cpu-time";
import { block, type JsonRule, PORTS, SHIPPED, zoneOf } from "../edge/edge";

/** Blocks of both families, none of which overlap, from one of five parts of the address space. */
const blocks = (count: number, part: number): readonly string[] =>
  Array.from({ length: count }, (_, index) =>
    index % 10 < 7
      ? `${20 + part * 20 + (index >> 7)}.${(index * 2) % 256}.0.0/16`
      : `2001:${(0x1000 * (part + 1) + index).toString(16)}::/32`,
  );
const PATHS = ["/webhooks/meta", "/webhooks/other", "/admin", "/internal", "/metrics"];
const SIZES = [1_500, 20, 200, 500, 800];

const guards = (changed: boolean): readonly JsonRule[] =>
  PATHS.map((path, index) => {
    const own = blocks(SIZES[index] ?? 0, index);
    const sources = changed ? [...own.slice(3), `203.0.113.${index}`] : own;
    const asked = `lower(url_decode(http.request.uri.path, "r")) contains "${path}"`;
    return block(path, `${asked} and not ip.src in {${sources.join(" ")}}`);
  });
const zone = (...rules: readonly JsonRule[]) => zoneOf({ ...SHIPPED, [EdgePhase.CUSTOM]: [PORTS, ...rules] });

const fastest = (action: () => void): number => Math.min(...Array.from({ length: 5 }, () => cpuTime(action)));

describe("two zones of 3,000 blocks each", () => {
  const [before, after] = [zone(...guards(false)), zone(...guards(true))];

  test("are compared in under 250 ms, though each set has changed", () => {
    expect(fastest(() => diffOf(before, after))).toBeLessThan(250);
    const { changes, undecided } = diffOf(before, after);
    expect(undecided).toEqual([]);
    expect(new Set(changes.map(({ kind }) => kind))).toEqual(new Set(["opened", "closed"]));
  });

  test("are proven to behave alike in under 100 ms, though they are written otherwise", () => {
    const reordered = zone(...[...guards(false)].reverse());
    expect(fastest(() => diffOf(before, reordered))).toBeLessThan(100);
    expect(diffOf(before, reordered)).toEqual({ changes: [], undecided: [] });
  });
});

describe("two small zones", () => {
  test("are compared in under 25 ms", () => {
    const [before, after] = [zoneOf(SHIPPED), zone()];
    expect(fastest(() => diffOf(before, after))).toBeLessThan(25);
    expect(diffOf(before, after).changes).toHaveLength(1);
  });
});
