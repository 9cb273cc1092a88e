import type { StatementId } from "../../../policy/statements";
import type { JsonTree } from "../folder";
import { bodyKind, type Kind } from "../kind";

const RULESET = "github_repository_ruleset";
const breaks: readonly StatementId[] = ["SCAN-1"];

const ruleset = (name: string, ...members: readonly JsonTree[]): Kind =>
  bodyKind(name, RULESET, () =>
    members.map((each) => ({
      ...{ what: JSON.stringify(each), breaks },
      change: (body) => void Object.assign(body, each),
    })),
  );

const rules = (name: string, ...members: readonly JsonTree[]): Kind =>
  bodyKind(name, RULESET, () =>
    members.map((each) => ({
      ...{ what: JSON.stringify(each), breaks },
      change: (body) => void Object.assign(body["rules"] as JsonTree, each),
    })),
  );

const bypassing = (...actors: readonly JsonTree[]): Kind =>
  bodyKind("add a bypass actor", RULESET, () =>
    actors.map((actor) => ({
      ...{ what: JSON.stringify(actor), breaks },
      change: (body) => void (body["bypass_actors"] as JsonTree[]).push(actor),
    })),
  );

const onBranches = (members: JsonTree): JsonTree => ({
  conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [], ...members } },
});

const check = (members: JsonTree): JsonTree => ({ context: "snyk-gate", integration_id: 15368, ...members });

const checks = (...required: readonly JsonTree[]): JsonTree => ({
  required_status_checks: { required_check: required, strict_required_status_checks_policy: false },
});

interface Review {
  readonly file_patterns: string[];
  minimum_approvals: number;
}

function reviewOf(body: JsonTree): Review {
  const { pull_request: pullRequest } = body["rules"] as { readonly pull_request: JsonTree };
  return (pullRequest["required_reviewers"] as [Review])[0];
}

const REVIEWS: readonly { readonly what: string; readonly change: (review: Review) => void }[] = [
  ...[0, 1, 2].map((index) => ({
    what: `pattern ${index}`,
    change: ({ file_patterns: patterns }: Review) => void patterns.splice(index, 1),
  })),
  { what: "no approval", change: (review) => (review.minimum_approvals = 0) },
];

export const GATE_KINDS: readonly Kind[] = [
  bodyKind("drop the ruleset", RULESET, () => [{ breaks }]),
  ruleset(
    "let the ruleset be inactive",
    { enforcement: "evaluate" },
    { enforcement: "disabled" },
    { enforcement: "${var.enforcement}" },
  ),
  ruleset("rule over something else", { target: "tag" }, { target: "push" }),
  ruleset("rule over another repository", { repository: "other" }),
  ruleset("create a variable number of rulesets of repositories", { count: "${var.count}" }),
  ruleset(
    "rule over other branches",
    onBranches({ include: ["refs/heads/release"] }),
    onBranches({ exclude: ["~DEFAULT_BRANCH"] }),
    onBranches({ exclude: ["refs/heads/main"] }),
    onBranches({ exclude: ["refs/heads/m*"] }),
    onBranches({ include: [] }),
    { conditions: null },
  ),
  bypassing(
    { actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "always" },
    { actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "pull_request" },
    { actor_id: 1, actor_type: "OrganizationAdmin", bypass_mode: "always" },
    { actor_id: 42, actor_type: "Team", bypass_mode: "pull_request" },
    { actor_id: 1234, actor_type: "Integration", bypass_mode: "always" },
    { actor_type: "DeployKey", bypass_mode: "always" },
    { actor_id: "${var.actor}", actor_type: "Team", bypass_mode: "always" },
  ),
  ruleset("change the bypass actor", {
    bypass_actors: [{ actor_id: 9_999_999_998, actor_type: "Integration", bypass_mode: "always" }],
  }),
  rules("drop the required check", { required_status_checks: undefined }, checks()),
  rules(
    "require another check",
    checks(check({ context: "snyk" })),
    checks(check({ context: "Snyk-Gate" })),
    checks(check({ context: "${var.check}" })),
  ),
  rules(
    "take the check from anybody",
    checks(check({ integration_id: undefined })),
    checks(check({ integration_id: 1 })),
    checks(check({ integration_id: 0 })),
  ),
  rules("leave pull requests out of the ruleset", { pull_request: undefined }),
  bodyKind("drop the review of what the gate is made of", RULESET, () =>
    [{ required_reviewers: [] }, { required_reviewers: undefined }].map((members) => ({
      ...{ what: JSON.stringify(members), breaks },
      change: (body) => void Object.assign((body["rules"] as JsonTree)["pull_request"] as JsonTree, members),
    })),
  ),
  bodyKind("review less of what the gate is made of", RULESET, () =>
    REVIEWS.map(({ what, change }) => ({ ...{ what, breaks }, change: (body) => change(reviewOf(body)) })),
  ),
];
