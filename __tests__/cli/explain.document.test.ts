import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Datastore } from "../../policy/datastore";
import { anEnvironment } from "../support/environments";
import { writeOutput } from "../support/written-output";
import { ask } from "./ask";

const environments = [anEnvironment({ datastores: [Datastore.renderKeyValue("red-c0ffee0c0ffee0c0ffee")] })];
const folder = mkdtempSync(join(tmpdir(), "explain-"));

beforeAll(() => {
  writeOutput(folder, environments);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const explain = (...args: readonly string[]) => ask("explain", ...args);

const asked = (...args: readonly string[]) => explain(...args, "--folder", folder);
const WEBHOOK = "https://app.shop.dev/webhooks/meta";

describe("explain", () => {
  test("prints one page that begins with the decision, and ends with 0", async () => {
    const { code, written, told } = await asked(WEBHOOK, "--from", "203.0.113.9");
    expect({ code, told }).toEqual({ code: 0, told: "" });
    expect(written.split("\n")[0]).toBe("BLOCKED, 403 by edge_hook_1_only_meta (HOOK-1)");
    expect(written).toContain("not ip.src in {…}: 203.0.113.9 is not in meta (31.13.24.0/21 and 26 more)");
    expect(written.split("\n").length).toBeLessThan(60);
  });

  test("takes the method and headers of the request, and one of three formats", async () => {
    const options = ["--method", "POST", "--header", "X-A: 1", "--header", "X-A: 2", "--format", "json"];
    const { written } = await asked(WEBHOOK, ...options);
    expect((JSON.parse(written) as { request: unknown }).request).toMatchObject({
      method: "POST",
      headers: [
        { name: "x-a", value: "1" },
        { name: "x-a", value: "2" },
      ],
      from: { isAnyone: true },
    });
    expect((await asked(WEBHOOK, "--format", "markdown")).written).toMatch(
      /^\*\*BLOCKED, 403 by `edge_hook_1_only_meta`/,
    );
  });

  test("explains what is not HTTP by --to", async () => {
    const { code, written } = await asked("--to", "redis", "--from", "2001:db8::1");
    expect(code).toBe(0);
    expect(written).toMatch(/^REFUSED: 2001:db8::1 may not connect to Redis red-c0ffee0c0ffee0c0ffee of shop\n/);
  });

  test("explains a host that no environment has only where the environment is named", async () => {
    const { code, written } = await asked("https://elsewhere.example:5/", "--environment", "shop");
    expect({ code, first: written.split("\n")[0] }).toEqual({
      code: 0,
      first: "REFUSED: the edge doesn't answer on port 5",
    });
    expect(await asked("https://elsewhere.example/")).toMatchObject({
      code: 2,
      written: "",
      told: expect.stringContaining("allowed: app.shop.dev (shop)") as string,
    });
  });

  test.each([
    [[], /neither a URL nor --to/],
    [["--to", "redis", WEBHOOK], /--to together with what belongs to a URL/],
    [["--to", "redis", "--method", "POST"], /--to together with what belongs to a URL/],
    [["--to", "mysql"], /Allowed choices are postgres, redis, worker/],
    [[WEBHOOK, "--from", "nowhere"], /--from: got "nowhere"; allowed: an IPv4 or IPv6 address/],
    [[WEBHOOK, "--form", "8.8.8.8"], /Did you mean --from\?/],
    [["--to", "worker"], /worker, which no environment has; allowed: redis/],
  ])("refuses %j with a sentence and 2", async (args, message) => {
    const { code, written, told } = await asked(...args);
    expect({ code, written }).toEqual({ code: 2, written: "" });
    expect(told).toMatch(message);
    expect(told).not.toMatch(/^ {4}at /m);
  });

  test("refuses a folder that isn't there", async () => {
    const { code, told } = await explain(WEBHOOK, "--folder", join(folder, "none"));
    expect(code).toBe(2);
    expect(told).toMatch(/got no such folder/);
  });

  test("shows examples in its help, in 80 columns", async () => {
    const { code, written } = await explain("--help");
    expect(code).toBe(0);
    expect(written).toContain("npm run -s policy -- explain --to postgres");
    for (const line of written.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });
});
