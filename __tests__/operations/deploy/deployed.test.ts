import { lastDeployed } from "../../../operations/deploy/deployed";
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
  expect(lines()[0]).toBe("gh api repos/acme/security/deployments?environment=eu-dev&per_page=30");
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
  const failed = { "deployments?": [{ id: 1, sha: SHA("a") }], "deployments/1/": [{ state: "error" }] };
  expect(await asked(failed).found).toBeUndefined();
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
