import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../cli/run";
import type { Report } from "../../operations/inventory/report";
import { EdgePhase } from "../../policy/edge-phase";
import type { Environment } from "../../policy/environment";
import { Policy } from "../../policy/policy";
import { POLICY_FILE, policyDocument } from "../../verification/terraform/documents";
import { addRecord, deployed } from "../operations/inventory/shop";
import { EDGE_SECRET, pasted, Stand, wholeShop } from "../operations/preflight/stand";

let stand: Stand;
let app: readonly Environment[];

jest.mock("../../environments", () => ({
  get environments() {
    return app;
  },
}));

beforeEach(async () => {
  stand = await Stand.start();
  app = [wholeShop()];
});
afterEach(() => stand.stop());

async function ran(...args: readonly string[]) {
  let [written, told] = ["", ""];
  const terminal = {
    write: (text: string) => void (written += text),
    tell: (text: string) => void (told += text),
    isInteractive: false,
    columns: 80,
    hasColour: false,
  };
  const variables = { ...stand.online.variables, TF_VAR_edge_secret_shop: EDGE_SECRET };
  return { code: await run(args, terminal, variables), written, told };
}

const RULE = { id: "9".repeat(32), ref: "growth", description: "growth", expression: "ssl", action: "log" };

/** Runs a preflight of what a synth of the app wrote. */
function preflight(...args: readonly string[]) {
  writeFileSync(join(stand.folder, POLICY_FILE), JSON.stringify(policyDocument(Policy.across(app))));
  return ran("preflight", "shop", "--folder", stand.folder, ...args);
}

describe("preflight", () => {
  test("ends with 0 where nothing stands in the way", async () => {
    expect(await preflight()).toEqual({
      code: 0,
      written: "shop\n\n0 failures, 0 undecided, 0 notices, 0 ignored\n",
      told: "",
    });
  });

  test("ends with 1 and prints what to do and what to paste", async () => {
    stand.rules(EdgePhase.CUSTOM, [RULE]);
    const { code, written } = await preflight();
    expect(code).toBe(1);
    expect(written).toMatch(/^failure {4}cloudflare\/rule\/http_request_firewall_custom\/growth$/m);
    expect(written).toMatch(
      /^ {2}to do: to keep it, paste the block at the end .*; to give it up, add --drop growth$/m,
    );
    expect(written).toMatch(/^ {2}rulesets: \{\n {4}\[EdgePhase\.CUSTOM\]: \{ id: "(?:c1){16}", name: "default" \},$/m);
  });

  test("takes what is dropped by name, as often as it is given", async () => {
    const existing = { rulesets: { [EdgePhase.CUSTOM]: { id: "c1".repeat(16) } } };
    app = [wholeShop({ edge: { existing } })];
    stand.rules(EdgePhase.CUSTOM, [RULE, { ...RULE, id: "8".repeat(32), ref: "old" }]);
    expect((await preflight("--drop", "growth")).code).toBe(1);
    expect((await preflight("--drop", "growth", "--drop", "old")).code).toBe(0);
  });

  test("prints the same as JSON", async () => {
    stand.rules(EdgePhase.CUSTOM, [RULE]);
    const { code, written } = await preflight("--format", "json");
    const report = JSON.parse(written) as Report;
    expect(code).toBe(1);
    expect(report.findings.map(({ level }) => level)).toEqual(["failure", "failure"]);
    expect(pasted(report.paste ?? "").otherRules).toMatchObject([{ ref: "growth" }]);
  });

  test("ends with 2 where the environment isn't synthesized", async () => {
    const { code, written } = await ran("preflight", "shop");
    expect(code).toBe(2);
    expect(written).toMatch(/undecided {2}synthesized\/shop\n.*no such file[^]*npx cdktf synth.* --folder/);
  });

  test.each([
    [["preflight"], /missing required argument/],
    [["preflight", "shpo"], /got "shpo"; allowed: shop/],
    [["preflight", "shop", "--format", "xml"], /Allowed choices are text, json/],
    [["preflight", "shop", "--folder", "nowhere"], /got no such folder/],
    [["inventory", "shpo"], /got "shpo"; allowed: shop/],
    [["inventory", "--format", "xml"], /Allowed choices are text, json/],
  ])("refuses %j and says why", async (args, why) => {
    const { code, written, told } = await ran(...args);
    expect([code, written]).toEqual([2, ""]);
    expect(told).toMatch(why);
  });
});

describe("inventory", () => {
  test("is of one environment or of all, and ends with what it found", async () => {
    deployed(stand.online);
    expect(await ran("inventory")).toEqual(await ran("inventory", "shop"));
    addRecord(stand.online, "f2", { name: "old.shop.dev", type: "A", content: "9.9.9.9", proxied: false });
    const { code, written } = await ran("inventory", "shop");
    expect(code).toBe(1);
    expect(written).toMatch(
      /^failure {4}cloudflare\/dns-record\/f2\n {2}A old\.shop\.dev leads to 9\.9\.9\.9, not proxied/m,
    );
  });

  test("prints the same as JSON", async () => {
    const { code, written } = await ran("inventory", "--format", "json");
    expect([code, JSON.parse(written)]).toEqual([0, { environments: ["shop"], findings: [], ignored: [] }]);
  });
});
