import { EdgePhase } from "../../../policy/edge-phase";
import type { EdgeZone } from "../../../verification/edge/zone";
import { everyRequestCarriesIt, noRuleChangesIt } from "../../../verification/statements/edge-secret";
import { ledToTheirOrigin } from "../../../verification/statements/past-the-edge";
import type { Scene } from "../../../verification/statements/scene";
import { block, HOST, type JsonRule, policy, PORTS, REDIRECT, SHIPPED, zoneOf } from "./edge";

const VALUE = "${var.edge_secret}";

const giving = (expression: string, value = VALUE): JsonRule => ({
  ...{ ref: "secret", expression, action: "rewrite" },
  action_parameters: { headers: { "X-Edge-Secret": { operation: "set", value } } },
});
const zoneWith = (custom: readonly JsonRule[], ...late: readonly JsonRule[]): EdgeZone =>
  zoneOf({ [EdgePhase.REDIRECT]: [REDIRECT], [EdgePhase.CUSTOM]: custom, [EdgePhase.LATE_TRANSFORM]: late });
const sceneOf = (zone: EdgeZone): Scene =>
  ({ edge: { zone, policy }, policy: { environment: { hosts: { [HOST]: {} } } } }) as unknown as Scene;
const verdictOn = (zone: EdgeZone): string => everyRequestCarriesIt(sceneOf(zone)).verdict;

describe("WEB-1 asks only of requests that reach an origin", () => {
  test.each<[string, EdgeZone, string]>([
    ["which a block stops before", zoneWith([PORTS], giving("ssl and cf.edge.server_port eq 443")), "proven"],
    ["which a redirect ends before", zoneWith([PORTS], giving("ssl")), "proven"],
    ["which nothing stops", zoneWith([], giving("ssl and cf.edge.server_port eq 443")), "violated"],
    [
      "which a skip lets past the block",
      zoneWith(
        [{ ...block("s", "true"), action: "skip", action_parameters: { ruleset: "current" } }, PORTS],
        giving("ssl and cf.edge.server_port eq 443"),
      ),
      "violated",
    ],
    [
      "which an unknown action may let past the block",
      zoneWith([{ ...block("s", "true"), action: "execute" }, PORTS], giving("ssl and cf.edge.server_port eq 443")),
      "violated",
    ],
    [
      "which only a challenge may stop",
      zoneWith([{ ...block("c", "not ssl"), action: "managed_challenge" }], giving("ssl")),
      "violated",
    ],
  ])("%s", (_what, zone, verdict) => {
    expect(verdictOn(zone)).toBe(verdict);
  });

  test("also about another value and another origin", () => {
    const other = giving('http.request.uri.path eq "/old"', "another");
    const stopped = block("old", 'http.request.uri.path eq "/old"');
    const nothingElse = (zone: EdgeZone): string => noRuleChangesIt(sceneOf(zone)).verdict;
    expect(nothingElse(zoneWith([PORTS], giving("true"), other))).toBe("violated");
    expect(nothingElse(zoneWith([PORTS, stopped], giving("true"), other))).toBe("proven");

    const origin: JsonRule = { ref: "o", expression: 'http.request.uri.path eq "/old"', action: "route" };
    const elsewhere = (...custom: readonly JsonRule[]): string =>
      ledToTheirOrigin(sceneOf(zoneOf({ ...SHIPPED, [EdgePhase.CUSTOM]: custom, http_request_origin: [origin] })))
        .verdict;
    expect(elsewhere(PORTS)).toBe("violated");
    expect(elsewhere(PORTS, stopped)).toBe("proven");
  });
});
