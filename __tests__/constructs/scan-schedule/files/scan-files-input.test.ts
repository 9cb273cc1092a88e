import { scanFilesInput } from "../../../../constructs/scan-schedule/files/scan-files-input";
import { GithubPlan, RepositoryVisibility } from "../../../../policy/github-plan";
import { Repository } from "../../../../policy/repository";
import { ScannedManifest } from "../../../../policy/scanned-manifest";
import { Severity } from "../../../../policy/snyk-options";

const inputOf = (promise: Partial<Repository> = {}) =>
  scanFilesInput(
    Repository.of("acme/api", {
      plan: GithubPlan.FREE,
      manifests: [ScannedManifest.npm("package-lock.json")],
      ...promise,
    }),
  );

test("the defaults are those that are documented", () => {
  expect(inputOf()).toEqual({
    repository: "acme/api",
    manifests: [{ packageManager: "npm", path: "package-lock.json" }],
    defaultBranch: "main",
    codeScanning: false,
    severity: "high",
    blockWhenUnavailable: false,
    monitor: true,
    tokenSecret: "SNYK_TOKEN",
    dependabotSecret: true,
  });
});

test("what a repository says wins over the defaults", () => {
  const snyk = { severity: Severity.LOW, monitor: false, organization: "acme" };
  expect(inputOf({ defaultBranch: "trunk", snyk })).toMatchObject({ defaultBranch: "trunk", ...snyk });
});

test.each([
  [true, { visibility: RepositoryVisibility.PUBLIC }],
  [true, { plan: GithubPlan.TEAM, codeSecurity: true }],
  [false, { plan: GithubPlan.ENTERPRISE }],
  [false, { plan: GithubPlan.ENTERPRISE, visibility: RepositoryVisibility.INTERNAL }],
])("that there is code scanning is %s for %j", (codeScanning, terms) => {
  expect(inputOf(terms).codeScanning).toBe(codeScanning);
});

test("whether the token is written has no influence on the files", () => {
  expect(inputOf({ snyk: { writeToken: true } })).toEqual(inputOf());
});
