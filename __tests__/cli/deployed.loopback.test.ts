import { run } from "../../cli/run";
import { status } from "../../rehearsal/fault";
import { GithubStandIn } from "../../rehearsal/github/stand-in";

const DEPLOYER = "acme/security";
let github: GithubStandIn;
beforeEach(async () => {
  github = await GithubStandIn.start([]);
  github.addDeployer(DEPLOYER);
});
afterEach(() => github.stop());

async function deployed(variables: Readonly<Record<string, string>> = { GH_TOKEN: github.deployToken }) {
  let [written, told] = ["", ""];
  const write = (text: string): void => void (written += text);
  const tell = (text: string): void => void (told += text);
  const terminal = { write, tell, isInteractive: false, columns: 80, hasColour: false };
  const all = { ...github.environment, GITHUB_REPOSITORY: DEPLOYER, ...variables };
  return { code: await run(["deployment", "deployed"], terminal, all), written, told };
}

/** GitHub has deployed an environment in a run. */
function record(environment: string, run: number): void {
  const log_url = `https://github.com/${DEPLOYER}/actions/runs/${String(run)}/job/1`;
  const statuses = [{ state: "success", log_url }];
  github.repository(DEPLOYER).deployments.push({ id: run, sha: "a".repeat(40), environment, statuses });
}

test("prints the deploys that are known, and ends with 2 where one isn't", async () => {
  record("dev", 7);
  github.strike(status(403, "no"), { at: /environment=staging/ });
  const { code, written, told } = await deployed();
  expect(code).toBe(2);
  expect(JSON.parse(written)).toEqual([
    { environment: "dev", commit: "a".repeat(40), run: "7", owner: "", repositories: "" },
  ]);
  expect(told).toContain('deploys of staging: got GitHub answered 403 "no"');
});

test("ends with 0 where every deploy is known, also that there was none", async () => {
  record("production", 8);
  expect(await deployed()).toMatchObject({ code: 0, told: "" });
});

test.each([
  ["a token", { GH_TOKEN: "" }, "GH_TOKEN: got GH_TOKEN isn't set"],
  ["a repository", { GITHUB_REPOSITORY: "" }, 'GITHUB_REPOSITORY: got ""; allowed: owner/name'],
  ["a repository with its owner", { GITHUB_REPOSITORY: "shop" }, 'GITHUB_REPOSITORY: got "shop"; allowed: owner/name'],
])("asks nobody without %s", async (_without, variables, what) => {
  const { code, written, told } = await deployed({ GH_TOKEN: github.deployToken, ...variables });
  expect([code, written]).toEqual([2, ""]);
  expect(told).toContain(what);
  expect(github.arrivals).toEqual([]);
});
