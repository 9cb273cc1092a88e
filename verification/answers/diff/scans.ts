import { Severity } from "../../../policy/snyk-options";
import { canonicalJson } from "../../terraform/json";
import { dependabotConfigIn } from "../../github/dependabot";
import { CHECK, type Leg, type SnykWorkflow, snykWorkflowOf } from "../../github/snyk-workflow";
import { controlOfFile, knownAt, PATHS, type Subject } from "../../github/subject";
import { type Control, controlAt } from "../../result";
import type { Resource } from "../../terraform/stack";
import { isList, nameOfValue, plain, type ValueObject, objectsIn } from "../../terraform/value";
import { Area } from "./difference";
import { type Fact, factsOf, held, type Level } from "./fact";
import { demandsForCheck, slugOfTeam } from "../../github/gate-ruleset";

/** The facts of a repository's scans: their subjects, their times, and the demands on a merge. */
export function scanFacts(subject: Subject): readonly Fact[] {
  return [...snykFacts(subject), ...gateFacts(subject), ...rulesetFacts(subject), ...dependabotFacts(subject)];
}

const aboutScans = ({ environment, written: { name } }: Subject, control: Control) =>
  factsOf({ area: Area.SCANS, environments: [environment], of: name, control });

const SEVERITIES: readonly string[] = Object.values(Severity);
const UNSCANNED = held(false, "not scanned by a workflow that is known");

/** The facts of the workflow that scans, where it is a known one. Without one, no scan is known. */
function snykFacts(subject: Subject): readonly Fact[] {
  const known = snykWorkflowOf(subject);
  if (known.kind !== "found") return [];
  const { file, value } = known.value;
  const { branch, severity, ...others } = value;
  const { name } = subject.written;
  const fact = aboutScans(subject, controlOfFile(file));
  const switched = (part: keyof typeof SWITCHES): Fact => {
    const [at, what, on, off] = SWITCHES[part];
    return fact(at, `${what} of ${name}`, held(value[part], value[part] ? on : off), UNKNOWN_SWITCH);
  };
  const said = (part: string, what: string, words: string): Fact =>
    fact(part, `the ${what} of ${name}`, { value: words }, { value: "not known" });
  return [
    ...value.legs.map((leg) => fact(leg.manifest, `${leg.manifest} of ${name}`, scanOf(leg), UNSCANNED)),
    fact(`push ${branch}`, `a push to ${branch} of ${name}`, held(true, "scanned by Snyk"), UNSCANNED),
    fact(`pull_request ${branch}`, `a pull request to ${branch} of ${name}`, held(true, "scanned by Snyk"), UNSCANNED),
    fact(
      "schedule",
      `the scheduled scan of ${name}`,
      held(true, "every week"),
      held(false, "never by a workflow that is known"),
    ),
    fact(
      "severity",
      `a vulnerability of ${name}`,
      { value: `fails from ${severity} on`, openness: SEVERITIES.indexOf(severity) },
      UNKNOWN_SWITCH,
    ),
    ...(Object.keys(SWITCHES) as (keyof typeof SWITCHES)[]).map(switched),
    said("tools", "tools of the scan", `Snyk ${others.snykVersion}, uv ${others.uvVersion}, ${others.runner}`),
    said("token", "token of the scan", `the secret ${others.tokenSecret}`),
    said("organization", "Snyk organization of the scan", others.organization || "the token's own"),
  ];
}

/** Without a known workflow, it may be anything. */
const UNKNOWN_SWITCH: Level = { value: "not known", openness: Number.POSITIVE_INFINITY };

type Switch = readonly [part: string, what: string, on: string, off: string];

const SWITCHES = {
  blockWhenUnavailable: ["outage", "a pull request in an outage of Snyk", "blocked", "passes"],
  monitor: ["monitor", "an advisory between two scans", "reported by Snyk", "not reported"],
  dependabotSecret: ["dependabot", "a pull request of Dependabot", "scanned with a secret", "passes without one"],
  codeScanning: ["report", "the report for code scanning", "uploaded", "not uploaded"],
} as const satisfies Partial<Record<keyof SnykWorkflow, Switch>>;

function scanOf({ manager, python, unscannable }: Leg): Level {
  const passes = unscannable === "pass";
  const options = [manager, python && `python ${python}`, passes && "passes where it is not scannable"];
  return { value: `scanned by Snyk (${options.filter(Boolean).join(", ")})`, openness: passes ? 0.5 : 0 };
}

function gateFacts(subject: Subject): readonly Fact[] {
  const { name } = subject.written;
  return subject.written.rulesets.filter(requiresCheck).flatMap((ruleset): readonly Fact[] => {
    const { enforcement = null, bypass_actors: actors } = ruleset.attributes;
    const fact = aboutScans(subject, controlAt(ruleset));
    const isActive = enforcement === "active";
    const needs = isActive ? `needs ${CHECK}` : `needs no check: ${CHECK} is ${nameOfValue(enforcement)}`;
    return [
      fact("gate", `a merge into ${name}`, held(isActive, needs), held(false, "needs no check")),
      ...objectsIn(actors).map(({ actor_type: type, actor_id: id, bypass_mode: mode }) => {
        const who = `${nameOfValue(type)} ${nameOfValue(id)}`;
        const passes = held(false, `gets past ${CHECK} (${nameOfValue(mode)})`);
        return fact(`bypass ${who}`, `${who} merging into ${name}`, passes, held(true, "doesn't get past the check"));
      }),
      ...reviewersIn(subject, ruleset).map((reviewer) =>
        fact("review", `a change of what judges ${name}`, held(true, reviewer), held(false, "needs no review")),
      ),
    ];
  });
}

/** The members of rulesets that no other fact tells. */
function rulesetFacts(subject: Subject): readonly Fact[] {
  return subject.written.rulesets.map((ruleset) => {
    const { name = null, enforcement, bypass_actors: actors, repository: _, ...others } = ruleset.attributes;
    const told = requiresCheck(ruleset) ? {} : { enforcement, actors };
    const own = nameOfValue(name);
    const said = { value: canonicalJson(plain({ ...told, ...others } as ValueObject)) };
    const what = `what else the ruleset ${own} of ${subject.written.name} says`;
    return aboutScans(subject, controlAt(ruleset))(`ruleset ${own}`, what, said, { value: "nothing" });
  });
}

const requiresCheck = (ruleset: Resource): boolean => demandsForCheck(ruleset).length > 0;

function reviewersIn(subject: Subject, ruleset: Resource): readonly string[] {
  const [rule = {}] = objectsIn(ruleset.attributes["rules"]);
  const reviewers = objectsIn(rule["pull_request"]).flatMap((each) => objectsIn(each["required_reviewers"]));
  return reviewers.map(({ reviewer, file_patterns: patterns }) => {
    const slugs = objectsIn(reviewer).map(({ id }) => String(slugOfTeam(subject, ruleset, id) ?? nameOfValue(id)));
    const files = isList(patterns) ? patterns.map(nameOfValue) : [];
    return `needs a review by ${slugs.join(", ")}: ${files.join(", ")}`;
  });
}

function dependabotFacts(subject: Subject): readonly Fact[] {
  const { name, alerts, securityUpdates } = subject.written;
  const switched = (what: string, usual: boolean) => (resource: Resource) => {
    const isOn = (resource.attributes["enabled"] ?? usual) === true;
    const fact = aboutScans(subject, controlAt(resource));
    return fact(what, `Dependabot ${what} of ${name}`, held(isOn, isOn ? "on" : "off"), held(false, "off"));
  };
  const switches = [
    ...alerts.map(switched("alerts", true)),
    ...securityUpdates.map(switched("security updates", false)),
  ];
  const known = knownAt(subject, PATHS.dependabot, dependabotConfigIn);
  if (known.kind !== "found") return switches;
  const { file, value } = known.value;
  const fact = aboutScans(subject, controlOfFile(file));
  const updates = value.entries.flatMap(({ ecosystem, directories }) =>
    directories.map((directory) => [`${ecosystem} ${directory}`, `${ecosystem} in ${directory} of ${name}`] as const),
  );
  return [
    ...switches,
    ...updates.map(([part, what]) =>
      fact(
        `dependabot ${part}`,
        `Dependabot's updates of ${what}`,
        held(true, "weekly"),
        held(false, "none that are known"),
      ),
    ),
  ];
}
