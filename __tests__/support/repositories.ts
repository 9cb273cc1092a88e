import { GithubPlan } from "../../policy/github-plan";
import { Repository } from "../../policy/repository";
import { ScannedManifest } from "../../policy/scanned-manifest";

/** A penetration test's cadence without example values. */
export const A_CADENCE = {
  adoptedOn: "2026-01-15",
  publicApi: ["https://api.shop.dev"],
  dashboard: ["https://app.shop.dev"],
};

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
