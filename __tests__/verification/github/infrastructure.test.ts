import type { Environment } from "../../../policy/environment";
import { Policy } from "../../../policy/policy";
import { formerNamesOfInfrastructure, writesToInfrastructure } from "../../../verification/github/infrastructure";
import { Model } from "../../../verification/terraform/model";
import { sceneOf } from "../../support/proof-scenes";
import { production } from "../../../environments/production";
import { STATEMENT_IDS } from "../../../policy/statements";
import { unknownAbout } from "../../../verification/statements/unknowns";
import { anEnvironment } from "../../support/environments";
import { aRepository, FOR_PEOPLE, NOT_FOR_PEOPLE } from "../../support/repositories";

const FILE = "github_repository_file";
const REPOSITORIES = [aRepository("example/api")];

/** The reason why a resource may change the deploy of the app, if it may. */
function reasonOf(type: string, body: object, members: Partial<Environment>, provider: object = { owner: "example" }) {
  const json = { provider: { github: [provider] }, resource: { [type]: { x: body } } };
  const policies = Policy.across([anEnvironment({ repositories: REPOSITORIES, ...members })]);
  const [found, ...more] = writesToInfrastructure(Model.of([{ name: "shop", json }]), policies);
  expect(more).toEqual([]);
  return found?.reason;
}

const NAMED = { infrastructure: "example/infrastructure" };
const IT = { repository: "infrastructure" };

/** Resources that change the code that workflows run, or who has a right in a repository. */
const MAY_CHANGE: readonly (readonly [type: string, body: object])[] = [
  ...[".github/workflows/deploy.yml", ".github/workflows/snyk.yml", "main.ts", "package.json", ...NOT_FOR_PEOPLE].map(
    (file) => [FILE, { file }] as const,
  ),
  ...["README.md/", "%2Egithub/x.md", "${var.file}", "", undefined].map((file) => [FILE, { file }] as const),
  ["github_actions_secret", { secret_name: "SNYK_TOKEN" }],
  ["github_actions_variable", { variable_name: "X" }],
  ["github_actions_environment_secret", {}],
  ["github_repository_collaborator", { permission: "pull" }],
  ["github_repository_deploy_key", {}],
  ["github_repository_environment", {}],
  ["github_team_repository", {}],
  ["github_unheard_of", {}],
];

const MAY_NOT: readonly (readonly [type: string, body: object])[] = [
  ...FOR_PEOPLE.map((file) => [FILE, { file }] as const),
  ["github_issue_label", {}],
  ["github_repository_topics", {}],
  ["github_repository_ruleset", {}],
  ["github_repository_vulnerability_alerts", {}],
];

describe("the repository whose workflows deploy the app", () => {
  test.each(MAY_CHANGE)("is changed, where it is named, by %s %j", (type, body) => {
    expect(reasonOf(type, { ...IT, ...body }, NAMED)).toMatch(/what the workflows of example\/infrastructure run/);
  });

  test("is assumed to have no former name among the others that are changed, and that no plan checks", () => {
    const names = (repository: string, condition = "") => {
      const lifecycle = { postcondition: [{ condition, error_message: "x" }] };
      const json = {
        provider: { github: [{ owner: "example" }] },
        data: { github_repository: { x: { name: repository, lifecycle } } },
        resource: { [FILE]: { x: { repository, file: "main.ts" } } },
      };
      const policies = Policy.across([anEnvironment({ repositories: REPOSITORIES, ...NAMED })]);
      return formerNamesOfInfrastructure(Model.of([{ name: "shop", json }]), policies);
    };
    const assumed = "example/old is no former name of example/infrastructure, which no plan checks";
    expect(names("old")).toEqual([assumed]);
    expect(names("old", '${lower(self.full_name) == "example/old"}')).toEqual([]);
    expect(names("infrastructure")).toEqual([]);
  });

  test.each(MAY_CHANGE)("isn't changed, where it is named, by what is written into another: %s %j", (type, body) => {
    for (const repository of ["docs", "api", "infrastructure2"])
      expect(reasonOf(type, { ...body, repository }, NAMED)).toBeUndefined();
    expect(reasonOf(type, { ...IT, ...body }, NAMED, { owner: "other" })).toBeUndefined();
  });

  test.each(["INFRASTRUCTURE", "./infrastructure", "infrastructure.git", "x/../infrastructure", "${var.repository}"])(
    "is changed by what is written into %s",
    (repository) => {
      expect(reasonOf(FILE, { file: "main.ts", repository }, NAMED)).toBeDefined();
      expect(reasonOf(FILE, { ...IT, file: "main.ts" }, NAMED, {})).toBeDefined();
    },
  );

  test.each(MAY_CHANGE)("may be any that no environment owns until it is named: %s %j", (type, body) => {
    const advice = /^docs may be the repository whose workflows deploy the app.*name that one by infrastructure$/;
    expect(reasonOf(type, { ...body, repository: "docs" }, {})).toMatch(advice);
    expect(reasonOf(type, { ...body, repository: "api" }, {})).toBeUndefined();
    expect(reasonOf(type, { ...body, repository: "./api" }, {})).toBeDefined();
  });

  test.each(MAY_NOT)("isn't changed by %s %j", (type, body) => {
    for (const members of [NAMED, {}]) expect(reasonOf(type, { ...IT, ...body }, members)).toBeUndefined();
  });

  test("may be one that an environment owns: what the statements about code judge there is theirs", () => {
    const own = { infrastructure: "Example/API" };
    const of = (type: string, body: object) => reasonOf(type, { ...body, repository: "api" }, own);
    for (const file of [".github/workflows/snyk.yml", ".github/dependabot.yml", ".github/security/snyk-scan.cjs"])
      expect(of(FILE, { file })).toBeUndefined();
    expect(of("github_actions_secret", { secret_name: "snyk_token" })).toBeUndefined();
    expect(of("github_actions_secret", { secret_name: "CLOUDFLARE_API_TOKEN" })).toBeDefined();
    expect(of(FILE, { file: ".github/workflows/deploy.yml" })).toBeDefined();
  });

  test("is new where a stack makes a repository of its name", () => {
    expect(reasonOf("github_repository", { name: "infrastructure" }, NAMED)).toBeDefined();
    expect(reasonOf("github_repository", { name: "docs" }, NAMED)).toBeUndefined();
  });
});

test("a write to what deploys the app bears on every statement of every environment", () => {
  const scene = sceneOf([production], ({ stacks }) => {
    const resource = stacks["production"]?.json["resource"] as Record<string, Record<string, object>>;
    resource["github_repository_deploy_key"] = { x: IT };
  });
  for (const id of STATEMENT_IDS)
    expect(unknownAbout(id, scene).map(({ reason }) => reason)).toContainEqual(
      expect.stringContaining("which deploy the app with every credential"),
    );
});
