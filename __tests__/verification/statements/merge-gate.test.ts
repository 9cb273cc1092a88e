import { Accept } from "../../../policy/accept";
import { production } from "../../../environments/production";
import type { MergeGate } from "../../../policy/repository";
import { type Change, sceneOf } from "../../support/proof-scenes";
import {
  all,
  both,
  type Edit,
  judged,
  PENTESTS,
  removed,
  replaced,
  type Row,
  SCANS,
  set,
  SNYK,
  undeciding,
  verdictsAfter,
  violating,
  withResource,
} from "./repository-changes";
import { sample } from "../../support/sample";

const workflow = (from: string, to: string): Change => replaced(SNYK, from, to);
const violated = violating("SCAN-1");
const undecided = undeciding("SCAN-1");

const CHECK: readonly Edit[] = [
  ["it has another name", workflow("name: snyk-gate", "name: gate")],
  ["it is skipped where the scan fails", workflow("if: $${{ always() }}\n    needs", "needs")],
  ["it runs where the scan fails only", workflow("if: $${{ always() }}\n    needs", "if: failure()\n    needs")],
  ["it waits for nothing", workflow("needs: [scan]\n    runs-on", "runs-on")],
  ["its failure is forgiven", workflow("name: snyk-gate", "name: snyk-gate\n    continue-on-error: true")],
  ["its step's failure is forgiven", workflow("- name: Judge the legs", "- continue-on-error: true")],
  ["its step is skipped", workflow("- name: Judge the legs", "- if: false")],
  ["it is told that all is well", workflow("RESULT: $${{ needs.scan.result }}", "RESULT: success")],
  ["everything is a fork's", workflow("FORK: $${{ github.event_name == 'pull_request' &&", "FORK: $${{ true ||")],
  ["its script is another", workflow("exit 1 ;;", "exit 0 ;;")],
  ["it does more", workflow("- name: Judge the legs", "- run: echo\n      - name: Judge the legs")],
  ["it has legs", workflow("name: snyk-gate", "name: snyk-gate\n    strategy: { matrix: { x: [a] } }")],
  ["it has no time", workflow("timeout-minutes: 5\n    permissions: {}", "timeout-minutes: 0.01\n    permissions: {}")],
  ["another job has its name", workflow("name: report", "name: snyk-gate")],
  ["another job may have its name", workflow("name: report", "name: snyk-$${{ github.job }}")],
];

const TYPE = "github_repository_ruleset";
const ruleset = (path: string, value: unknown): Change => set(TYPE, "api", path, value);
const APP = { actor_id: 9_999_999_999, actor_type: "Integration", bypass_mode: "always" };
const CHECKS = "/rules/required_status_checks/required_check/0";
const REVIEWERS = "/rules/pull_request/required_reviewers";

const RULESET: readonly Row[] = [
  ["it is gone", removed(TYPE, "api"), violated],
  ["it is disabled", ruleset("/enforcement", "disabled"), violated],
  ["it is only evaluated", ruleset("/enforcement", "evaluate"), violated],
  ["whether it is active is unknown", ruleset("/enforcement", "${var.enforcement}"), undecided],
  ["it is for tags", ruleset("/target", "tag"), violated],
  ["it is for another branch", ruleset("/conditions/ref_name/include", ["refs/heads/dev"]), violated],
  ["it excludes the branch", ruleset("/conditions/ref_name/exclude", ["refs/heads/main"]), violated],
  ["it excludes by a pattern", ruleset("/conditions/ref_name/exclude", ["refs/heads/m*"]), undecided],
  [
    "somebody else may bypass it",
    ruleset("/bypass_actors", [APP, { ...APP, actor_id: 5, actor_type: "RepositoryRole" }]),
    violated,
  ],
  ["another App may bypass it", ruleset("/bypass_actors/0/actor_id", 1), violated],
  ["it is bypassed in another way", ruleset("/bypass_actors/0/bypass_mode", "exempt"), violated],
  ["nobody may bypass it", ruleset("/bypass_actors", []), violated],
  ["who may bypass it is unknown", ruleset("/bypass_actors/0/actor_id", "${var.app}"), undecided],
  ["it requires another check", ruleset(`${CHECKS}/context`, "other"), violated],
  ["it takes the check of anybody", removed(TYPE, "api", `${CHECKS}/integration_id`), violated],
  ["it takes the check of another App, in words", ruleset(`${CHECKS}/integration_id`, "1"), violated],
  [
    "an approval outlives what it was for, in words",
    ruleset("/rules/pull_request/dismiss_stale_reviews_on_push", "false"),
    violated,
  ],
  ["it requires no check", removed(TYPE, "api", "/rules/required_status_checks"), violated],
  ["it asks no team", removed(TYPE, "api", REVIEWERS), violated],
  ["it asks another team", ruleset(`${REVIEWERS}/0/reviewer/id`, 1), violated],
  ["it asks for some paths", ruleset(`${REVIEWERS}/0/file_patterns`, [".github/security/**"]), violated],
  ["it may leave a path out", ruleset(`${REVIEWERS}/0/file_patterns/3`, "!.github/workflows/x.yml"), undecided],
  ["it asks for no approval", ruleset(`${REVIEWERS}/0/minimum_approvals`, 0), violated],
  [
    "an approval outlives what it was for",
    ruleset("/rules/pull_request/dismiss_stale_reviews_on_push", false),
    violated,
  ],
  ["it comes before the workflow", removed(TYPE, "api", "/depends_on"), violated],
  ["it has two owners", withResource(TYPE, { name: "snyk-gate", target: "branch" }), undecided],
  ["it is another repository's", ruleset("/repository", "other"), violated],
];

const HARMLESS: readonly Edit[] = [
  ["another ruleset beside it", withResource(TYPE, { name: "history", target: "branch", enforcement: "disabled" })],
  ["its App in words", ruleset(`${CHECKS}/integration_id`, "15368")],
  ["its approvals in words", ruleset(`${REVIEWERS}/0/minimum_approvals`, "1")],
  ["its dismissal in words", ruleset("/rules/pull_request/dismiss_stale_reviews_on_push", "true")],
  ["one more rule", ruleset("/rules/non_fast_forward", true)],
  ["one more path", ruleset(`${REVIEWERS}/0/file_patterns/3`, "docs/**")],
  ["branches up to date", ruleset("/rules/required_status_checks/strict_required_status_checks_policy", true)],
  ["the branch by its name", ruleset("/conditions/ref_name/include", ["refs/heads/main"])],
  ["another branch excluded", ruleset("/conditions/ref_name/exclude", ["refs/heads/dev"])],
  ["a condition in a list", ruleset("/conditions", [{ ref_name: [{ include: ["~ALL"], exclude: [] }] }])],
  ["another name", ruleset("/name", "security")],
];

describe("the gate of a repository", () => {
  test.each(sample(CHECK, 5))("is unknown where the check is another: %s", (_, change) => {
    expect(verdictsAfter(change)).toEqual(undeciding(...SCANS, ...PENTESTS));
  });

  test.each(sample(RULESET, 5))("is not held where the ruleset is wrong: %s", (_, change, verdicts) => {
    expect(verdictsAfter(change)).toEqual(verdicts);
  });

  test.each(sample(HARMLESS, 5))("is held all the same: %s", (_, change) => {
    expect(verdictsAfter(change)).toEqual({});
  });

  test("says who could report its check", () => {
    const assumptionsOf = (gate: MergeGate): readonly string[] => {
      const repositories = (production.repositories ?? []).map((each) => ({ ...each, gate }));
      const result = judged("SCAN-1", sceneOf([{ ...production, repositories }]));
      return result.verdict === "proven" ? result.assumptions : [];
    };
    const people = "no workflow that people write into example/api reports snyk-gate";
    expect(assumptionsOf({ terraformApp: "123", reviewedBy: "security" })).toEqual(
      expect.arrayContaining([
        "security approves no change of example/api that reports snyk-gate whatever Snyk finds",
        people,
      ]),
    );
    expect(assumptionsOf({ terraformApp: "123" })).toEqual(
      expect.arrayContaining([
        "no pull request to example/api reports snyk-gate itself: it brings the workflow that does, and the policy names no team that reviews that",
        people,
      ]),
    );
  });

  test("is only declared where the policy has none", () => {
    const repositories = (production.repositories ?? []).map(({ gate: _, ...rest }) => rest);
    const accept = [Accept.declared("SCAN-1", "the plan of the owner has no rulesets")];
    expect(verdictsAfter(() => undefined, { ...production, repositories, accept })).toEqual(
      all("declared", ["SCAN-1"]),
    );
  });

  test("is held without a team where the policy names none", () => {
    const repositories = (production.repositories ?? []).map((each) => ({ ...each, gate: { terraformApp: "123" } }));
    expect(verdictsAfter(() => undefined, { ...production, repositories })).toEqual({});
    const unasked = both(removed(TYPE, "api", "/rules/required_status_checks"));
    expect(verdictsAfter(unasked, { ...production, repositories })).toEqual(violated);
  });
});
