import type { MergeGate } from "../../policy/repository";
import { Strength } from "../../policy/statements";
import {
  booleanOf,
  numberOf,
  isList,
  Opaque,
  plain,
  type Value,
  type ValueObject,
  objectsIn,
} from "../terraform/value";
import type { Resource } from "../terraform/stack";
import { membersOf } from "../terraform/json";
import { allOf, enforced, proven, type Result, undecided } from "../result";
import { controlOf, holds, ifFound, lacking, onlyOne, programsOf, violated, type Subject } from "./subject";
import { CHECK, snykWorkflowOf } from "./snyk-workflow";

/** The App "GitHub Actions" on github.com. */
const GITHUB_ACTIONS = 15_368;

/** A merge into the default branch needs the check. Only the App that the policy names gets past it. */
export function mergeNeedsCheck(subject: Subject): Result | readonly Result[] {
  const { promise, written } = subject;
  if (promise.gate === undefined) {
    return proven(Strength.DECLARED, [], {
      notes: [`the policy requires no check in ${written.name}: pull requests are merged whatever Snyk finds`],
    });
  }
  const { gate } = promise;
  const candidates = written.rulesets.filter(concernsCheck);
  const named = candidates.filter(({ attributes: { name } }) => name === CHECK);
  const owner = onlyOne(`the ruleset ${CHECK} of ${written.name}`, named);
  if (owner !== undefined && owner.kind !== "found") return owner;
  const judged = candidates.map((ruleset) => {
    const conclusion = allOf(rulesOf(subject, gate, ruleset));
    if (conclusion.verdict !== "proven") return conclusion;
    const people = `no workflow that people write into ${written.name} reports ${CHECK}`;
    return { ...conclusion, controls: [controlOf(ruleset)], assumptions: [...conclusion.assumptions, people] };
  });
  // Rulesets add up: no other ruleset takes the check of one away.
  return (
    judged.find(({ verdict }) => verdict === "proven") ??
    judged[0] ??
    lacking(subject, `no ruleset requires the check ${CHECK}`, "add the ruleset, as ScanSchedule does")
  );
}

function concernsCheck({ attributes }: Resource): boolean {
  const { name } = attributes;
  return typeof name !== "string" || name === CHECK || JSON.stringify(plain(attributes)).includes(CHECK);
}

function rulesOf(subject: Subject, gate: MergeGate, ruleset: Resource): readonly Result[] {
  const { target, enforcement, conditions, bypass_actors: actors, rules } = ruleset.attributes;
  const [rule = {}] = objectsIn(rules);
  return [
    memberIs(ruleset, "target", target, "branch"),
    memberIs(ruleset, "enforcement", enforcement, "active"),
    branchIsDefault(ruleset, conditions, subject.branch),
    bypassedBy(ruleset, actors, gate),
    requiresCheck(ruleset),
    ...reviewed(subject, gate, ruleset, rule["pull_request"]),
    ...comesLast(subject, ruleset),
  ];
}

function memberIs(ruleset: Resource, member: string, value: Value | undefined, wanted: string): Result {
  const by = controlOf(ruleset, `/${member}`);
  if (value instanceof Opaque) return undecided(`only the apply knows its ${member}`, by);
  return holds(
    value === wanted,
    by,
    `its ${member} is ${String(plain(value ?? null))}, so that nothing is required`,
    `set it to "${wanted}"`,
  );
}

function branchIsDefault(ruleset: Resource, conditions: Value | undefined, branch: string): Result {
  const by = controlOf(ruleset, "/conditions");
  const [reference] = objectsIn(conditions).flatMap(({ ref_name: names }) => objectsIn(names));
  const included = textsIn(reference?.["include"]);
  const excluded = textsIn(reference?.["exclude"]);
  if (included === undefined || excluded === undefined)
    return undecided("only the apply knows which branches it is for", by);
  const names = ["~DEFAULT_BRANCH", "~ALL", `refs/heads/${branch}`];
  const change = 'include "~DEFAULT_BRANCH" and exclude nothing';
  if (excluded.some((each) => names.includes(each))) return violated(`it excludes the branch ${branch}`, by, change);
  if (excluded.length > 0 && !excluded.every(isOtherBranch))
    return undecided("whether a pattern excludes the default branch isn't modelled", by);
  return holds(
    included.some((each) => names.includes(each)),
    by,
    `it isn't for the branch ${branch}`,
    change,
  );
}

const isOtherBranch = (reference: string): boolean => /^refs\/heads\/[\w./-]+$/.test(reference);

function bypassedBy(ruleset: Resource, actors: Value | undefined, { terraformApp }: MergeGate): Result {
  const by = controlOf(ruleset, "/bypass_actors");
  const wanted = named({ actor_id: Number(terraformApp), actor_type: "Integration", bypass_mode: "always" });
  const found = objectsIn(actors);
  if (found.some((actor) => Object.values(actor).some((value) => value instanceof Opaque))) {
    return undecided("only the apply knows who may bypass it", by);
  }
  const other = found.map(named).find((actor) => actor !== wanted);
  const change = `let the App ${terraformApp} bypass it always, and no other actor`;
  if (other !== undefined) return violated(`${other} may bypass it, whom the policy doesn't name`, by, change);
  return holds(
    found.length > 0,
    by,
    `the App ${terraformApp} may not bypass it, so that it can't write the scan's files`,
    change,
  );
}

const named = ({ actor_id: id, actor_type: type, bypass_mode: mode }: ValueObject): string =>
  `${String(type)} ${String(id)} (${String(mode)})`;

/** The demands of a ruleset for the check. */
export function demandsForCheck({ attributes: { rules } }: Resource): readonly ValueObject[] {
  const [rule = {}] = objectsIn(rules);
  return objectsIn(rule["required_status_checks"])
    .flatMap(({ required_check: check }) => objectsIn(check))
    .filter(({ context }) => context === CHECK);
}

function requiresCheck(ruleset: Resource): Result {
  const by = controlOf(ruleset, "/rules");
  const ours = demandsForCheck(ruleset);
  const change = `require the check ${CHECK} of the App ${GITHUB_ACTIONS} (GitHub Actions)`;
  if (ours.length === 0) return violated(`it doesn't require the check ${CHECK}`, by, change);
  if (ours.some(({ integration_id: app }) => app instanceof Opaque))
    return undecided("only the apply knows whose check it requires", by);
  const isOurs = ours.some(({ integration_id: app }) => numberOf(app) === GITHUB_ACTIONS);
  return holds(isOurs, by, `anybody who may report a check can report ${CHECK}`, change);
}

/** The files by which a pull request could get past the check. */
const GATE_PATHS = [".github/workflows/**", ".github/security/**", "**/.snyk"];

/** A member of the team that the policy names approves each change of files that could change the check. */
function reviewed(
  subject: Subject,
  { reviewedBy }: MergeGate,
  ruleset: Resource,
  rule: Value | undefined,
): readonly Result[] {
  const { name } = subject.written;
  if (reviewedBy === undefined) {
    return [
      enforced([], {
        assumptions: [
          `no pull request to ${name} reports ${CHECK} itself: it brings the workflow that does, and the policy names no team that reviews that`,
        ],
      }),
    ];
  }
  const by = controlOf(ruleset, "/rules");
  const change = `require one approval of the team ${reviewedBy} for ${GATE_PATHS.join(", ")}, dismissed by later pushes`;
  const [pullRequest = {}] = objectsIn(rule);
  const asked = objectsIn(pullRequest["required_reviewers"]).find(
    (each) =>
      GATE_PATHS.every((path) => textsIn(each["file_patterns"])?.includes(path)) &&
      (numberOf(each["minimum_approvals"]) ?? 0) >= 1 &&
      objectsIn(each["reviewer"]).some(
        (reviewer) => reviewer["type"] === "Team" && slugOfTeam(subject, ruleset, reviewer["id"]) === reviewedBy,
      ),
  );
  // Patterns are like those of .gitignore: https://github.com/orgs/community/discussions/178776
  if (textsIn(asked?.["file_patterns"])?.some((pattern) => pattern.startsWith("!")) === true) {
    return [undecided("whether a negated pattern leaves out a file that could change the check isn't modelled", by)];
  }
  const isKept = booleanOf(pullRequest["dismiss_stale_reviews_on_push"]) === true;
  return [
    holds(
      asked !== undefined && isKept,
      by,
      `a pull request can edit the check that judges it: ${reviewedBy} needn't approve that`,
      change,
    ),
    enforced([], {
      assumptions: [`${reviewedBy} approves no change of ${name} that reports ${CHECK} whatever Snyk finds`],
    }),
  ];
}

/** The name by which a stack looks up the team of an id; undefined where it looks up none. */
export function slugOfTeam({ model }: Subject, { stack: name }: Resource, id: Value | undefined): unknown {
  const [, reference = ""] =
    id instanceof Opaque ? (/^\$\{data\.github_team\.([\w-]+)\.id\}$/.exec(id.text) ?? []) : [];
  const { github_team: teams } = membersOf(model.stack(name)?.json["data"]);
  const { slug, ...others } = membersOf(membersOf(teams)[reference]);
  return ELSEWHERE.some((key) => key in others) ? undefined : slug;
}

/** Members by which a team is another owner's, or one of several. */
const ELSEWHERE = ["provider", "count", "for_each"] as const;

/** A check that nothing reports would block every merge. */
function comesLast(subject: Subject, ruleset: Resource): readonly Result[] {
  return ifFound(snykWorkflowOf(subject), ({ file }) =>
    ifFound(programsOf(subject, "snyk-scan"), (programs) => {
      const late = [file, ...programs].find(({ resource }) => !subject.model.isAfter(ruleset, resource));
      const by = controlOf(ruleset, "/depends_on");
      if (late === undefined) return [enforced([by])];
      const what = `the check may be required before ${late.path} is written`;
      return [violated(what, by, `let it depend on ${late.resource.address}`)];
    }),
  );
}

/** A list of texts; undefined where only the apply knows one of them. */
function textsIn(value: Value | undefined): readonly string[] | undefined {
  if (value === undefined || value === null) return [];
  if (!isList(value)) return undefined;
  const texts = value.filter((each) => typeof each === "string");
  return texts.length === value.length ? texts : undefined;
}
