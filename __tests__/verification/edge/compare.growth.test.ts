import { EdgePhase } from "../../../policy/edge-phase";
import { diffOf } from "../../../verification/edge/compare";
import { callsOf } from "../../support/calls";
import { block, type JsonRule, PORTS, SHIPPED, zoneOf } from "./edge";

/** Blocks of both families, none of which overlap, from one of five parts of the address space. */
const blocks = (count: number, part: number): readonly string[] =>
  Array.from({ length: count }, (_, index) =>
    index % 10 < 7
      ? `${20 + part * 20 + (index >> 7)}.${(index * 2) % 256}.0.0/16`
      : `2001:${(0x1000 * (part + 1) + index).toString(16)}::/32`,
  );
const PATHS = ["/webhooks/meta", "/webhooks/other", "/admin", "/internal", "/metrics"];
/** How many blocks each guard admits, for a thousand in all. */
const SIZES = [500, 10, 60, 160, 270];

const guards = (changed: boolean, scale = 1): readonly JsonRule[] =>
  PATHS.map((path, index) => {
    const own = blocks((SIZES[index] ?? 0) * scale, index);
    const sources = changed ? [...own.slice(3), `203.0.113.${index}`] : own;
    const asked = `lower(url_decode(http.request.uri.path, "r")) contains "${path}"`;
    return block(path, `${asked} and not ip.src in {${sources.join(" ")}}`);
  });
const zone = (...rules: readonly JsonRule[]) => zoneOf({ ...SHIPPED, [EdgePhase.CUSTOM]: [PORTS, ...rules] });

/** How many calls a comparison makes of zones with this many thousand blocks, whose sets have all changed. */
const calls = (thousands: number): number => {
  const [before, after] = [zone(...guards(false, thousands)), zone(...guards(true, thousands))];
  return callsOf(() => void diffOf(before, after));
};

describe("two zones of thousands of blocks", () => {
  test("are compared with three times as many calls where they have three times as many blocks", () => {
    // The results of a search for paths are kept, and are the same for both.
    calls(1);
    calls(3);
    expect(calls(3) / calls(1)).toBeLessThan(4);
  });

  test("differ where each set has changed", () => {
    const { changes, undecided } = diffOf(zone(...guards(false)), zone(...guards(true)));
    expect(undecided).toEqual([]);
    expect(new Set(changes.map(({ kind }) => kind))).toEqual(new Set(["opened", "closed"]));
  });

  test("are proven to behave alike, though they are written otherwise", () => {
    const reordered = zone(...[...guards(false)].reverse());
    expect(diffOf(zone(...guards(false)), reordered)).toEqual({ changes: [], undecided: [] });
  });
});
