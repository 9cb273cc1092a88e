import { lastDeploys } from "../../../operations/deploy/deploys";
import type { Client } from "../../../operations/platforms/client";
import { githubOfDeploys } from "../../../operations/platforms/github";
import { read, unreadable } from "../../../operations/platforms/platform";

const SHA = (digit: string): string => digit.repeat(40);
const LOG = "https://github.com/acme/security/actions/runs/4711/job/12";

/** A client whose GitHub answers by what is asked: undefined is a refusal. */
function clientOf(answer: (path: string) => unknown) {
  const asked: string[] = [];
  const ask: Client["ask"] = (path) => {
    asked.push(path);
    const body = answer(path);
    if (body === undefined) return Promise.resolve(unreadable("GitHub answered 500", "run this again"));
    return Promise.resolve(read({ status: 200, headers: {}, text: JSON.stringify(body) }));
  };
  return { asked, client: { platform: githubOfDeploys, ask } };
}

/** The outcome for an environment when GitHub gives these answers, by a part of the request's path. */
async function foundBy(answers: Readonly<Record<string, unknown>>) {
  const { asked, client } = clientOf(
    (path) => Object.entries(answers).find(([part]) => path.includes(`/${part}`))?.[1],
  );
  return { ...(await lastDeploys(["eu-dev"], client, "acme/security")), asked };
}

test("the last deploy that succeeded is found behind one that failed and one that waits", async () => {
  const { found, asked } = await foundBy({
    "deployments?": [3, 2, 1].map((id) => ({ id, sha: SHA(String(id)) })),
    "deployments/3/": [{ state: "waiting" }],
    "deployments/2/": [{ state: "failure", log_url: LOG }, { state: "in_progress" }],
    "deployments/1/": [
      { state: "inactive", log_url: "" },
      { state: "success", log_url: LOG },
    ],
  });
  expect(found).toEqual([{ environment: "eu-dev", commit: SHA("1"), run: "4711" }]);
  expect(asked[0]).toBe("/repos/acme/security/deployments?environment=eu-dev&per_page=100&page=1");
});

test.each([undefined, null, "", "https://example.org/"])(
  "where GitHub names no run but %p, only the commit is known",
  async (log_url) => {
    const { found } = await foundBy({
      "deployments?": [{ id: 1, sha: SHA("a") }],
      "deployments/1/": [{ state: "success", log_url }],
    });
    expect(found).toEqual([{ environment: "eu-dev", commit: SHA("a"), run: "" }]);
  },
);

test("an environment that was never deployed has none", async () => {
  expect(await foundBy({ "deployments?": [] })).toMatchObject({ found: [], problems: [] });
});

/** The answers of a GitHub with this many deploys of every environment, the newest first, of which these succeeded. */
const history = (deploys: number, succeeded: readonly number[]) => (path: string) => {
  const [, id] = /deployments\/(\d+)\//.exec(path) ?? [];
  const state = succeeded.includes(Number(id)) ? "success" : "failure";
  const [, size, page] = /per_page=(\d+)&page=(\d+)$/.exec(path) ?? [];
  const start = Number(size) * (Number(page) - 1);
  const all = Array.from({ length: deploys }, (_, place) => ({ id: deploys - place, sha: SHA("a") }));
  return id === undefined ? all.slice(start, start + Number(size)) : [{ state, log_url: LOG }];
};

const lists = (asked: readonly string[]) => asked.filter((path) => path.includes("deployments?"));

test.each([
  [31, 1, 1],
  [100, 1, 1],
  [101, 1, 2],
  [500, 1, 5],
])("of %d deploys, the only one that succeeded is found although it is the oldest", async (all, id, page) => {
  const { asked, client } = clientOf(history(all, [id]));
  const { found } = await lastDeploys(["dev"], client, "acme/security");
  expect(found).toMatchObject([{ environment: "dev", run: "4711" }]);
  expect(lists(asked)).toHaveLength(page);
});

test.each([
  [1, 1],
  [100, 2],
  [499, 5],
  [2000, 5],
])("of %d deploys without a success it is unknown what is deployed, and that is said", async (all, pages) => {
  const { asked, client } = clientOf(history(all, []));
  const { found, problems } = await lastDeploys(["dev"], client, "acme/security");
  expect(found).toEqual([]);
  expect(problems).toMatchObject([{ at: "deploys of dev", got: `none of the last ${Math.min(all, 500)} succeeded` }]);
  expect(lists(asked)).toHaveLength(pages);
});

test("an environment of which nothing is known keeps no other from being found", async () => {
  const answer = history(1, [1]);
  const { client } = clientOf((path) => (path.includes("environment=odd&") ? undefined : answer(path)));
  const { found, problems } = await lastDeploys(["dev", "odd", "staging"], client, "acme/security");
  expect(found.map(({ environment }) => environment)).toEqual(["dev", "staging"]);
  expect(problems).toMatchObject([{ at: "deploys of odd", got: "GitHub answered 500" }]);
});

test.each([[[{ id: 1, sha: "main" }]], [[{ id: "1; ls", sha: SHA("a") }]], [{ message: "Not Found" }]])(
  "%j is no answer",
  async (answer) => {
    const { found, problems } = await foundBy({ "deployments?": answer });
    expect([found, problems.length]).toEqual([[], 1]);
  },
);
