import { lastDeployed, lastDeploys } from "../../../operations/deploy/deployed";
import { standInPrograms } from "./support/stand-in-program";

const SHA = (digit: string): string => digit.repeat(40);
const LOG = "https://github.com/acme/security/actions/runs/4711/job/12";

/** GitHub's answers by the end of what is asked. */
const github = (answers: Readonly<Record<string, unknown>>) =>
  standInPrograms((line) => {
    const [, answer] = Object.entries(answers).find(([path]) => line.includes(`/${path}`)) ?? [];
    return { output: JSON.stringify(answer) };
  });

const asked = (answers: Readonly<Record<string, unknown>>) => {
  const { run, lines } = github(answers);
  const found = lastDeployed("eu-dev", { run, variables: {}, repository: "acme/security" });
  return { found, lines };
};

test("the last deploy that succeeded is found behind one that failed and one that waits", async () => {
  const { found, lines } = asked({
    "deployments?": [3, 2, 1].map((id) => ({ id, sha: SHA(String(id)) })),
    "deployments/3/": [{ state: "waiting" }],
    "deployments/2/": [{ state: "failure", log_url: LOG }, { state: "in_progress" }],
    "deployments/1/": [
      { state: "inactive", log_url: "" },
      { state: "success", log_url: LOG },
    ],
  });
  expect(await found).toEqual({ environment: "eu-dev", commit: SHA("1"), run: "4711" });
  expect(lines()[0]).toBe("gh api repos/acme/security/deployments?environment=eu-dev&per_page=100&page=1");
});

test.each([undefined, null, "", "https://example.org/"])(
  "where GitHub names no run but %p, only the commit is known",
  async (log_url) => {
    const { found } = asked({
      "deployments?": [{ id: 1, sha: SHA("a") }],
      "deployments/1/": [{ state: "success", log_url }],
    });
    expect(await found).toEqual({ environment: "eu-dev", commit: SHA("a"), run: "" });
  },
);

test("an environment that was never deployed has none", async () => {
  expect(await asked({ "deployments?": [] }).found).toBeUndefined();
});

/** The answers of a GitHub with this many deploys of every environment, the newest first, of which these succeeded. */
const history = (deploys: number, succeeded: readonly number[]) => (line: string) => {
  const [, id] = /deployments\/(\d+)\//.exec(line) ?? [];
  const state = succeeded.includes(Number(id)) ? "success" : "failure";
  const [, size, page] = /per_page=(\d+)&page=(\d+)$/.exec(line) ?? [];
  const start = Number(size) * (Number(page) - 1);
  const all = Array.from({ length: deploys }, (_, place) => ({ id: deploys - place, sha: SHA("a") }));
  const answer = id === undefined ? all.slice(start, start + Number(size)) : [{ state, log_url: LOG }];
  return { output: JSON.stringify(answer) };
};

const lists = (lines: readonly string[]) => lines.filter((line) => line.includes("deployments?"));

test.each([
  [31, 1, 1],
  [100, 1, 1],
  [101, 1, 2],
  [500, 1, 5],
])("of %d deploys, the only one that succeeded is found although it is the oldest", async (all, id, page) => {
  const { run, lines } = standInPrograms(history(all, [id]));
  const found = lastDeployed("dev", { run, variables: {}, repository: "acme/security" });
  expect(await found).toMatchObject({ environment: "dev", run: "4711" });
  expect(lists(lines())).toHaveLength(page);
});

test.each([
  [1, 1],
  [100, 2],
  [499, 5],
  [2000, 5],
])("of %d deploys without a success nobody can say what is deployed, and that is said", async (all, pages) => {
  const { run, lines } = standInPrograms(history(all, []));
  const found = lastDeployed("dev", { run, variables: {}, repository: "acme/security" });
  await expect(found).rejects.toThrow(
    `deployments: got ${Math.min(all, 500)} of dev, none of which succeeded; allowed: a success among the last 500; change: `,
  );
  expect(lists(lines())).toHaveLength(pages);
});

test("an environment of which nobody can say anything keeps no other from being found", async () => {
  const answer = history(1, [1]);
  const { run } = standInPrograms((line) =>
    line.includes("environment=odd&") ? { code: 1, output: "HTTP 500" } : answer(line),
  );
  const github = { run, variables: {}, repository: "acme/security" };
  const { found, problems } = await lastDeploys(["dev", "odd", "staging"], github);
  expect(found.map(({ environment }) => environment)).toEqual(["dev", "staging"]);
  expect(problems).toEqual([expect.objectContaining({ at: "odd deployments", got: '"HTTP 500"' })]);
});

test.each([[[{ id: 1, sha: "main" }]], [[{ id: "1; ls", sha: SHA("a") }]], [{ message: "Not Found" }]])(
  "%j is no answer",
  async (answer) => {
    await expect(asked({ "deployments?": answer }).found).rejects.toThrow("GitHub's record of deploys");
  },
);

test("a failure of gh is told", async () => {
  const { run } = standInPrograms(() => ({ code: 1, output: "HTTP 403" }));
  const found = lastDeployed("dev", { run, variables: {}, repository: "acme/security" });
  await expect(found).rejects.toThrow('deployments: got "HTTP 403"');
});
