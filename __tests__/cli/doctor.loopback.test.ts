import type * as asking from "../../operations/probe/ask";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../cli/run";
import type { Checklist } from "../../operations/doctor/checklist";
import { EdgePhase } from "../../policy/edge-phase";
import type { Environment } from "../../policy/environment";
import { Policy } from "../../policy/policy";
import { POLICY_FILE, policyDocument } from "../../verification/terraform/documents";
import { addRecord, deployed } from "../operations/inventory/shop";
import { EDGE_SECRET, pasted, Stand, wholeShop } from "../operations/doctor/stand";

let stand: Stand;
let app: readonly Environment[];

jest.mock("../../operations/probe/ask", () => ({
  ...jest.requireActual<typeof asking>("../../operations/probe/ask"),
  systemDialler: () => stand.internet.dialler,
}));
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

function ran(...args: readonly string[]) {
  return ranWith({ ...stand.online.variables, TF_VAR_edge_secret_shop: EDGE_SECRET }, ...args);
}

/** The doctor's output for a process with these variables. */
async function doctorOf(variables: Readonly<Record<string, string>>): Promise<string> {
  writeFileSync(join(stand.folder, POLICY_FILE), JSON.stringify(policyDocument(Policy.across(app))));
  return (await ranWith(variables, "doctor", "shop", "--folder", stand.folder)).written;
}

async function ranWith(variables: Readonly<Record<string, string>>, ...args: readonly string[]) {
  let [written, told] = ["", ""];
  const terminal = {
    write: (text: string) => void (written += text),
    tell: (text: string) => void (told += text),
    isInteractive: false,
    columns: 200,
    hasColour: false,
  };
  return { code: await run(args, terminal, variables), written, told };
}

const RULE = { id: "9".repeat(32), ref: "growth", description: "growth", expression: "ssl", action: "log" };

/** Runs the doctor on the output of a synth. */
function doctor(...args: readonly string[]) {
  writeFileSync(join(stand.folder, POLICY_FILE), JSON.stringify(policyDocument(Policy.across(app))));
  return ran("doctor", "shop", "--folder", stand.folder, ...args);
}

describe("doctor", () => {
  test("ends with 1 and prints every line with its mark, and what to do", async () => {
    const { code, written, told } = await doctor();
    expect([code, told]).toEqual([1, ""]);
    expect(written).toMatch(
      /^shop isn't ready for its first deploy: 2 open, 0 unknown, 32 done\n\nBefore any platform/,
    );
    expect(written).toMatch(/^ {2}✓ Its values are its own, none an example's$/m);
    expect(written).toMatch(
      /^ {2}○ It is synthesized, and what was synthesized is proven\n {4}\S+ has no proof\.json[^]*?\n {6}to do: synthesize again: npm run synth$/m,
    );
  });

  test("prints what to paste, as Markdown too", async () => {
    stand.rules(EdgePhase.CUSTOM, [RULE]);
    const { code, written } = await doctor();
    expect(code).toBe(1);
    expect(written.replace(/\s+/g, " ")).toMatch(
      /to do: to keep it, paste the block at the end .*; to give it up, add --drop growth/,
    );
    expect(written).toMatch(/^ {2}rulesets: \{\n {4}\[EdgePhase\.CUSTOM\]: \{ id: "(?:c1){16}", name: "default" \},$/m);
    const markdown = (await doctor("--format", "markdown")).written;
    expect(markdown).toMatch(/\n```ts\n\/\/ The whole[^]*\n\},\n[^]*```\n$/);
    expect(markdown).toContain("to do: synthesize again: `npm run synth`\n");
  });

  test("takes what is dropped by name, as often as it is given", async () => {
    const existing = { rulesets: { [EdgePhase.CUSTOM]: { id: "c1".repeat(16) } } };
    app = [wholeShop({ edge: { existing } })];
    stand.rules(EdgePhase.CUSTOM, [RULE, { ...RULE, id: "8".repeat(32), ref: "old" }]);
    const line = "Rulesets of the zone are taken over";
    expect((await doctor("--drop", "growth")).written).toContain(`○ ${line}`);
    expect((await doctor("--drop", "growth", "--drop", "old")).written).toContain(`✓ ${line}`);
  });

  test("prints the same as JSON", async () => {
    stand.rules(EdgePhase.CUSTOM, [RULE]);
    const { code, written } = await doctor("--format", "json");
    const checklist = JSON.parse(written) as Checklist;
    expect(code).toBe(1);
    const rules = checklist.steps.find(({ title }) => title.startsWith("Rulesets of the zone"));
    expect(rules).toMatchObject({
      chapter: "Cloudflare",
      mark: "open",
      findings: [{ level: "failure" }, { level: "failure" }],
    });
    expect(pasted(checklist.paste ?? "").otherRules).toMatchObject([{ ref: "growth" }]);
  });

  test("says without any credential what can be said, each reason once", async () => {
    const written = await doctorOf({});
    expect(written).toMatch(/^ {2}✓ Its state is kept in a remote backend$/m);
    for (const variable of ["CLOUDFLARE_API_TOKEN", "RENDER_API_KEY", "SUPABASE_ACCESS_TOKEN", "GITHUB_TOKEN"]) {
      // Once among the credentials, and once for everything that is asked with it.
      expect(written.split(`can't be read: ${variable} isn't set`)).toHaveLength(3);
    }
    expect(written.split("GH_TOKEN isn't set")).toHaveLength(2);
  });

  test("has one line for what an unreachable platform leaves unknown, however many lines wait for it", async () => {
    const written = await doctorOf({ ...stand.online.variables, RENDER_HOST: "http://127.0.0.1:1/v1" });
    expect(written.split("Render gave no whole answer (ECONNREFUSED)")).toHaveLength(3);
    expect(written).toMatch(/^ {2}\? Render has verified the hosts as custom domains\n {2}\? The dedicated/m);
  });

  test.each([
    [["doctor"], /missing required argument/],
    [["doctor", "shpo"], /got "shpo"; allowed: shop/],
    [["doctor", "shop", "--format", "xml"], /Allowed choices are text, markdown, json/],
    [["doctor", "shop", "--folder", "nowhere"], /got no such folder/],
    [["inventory", "shpo"], /got "shpo"; allowed: shop/],
    [["inventory", "--format", "xml"], /Allowed choices are text, markdown, json/],
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
    expect(written).toMatch(/^shop: 1 has to change, 0 unknown, 0 to know, 0 ignored\n\nHas to change\n/);
    expect(written).toMatch(/^ {2}A old\.shop\.dev leads to 9\.9\.9\.9, not proxied/m);
    expect(written).toContain('Accept.thing("cloudflare/dns-record/f2", <the reason>)');
  });

  test("prints the same as JSON", async () => {
    const { code, written } = await ran("inventory", "--format", "json");
    expect([code, JSON.parse(written)]).toEqual([0, { environments: ["shop"], findings: [], ignored: [] }]);
  });
});
