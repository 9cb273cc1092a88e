import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { environments } from "../../environments";
import { gate } from "../../gate/gate";
import { composeStacks } from "../../stacks/compose-stacks";
import { anEnvironment } from "../support/environments";

const outdir = mkdtempSync(join(tmpdir(), "unproven-app-"));
let printed: string[] = [];

beforeEach(() => {
  printed = [];
  jest.spyOn(process.stderr, "write").mockImplementation((text) => printed.push(String(text)) > 0);
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => {
  rmSync(outdir, { recursive: true });
});

const SILENT = { write: () => undefined, tell: () => undefined };

function anApp(of = [anEnvironment()]) {
  const app = new App({ outdir, stackTraces: false });
  return { app, policies: composeStacks(app, of) };
}

/** The warnings of the last synth that say that nothing is proven, by the stack. */
function warnings(): Readonly<Record<string, readonly string[]>> {
  const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as {
    readonly stacks: Readonly<Record<string, { readonly annotations: readonly { readonly message: string }[] }>>;
  };
  const unproven = ({ message }: { readonly message: string }) => message.startsWith("nothing was proven");
  return Object.fromEntries(
    Object.entries(stacks).map(([name, { annotations }]) => [
      name,
      annotations.filter(unproven).map(({ message }) => message),
    ]),
  );
}

describe("an app that is synthesized without the gate", () => {
  test("warns that nothing is proven of each stack, and names every construct of it", () => {
    const { app } = anApp([...environments]);
    app.synth();
    const found = warnings();
    expect(Object.keys(found)).toEqual(["dev", "production", "staging"]);
    expect(found["production"]).toEqual([
      "nothing was proven of production: EdgeFirewall production/Edge, WebServiceIngress production/Ingress, " +
        "DbNetworkRestriction production/Databases, WorkerEgressOnly production/Workers, ScanSchedule production/Scans; " +
        "app.synth() runs without the gate; change: end the app by synthesize(() => ({ app, policies })) or " +
        "gate(app, policies), in place of app.synth()",
    ]);
    expect(Object.values(found).flat()).toHaveLength(3);
  });

  test("prints the same where cdktf's CLI doesn't run it", () => {
    anApp().app.synth();
    expect(printed).toEqual([`WARN [shop/Unproven]: ${warnings()["shop"]?.[0] ?? "no warning"}\n`]);
  });

  test("leaves the printing to cdktf's CLI where that runs it", () => {
    process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"] = "true";
    try {
      anApp().app.synth();
      expect(printed).toEqual([]);
      expect(warnings()["shop"]).toHaveLength(1);
    } finally {
      delete process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"];
    }
  });

  test("warns once, however often it is synthesized", () => {
    const { app } = anApp();
    app.synth();
    app.synth();
    expect(warnings()["shop"]).toHaveLength(1);
  });

  test("warns of no stack that has none of the constructs", () => {
    const { app } = anApp();
    new TerraformStack(app, "other");
    app.synth();
    expect(warnings()).toEqual({ other: [], shop: [expect.stringContaining("shop/Edge")] });
  });
});

describe("an app that goes through the gate", () => {
  test("doesn't warn, also where it was synthesized without it before", () => {
    const { app, policies } = anApp();
    app.synth();
    printed = [];
    gate(app, policies, { terminal: SILENT });
    expect(warnings()).toEqual({ shop: [] });
    expect(printed).toEqual([]);
  });

  test("warns again where it is synthesized without it after", () => {
    const { app, policies } = anApp();
    gate(app, policies, { terminal: SILENT });
    app.synth();
    expect(warnings()["shop"]).toHaveLength(1);
  });
});
