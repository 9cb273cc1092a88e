import { EdgePhase } from "../../../policy/edge-phase";
import { behaviourOf } from "../../../verification/edge/behaviour";
import { block, zoneOf } from "./edge";

describe("the behaviour of a zone", () => {
  test("is decided where a condition that no axis decides makes no difference", () => {
    const zone = zoneOf({ [EdgePhase.CUSTOM]: [block("bots", "cf.client.bot"), block("tls", "ssl")] });
    const { parts, undecided } = behaviourOf(zone);
    expect(undecided).toEqual([]);
    expect(parts.map(({ end, rule, requests }) => [end.kind, rule?.ref, requests.given])).toEqual(
      expect.arrayContaining([
        ["block", "tls", []],
        ["block", "bots", [{ condition: "cf.client.bot", holds: true }]],
        ["origin", undefined, [{ condition: "cf.client.bot", holds: false }]],
      ]),
    );
    expect(parts).toHaveLength(3);
  });
});
