import { status } from "../../../rehearsal/fault";
import { REPOSITORY, Stand, testWrong, wholeShop, type Wrong } from "./stand";

let stand: Stand;
beforeEach(async () => {
  stand = await Stand.start();
});
afterEach(() => stand.stop());

const WRONG: readonly Wrong[] = [
  [
    "no Actions secret",
    ({ repository }) => repository.secrets.delete("actions/SNYK_TOKEN"),
    `github/actions-secret/${REPOSITORY}`,
    /has no Actions secret SNYK_TOKEN/,
  ],
  [
    "no Dependabot secret",
    ({ repository }) => repository.secrets.delete("dependabot/SNYK_TOKEN"),
    `github/dependabot-secret/${REPOSITORY}`,
    /has no Dependabot secret SNYK_TOKEN/,
  ],
  [
    "another default branch",
    ({ repository }) => (repository.defaultBranch = "trunk"),
    `github/branch/${REPOSITORY}`,
    /default branch trunk/,
  ],
  [
    "an archived repository",
    ({ repository }) => (repository.archived = true),
    `github/archived/${REPOSITORY}`,
    /is archived/,
  ],
  [
    "a workflow of somebody's",
    ({ repository }) => repository.files.set(".github/workflows/snyk.yml", Buffer.from("name: ours\n")),
    `github/file/${REPOSITORY}:.github/workflows/snyk.yml`,
    /overwrites \.github\/workflows\/snyk\.yml/,
  ],
  [
    "a ruleset of the gate's name",
    ({ repository }) => repository.rulesets.set("42", { id: 42, name: "snyk-gate" }),
    `github/ruleset/${REPOSITORY}:42`,
    /has a ruleset snyk-gate already/,
  ],
];

testWrong(() => stand, WRONG);

test("counts an Actions secret that the organization shares", async () => {
  stand.repository.secrets.delete("actions/SNYK_TOKEN");
  stand.repository.sharedSecrets.push("SNYK_TOKEN");
  expect(await stand.findings()).toEqual([]);
  stand.repository.sharedSecrets.pop();
  stand.online.github.strike(status(403), { at: /organization-secrets/ });
  expect(await stand.findings()).toMatchObject([{ id: `github/actions-secret/${REPOSITORY}`, level: "undecided" }]);
});

test.each([
  ["has no access", () => stand.repository.teams.delete("security"), /security has no access to/],
  ["may only read", () => stand.repository.teams.set("security", "pull"), /security may only pull in/],
])("the gate's team that %s is found", async (_what, spoil, what) => {
  spoil();
  expect(await stand.findings()).toMatchObject([
    { id: `github/gate-team/${REPOSITORY}`, level: "failure", what: expect.stringMatching(what) },
  ]);
});

test("the gate's team that the token may not see is unknown", async () => {
  stand.repository.teams.delete("security");
  stand.online.github.strike(status(404), { at: /orgs\/.*\/teams/ });
  expect(await stand.findings()).toMatchObject([{ id: `github/gate-team/${REPOSITORY}`, level: "undecided" }]);
});

test("a file that is overwritten may be dropped by name", async () => {
  stand.repository.files.set(".github/dependabot.yml", Buffer.from("version: 2\nupdates: []\n"));
  const drop = [`${REPOSITORY}:.github/dependabot.yml`];
  expect(await stand.findings(wholeShop(), { drop })).toMatchObject([{ level: "notice" }]);
});

test("a single file that can't be read is undecided", async () => {
  stand.online.github.strike(status(403), { at: /contents\/.*dependabot\.yml/ });
  expect(await stand.findings()).toMatchObject([
    { id: `github/file/${REPOSITORY}:.github/dependabot.yml`, level: "undecided" },
  ]);
});
