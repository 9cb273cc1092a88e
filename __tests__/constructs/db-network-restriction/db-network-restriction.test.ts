import { App, Testing } from "cdktf";
import { DbNetworkRestriction } from "../../../constructs";
import { Datastore } from "../../../policy/datastore";
import { EgressAddresses } from "../../../policy/egress-addresses";
import { type Environment } from "../../../policy/environment";
import { policyOf, stackWith, statesOf, warningsOf } from "../../support/platform-stacks";
import { problemsWith } from "../../support/problems";
import { addressesOf, jsonOf, predecessorsOf } from "../../support/synthesized";

const PROJECT = "abcdefghijabcdefghij";
const egress = EgressAddresses.dedicated("egs-c0ffee", ["9.9.9.12", "9.9.9.10", "9.9.9.11"]);
const region = EgressAddresses.shared(["9.9.8.128/25", "9.9.8.0/25"], "the region has no dedicated addresses yet");
const databases = (overrides: Partial<Environment>, name?: string, app?: App) =>
  stackWith((stack) => new DbNetworkRestriction(stack, "Databases", policyOf(overrides).databases), name, app);

describe("DbNetworkRestriction", () => {
  const datastores = [Datastore.supabase(PROJECT), Datastore.renderKeyValue("red-c0ffee")];

  test("lets exactly the dedicated addresses reach Postgres, both families stated, and nothing reach Redis", () => {
    expect(statesOf(databases({ egress, datastores }))).toEqual([
      {
        kind: "render-dedicated-addresses",
        target: "egs-c0ffee",
        desired: { dedicatedIpId: "egs-c0ffee", ips: ["9.9.9.10", "9.9.9.11", "9.9.9.12"] },
      },
      {
        kind: "supabase-network-restrictions",
        target: PROJECT,
        desired: {
          projectRef: PROJECT,
          dbAllowedCidrs: ["9.9.9.10/32", "9.9.9.11/32", "9.9.9.12/32"],
          dbAllowedCidrsV6: [],
        },
      },
      {
        kind: "render-key-value-allow-list",
        target: "red-c0ffee",
        desired: { keyValueId: "red-c0ffee", ipAllowList: [] },
      },
    ]);
  });

  test("makes sure that dedicated addresses are the environment's before a database admits them", () => {
    const json = jsonOf(databases({ egress, datastores }));
    const [addresses = "", project = "", keyValue = ""] = addressesOf(json, "null_resource");
    expect([...predecessorsOf(json, project)]).toEqual([addresses]);
    expect([...predecessorsOf(json, keyValue)]).toEqual([]);
  });

  test("states a region's ranges as the fewest blocks, of both families, and says with DB-1 whom they admit", () => {
    const both = EgressAddresses.shared([...region.addresses, "2001:4860:1::/64"], region.reason);
    const stack = databases({ egress: both, datastores: [Datastore.supabase(PROJECT)] });
    expect(statesOf(stack)).toEqual([
      expect.objectContaining({
        desired: { projectRef: PROJECT, dbAllowedCidrs: ["9.9.8.0/24"], dbAllowedCidrsV6: ["2001:4860:1::/64"] },
      }),
    ]);
    expect(warningsOf(stack)).toEqual([
      `DB-1 of shop: its addresses are a region's ranges, which admit other tenants of Render: ${region.reason}`,
    ]);
  });

  test("locks a database out only where the policy says so, and warns with DB-1", () => {
    const stack = databases({
      egress,
      datastores: [Datastore.supabase(PROJECT, { lockedOut: "nothing uses it yet" })],
    });
    expect(statesOf(stack).at(-1)?.desired).toEqual({ projectRef: PROJECT, dbAllowedCidrs: [], dbAllowedCidrsV6: [] });
    expect(warningsOf(stack)).toEqual([`DB-1 of shop: ${PROJECT} admits nobody: nothing uses it yet`]);
  });

  test("says with DB-1 why a wide block is admitted", () => {
    const wide = EgressAddresses.shared(["9.8.0.0/16"], region.reason);
    const stack = databases({
      egress: wide,
      datastores: [Datastore.supabase(PROJECT, { wideBlocks: "as wide as the region" })],
    });
    expect(warningsOf(stack)).toContain(`DB-1 of shop: ${PROJECT} admits wide blocks: as wide as the region`);
  });

  test("gives no warning without an exception", () => {
    expect(warningsOf(databases({ egress, datastores }))).toEqual([]);
  });

  test("fails for a datastore that another stack owns, and names both", () => {
    const app = new App({ stackTraces: false });
    databases({ egress, datastores }, "one", app);
    const problems = problemsWith(() => databases({ egress, datastores }, "two", app));
    expect(problems.map(({ got }) => got)).toEqual([
      `a second owner of the datastore ${PROJECT}, which one/Databases owns`,
      "a second owner of the datastore red-c0ffee, which one/Databases owns",
    ]);
  });

  test("fails for a datastore that is named twice", () => {
    const twice = [Datastore.renderKeyValue("red-c0ffee"), Datastore.renderKeyValue("red-c0ffee")];
    expect(() => databases({ datastores: twice })).toThrow("a second owner of the datastore red-c0ffee");
  });

  test("fails for props that no policy would give", () => {
    const props = { name: "shop", datastores: [Datastore.supabase(PROJECT)] };
    expect(
      problemsWith(() => stackWith((stack) => new DbNetworkRestriction(stack, "Db", props))).map(({ at }) => at),
    ).toEqual(["shop.datastores[0]"]);
  });

  test("snapshot", () => {
    expect(Testing.synth(databases({ egress, datastores }), true)).toMatchSnapshot();
  });
});
