import { GithubPlan } from "../../policy/github-plan";
import { Repository } from "../../policy/repository";
import { ScannedManifest } from "../../policy/scanned-manifest";

/** A penetration test's cadence without example values. */
export const A_CADENCE = {
  adoptedOn: "2026-01-15",
  publicApi: ["https://api.shop.dev"],
  dashboard: ["https://app.shop.dev"],
};

/** Files that people read, and no program. */
export const FOR_PEOPLE = [
  ...["README.md", "packages/api/README.md", "docs/a.md", "docs/images/a.png", "LICENSE", "NOTICE", ".editorconfig"],
  ...[".github/FUNDING.yml", ".github/ISSUE_TEMPLATE/bug.yml", ".github/DISCUSSION_TEMPLATE/ideas.yml"],
];

/** Files like those, which some program may read. */
export const NOT_FOR_PEOPLE = [
  ...["docs/a.py", "a.png", "docs/README.md.py", "NOTICE/a.txt", "a.md/b", "FUNDING.yml", ".github/CODEOWNERS"],
  ...["package.json/README.md", ".github/dependabot.yml/LICENSE"],
  ...[".github/ISSUE_TEMPLATE.yml", "x/.github/ISSUE_TEMPLATE/bug.yml", "docs/a.svg.cjs", "LICENSE.toml"],
];

/** A repository that lacks nothing, without example values. */
export function aRepository(name = "acme/api", overrides: Partial<Repository> = {}): Repository {
  return Repository.of(name, {
    plan: GithubPlan.TEAM,
    codeSecurity: true,
    manifests: [ScannedManifest.uv("uv.lock")],
    gate: { terraformApp: "123456", reviewedBy: "security" },
    pentest: A_CADENCE,
    ...overrides,
  });
}
