import { jsonOf } from "../../../errors/json-text";
import { PENTEST_APPROACH } from "../../../policy/pentest-policy";
import { Severity } from "../../../policy/snyk-options";
import { dependabotConfigIn } from "../../github/dependabot";
import { demandsForCheck, slugOfTeam } from "../../github/gate-ruleset";
import { cadenceWorkflowOf } from "../../github/pentest";
import { CHECK, type Leg, type SnykWorkflow, snykWorkflowOf } from "../../github/snyk-workflow";
import { controlOfFile, knownAt, neededAt, PATHS, type Subject } from "../../github/subject";
import { type Control, controlAt } from "../../result";
import { canonicalJson, isObject, type JsonObject, membersOf, objectsOfList } from "../../terraform/json";
import type { Resource } from "../../terraform/stack";
import { isList, nameOfValue, objectsIn, plain, type ValueObject } from "../../terraform/value";
import { Area } from "./difference";
import { type Fact, factsOf, held, heldOrNot, type Level, unheld } from "./fact";

/** The facts of a repository's scans: their subjects, their times, and the demands on a merge. */
export function scanFacts(subject: Subject): readonly Fact[] {
  return [...snykFacts(subject), ...gateFacts(subject), ...rulesetFacts(subject), ...dependabotFacts(subject)];
}

const about = (area: Area, { environment, written: { name } }: Subject, control: Control) =>
  factsOf({ area, environments: [environment], of: name, control });

const aboutScans = (subject: Subject, control: Control) => about(Area.SCANS, subject, control);

const SEVERITIES: readonly string[] = Object.values(Severity);
const UNKNOWN_SCAN = "not scanned by a workflow that is known";

/** The facts of the workflow that scans, where it is a known one. Without one, no scan is known. */
function snykFacts(subject: Subject): readonly Fact[] {
  const known = snykWorkflowOf(subject);
  if (known.kind !== "found") return [];
  const { file, value } = known.value;
  const { branch, severity, ...others } = value;
  const { name } = subject.written;
  const fact = aboutScans(subject, controlOfFile(file));
  const scanned = heldOrNot("scanned by Snyk", UNKNOWN_SCAN);
  const fails = { value: `fails from ${severity} on`, openness: SEVERITIES.indexOf(severity) };
  const switched = (part: keyof typeof SWITCHES): Fact => {
    const [at, what, on, off] = SWITCHES[part];
    return fact(at, `${what} of ${name}`, held(value[part], value[part] ? on : off), UNKNOWN_SWITCH);
  };
  const said = (part: string, what: string, words: string): Fact =>
    fact(part, `the ${what} of ${name}`, { value: words }, { value: "not known" });
  return [
    ...value.legs.map((leg) =>
      fact(leg.manifest, `${leg.manifest} of ${name}`, scanOf(leg), held(false, UNKNOWN_SCAN)),
    ),
    fact(`push ${branch}`, `a push to ${branch} of ${name}`, ...scanned),
    fact(`pull_request ${branch}`, `a pull request to ${branch} of ${name}`, ...scanned),
    fact("schedule", `the scheduled scan of ${name}`, ...heldOrNot("every week", "never by a workflow that is known")),
    fact("severity", `a vulnerability of ${name}`, fails, UNKNOWN_SWITCH),
    ...(Object.keys(SWITCHES) as (keyof typeof SWITCHES)[]).map(switched),
    said("tools", "tools of the scan", `Snyk ${others.snykVersion}, uv ${others.uvVersion}, ${others.runner}`),
    said("token", "token of the scan", `the secret ${others.tokenSecret}`),
    said("organization", "Snyk organization of the scan", others.organization || "the token's own"),
  ];
}

/** Without a known workflow, it may be anything. */
const UNKNOWN_SWITCH = unheld("not known");

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
        fact("review", `a change of what judges ${name}`, ...heldOrNot(reviewer, "needs no review")),
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
    directories.map((directory) => {
      const what = `Dependabot's updates of ${ecosystem} in ${directory} of ${name}`;
      return fact(`dependabot ${ecosystem} ${directory}`, what, ...heldOrNot("weekly", "none that are known"));
    }),
  );
  return [...switches, ...updates];
}

/** When a penetration test is due, what it covers, and how often that is checked. */
export function pentestFacts(subject: Subject): readonly Fact[] {
  const { name: of } = subject.written;
  const file = neededAt(subject, PATHS.policy);
  if (file.kind !== "found") return [];
  const fact = about(Area.PENTEST, subject, controlOfFile(file.value.file));
  const wanted = (part: string, what: string): Fact =>
    fact(part, `the penetration test${what}`, ...heldOrNot("wanted", "not wanted"));
  const cadence = cadenceWorkflowOf(subject);
  const checked =
    cadence.kind === "found"
      ? { ...held(true, "every week"), control: controlOfFile(cadence.value.file) }
      : held(false, "never by a workflow that is known");
  const { cadenceDays: days, reminderDays: reminder, ...policy } = jsonIn(file.value.value) ?? {};
  const { adoptedOn, accreditations, scope } = policy;
  const { approach, targets, objectives } = membersOf(scope);
  const due = measured(`due every ${String(days)} days`, days);
  const opened = measured(`opened ${String(reminder)} days before it is due`, reminder, -1);
  const counted = measured(`counted from ${String(adoptedOn)}`, Date.parse(String(adoptedOn)));
  const addresses = objectsOfList(targets).flatMap(({ id, addresses: own }) =>
    textsIn(own).map((each) => `${String(id)} at ${each}`),
  );
  const ids = objectsOfList(objectives).flatMap(({ id }) => textsIn([id]));
  const usual = held(approach === PENTEST_APPROACH, String(approach));
  return [
    fact("cadence", `the penetration test kept in ${of}`, due, unheld("never due")),
    fact("reminder", `the issue for the penetration test in ${of}`, opened, { value: "not opened", openness: 0 }),
    fact("start", `the first penetration test kept in ${of}`, counted, unheld("not counted")),
    fact("check", `the check of the register in ${of}`, checked, held(false, "never")),
    fact("approach", `the approach of the penetration test kept in ${of}`, usual, held(false, "none")),
    ...textsIn(accreditations).map((firm) => {
      const what = `a penetration test by a firm that holds ${firm}`;
      return fact(`accreditation ${firm}`, what, held(false, "counts"), held(true, "doesn't count"));
    }),
    ...addresses.map((each) => wanted(`target ${each}`, ` of ${each}`)),
    ...ids.map((each) => wanted(`objective ${each}`, `'s objective ${each}`)),
  ];
}

/** The members of a penetration test's policy beside the facts above. */
export function besideFacts(text: string): JsonObject | undefined {
  const policy = jsonIn(text);
  if (policy === undefined) return undefined;
  const { scope, ...others } = policy;
  const more = Object.fromEntries(Object.entries(others).filter(([name]) => !FACTS.has(name)));
  if (!isObject(scope)) return more;
  const { approach: _how, targets, objectives, ...rest } = scope;
  return { ...more, scope: { ...rest, others: [targets, objectives].map(withoutNames) } };
}

const FACTS: ReadonlySet<string> = new Set([
  ...["$comment", "adoptedOn", "cadenceDays", "reminderDays", "accreditations"],
]);

function withoutNames(all: unknown): unknown {
  if (!Array.isArray(all)) return all;
  return all.map((each: unknown) => {
    if (!isObject(each)) return each;
    const { id: _, addresses: __, ...rest } = each;
    return rest;
  });
}

function measured(value: string, measure: unknown, sign = 1): Level {
  return { value, openness: typeof measure === "number" && !Number.isNaN(measure) ? sign * measure : undefined };
}

const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];

/** A JSON file as an object, if it is one. */
function jsonIn(text: string): JsonObject | undefined {
  const value = jsonOf(text);
  return isObject(value) ? value : undefined;
}
