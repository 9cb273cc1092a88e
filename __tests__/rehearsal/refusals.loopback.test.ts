import { Platforms } from "../../rehearsal/platforms";
import { anEnvironment } from "../support/environments";
import { aPlatformEnvironment, PROJECT } from "../support/platform-environment";
import { aRepository } from "../support/repositories";

const environment = anEnvironment({ ...aPlatformEnvironment(), repositories: [aRepository("acme/api")] });
const FILE = "repos/acme/api/contents/docs/a.md";
const content = Buffer.from("a").toString("base64");

describe("a stand-in refuses, as its platform does or as a client's mistake deserves,", () => {
  let platforms: Platforms;

  beforeEach(async () => {
    platforms = await Platforms.start([environment]);
  });
  afterEach(() => platforms.stop());

  async function ask(base: string, token: string, method: string, path: string, body: object): Promise<number> {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${base}${path}`, { method, headers, body: JSON.stringify(body) })).status;
  }
  const github = (method: string, path: string, body: object) =>
    ask(`${String(platforms.variables["GITHUB_BASE_URL"])}api/v3/`, platforms.github.token, method, path, body);
  const supabase = (body: object) => {
    const base = String(platforms.variables["SUPABASE_API_ENDPOINT"]);
    const path = `/v1/projects/${PROJECT}/network-restrictions/apply`;
    return ask(base, platforms.platform.token, "POST", path, body);
  };
  const render = (path: string, body: object) =>
    ask(String(platforms.variables["RENDER_HOST"]), platforms.platform.key, "PATCH", path, body);

  test("GitHub: a file that somebody else has changed, and one without the hash of the present one", async () => {
    expect(await github("PUT", FILE, { message: "m", content, branch: "main" })).toBe(201);
    expect(await github("PUT", FILE, { message: "m", content, branch: "main", sha: "0".repeat(40) })).toBe(409);
    expect(await github("PUT", FILE, { message: "m", content, branch: "main" })).toBe(422);
    expect(await github("PUT", FILE, { message: "m", content, branch: "trunk" })).toBe(404);
  });

  test("GitHub: a second ruleset of a name, and security updates without alerts", async () => {
    const ruleset = { name: "gate", target: "branch", enforcement: "active", rules: [] };
    expect(await github("POST", "repos/acme/api/rulesets", ruleset)).toBe(201);
    expect(await github("POST", "repos/acme/api/rulesets", ruleset)).toBe(422);
    expect(await github("PUT", "repos/acme/api/automated-security-fixes", {})).toBe(422);
  });

  test.each([
    ["PUT", FILE, { message: "m", content, brunch: "main" }],
    ["POST", "repos/acme/api/rulesets", { name: "gate", bypass: [] }],
    ["PUT", "repos/acme/api/actions/secrets/A", { value: "plain" }],
  ])("GitHub: a member that %s %s doesn't know", async (method, path, body) => {
    expect(await github(method, path, body)).toBe(422);
  });

  test("Supabase: another name for the list of addresses", async () => {
    expect(await supabase({ db_allowed_cidrs: ["9.9.9.9/32"] })).toBe(400);
    expect(await supabase({ dbAllowedCidrs: ["9.9.9.9/32"], dbAllowedCidrsV6: [] })).toBe(201);
  });

  test("Render: a member that nobody changes, and a service that isn't there", async () => {
    const [service = ""] = [...platforms.platform.render.services.keys()];
    expect(await render(`/services/${service}`, { allowList: [] })).toBe(400);
    expect(await render(`/services/${service}`, { serviceDetails: { renderSubdomainPolicy: "disabled" } })).toBe(200);
    expect(await render("/services/srv-none", { serviceDetails: {} })).toBe(404);
  });
});
