import type * as asking from "../../operations/probe/ask";
import { run } from "../../cli/run";
import type { Probed } from "../../operations/probe/probe";
import type { Environment } from "../../policy/environment";
import { PROXIES, shop, shopOnline } from "../operations/probe/stand-in-shop";
import type { StandInInternet } from "../../rehearsal/internet";

let internet: StandInInternet;
let app: readonly Environment[];

jest.mock("../../environments", () => ({
  get environments() {
    return app;
  },
}));
jest.mock("../../operations/probe/ask", () => ({
  ...jest.requireActual<typeof asking>("../../operations/probe/ask"),
  systemDialler: () => internet.dialler,
}));

beforeEach(() => {
  internet = shopOnline();
  app = [shop()];
});
afterEach(() => internet.stop());

const NAMED = Object.entries(PROXIES).flatMap(([id, host]) => ["--proxy", `${id}=${host}`]);

async function ran(args: readonly string[], isInteractive = false) {
  let [written, told] = ["", ""];
  const terminal = {
    write: (text: string) => void (written += text),
    tell: (text: string) => void (told += text),
    isInteractive,
    columns: 80,
    hasColour: false,
  };
  return { code: await run(["probe", ...args], terminal, {}), written, told };
}

describe("probe", () => {
  test("prints every check with its statements and ends with 0 where everything holds", async () => {
    const { code, written, told } = await ran(["shop", ...NAMED]);
    expect({ code, told }).toEqual({ code: 0, told: "" });
    expect(written).toMatch(/^shop, from 9\.9\.9\.9: \d+ hold, 0 violated, 0 undecided\n\nHolds\n/);
    expect(written).toMatch(
      /^ {2}HOOK-1: GET https:\/\/app\.shop\.dev\/webhooks\/meta is blocked \(and 16 more\):\s+blocked \(403\)$/m,
    );
  });

  test("prints the same as JSON", async () => {
    const { code, written } = await ran(["shop", "--format", "json"]);
    const report = JSON.parse(written) as Probed;
    expect(code).toBe(2);
    expect(report).toMatchObject({ environment: "shop", lowered: [], vantage: { 4: "9.9.9.9" } });
    expect(report.findings[0]).toEqual({
      statements: ["PORTS-1"],
      expects: expect.stringMatching(/./),
      verdict: "holds",
      because: expect.stringMatching(/./),
    });
  });

  test("has one line for one name that leads nowhere", async () => {
    internet.noName("app.shop.dev", "ENOTFOUND");
    const { code, written } = await ran(["shop", ...NAMED]);
    expect(code).toBe(2);
    expect(written.replace(/\s+/g, " ").match(/there is no such name/g)).toHaveLength(1);
    expect(internet.resolved.filter((name) => name === "app.shop.dev")).toHaveLength(1);
  });

  test("tells a person how far it is", async () => {
    const { told } = await ran(["shop", ...NAMED], true);
    expect(told).toMatch(/^\r1 of (\d+)\r2 of \1[^]*\r\1 of \1\n$/);
  });

  test.each([
    [["elsewhere"], '<environment>: got "elsewhere"; allowed: shop'],
    [["shop", "--format", "xml"], "Allowed choices are text, markdown, json"],
    [["shop", "--proxy", "red-a"], "the id of a datastore"],
    [
      ["shop", "--proxy", "red-a=frankfurt-keyvalue.render.com"],
      '--proxy red-a=frankfurt-keyvalue.render.com: got "red-a"',
    ],
    [[], "missing required argument"],
  ])("ends with 2, and asks nobody, for %j", async (args, message) => {
    const { code, written, told } = await ran(args);
    expect({ code, written }).toEqual({ code: 2, written: "" });
    expect(told).toContain(message);
    expect(internet.resolved).toEqual([]);
  });

  test("refuses the shipped environments, which hold example values", async () => {
    app = jest.requireActual<{ readonly environments: readonly Environment[] }>("../../environments").environments;
    const { code, told } = await ran(["production"]);
    expect(code).toBe(2);
    expect(told).toContain("production.zone.name: got example.com;");
    expect(internet.resolved).toEqual([]);
  });

  test("shows how it is used", async () => {
    const { code, written } = await ran(["--help"]);
    expect(code).toBe(0);
    expect(written).toContain("  npm run -s policy -- probe production --format json");
  });
});
