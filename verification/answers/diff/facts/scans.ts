import { canonicalJson } from "../../../terraform/json";
import { controlOfFile, knownAt, PATHS, type Subject } from "../../../github/subject";
import { dependabotConfigIn } from "../../../github/dependabot";
import { CHECK, type Leg, type SnykWorkflow, snykWorkflowOf } from "../../../github/snyk-workflow";
import { type Control, controlAt } from "../../../result";
import type { Resource } from "../../../terraform/stack";
import { isList, isValueObject, nameOfValue, plain, type Value, type ValueObject } from "../../../terraform/value";
import { Area } from "../difference";
import type { Fact } from "./fact";

/** What of a repository is scanned, when, and what a merge needs. */
export function scanFacts(subject: Subject): readonly Fact[] {
  return [...snykFacts(subject), ...gateFacts(subject), ...rulesetFacts(subject), ...dependabotFacts(subject)];
}

/** What every fact about a repository's scans has. */
function aboutScan({ environment, written }: Subject, part: string, control?: Control) {
  return {
    key: `${written.name.toLowerCase()} ${part}`,
    area: Area.SCANS,
    environments: [environment],
    ...(control === undefined ? {} : { control }),
    subject: { of: written.name, parts: [part] },
  };
}

/** What the workflow that scans says, where it is one that is known. Where it isn't, nothing is scanned as far as known. */
function snykFacts(subject: Subject): readonly Fact[] {
  const known = snykWorkflowOf(subject);
  if (known.kind !== "found") return [];
  const { file, value } = known.value;
  const { name } = subject.written;
  const control = controlOfFile(file);
  const events = [
    ["push", `a push to ${value.branch} of ${name}`],
    ["pull_request", `a pull request to ${value.branch} of ${name}`],
  ] as const;
  return [
    ...value.legs.map((leg): Fact => ({
      ...aboutScan(subject, leg.manifest, control),
      what: `${leg.manifest} of ${name}`,
      value: `scanned by Snyk (${optionsOf(leg)})`,
      openness: leg.unscannable === "pass" ? 0.5 : 0,
      absent: { value: "not scanned by a workflow that is known", openness: 1 },
    })),
    ...events.map(([event, what]): Fact => ({
      ...aboutScan(subject, `${event} ${value.branch}`, control),
      what,
      value: "scanned by Snyk",
      openness: 0,
      absent: { value: "not scanned by a workflow that is known", openness: 1 },
    })),
    {
      ...aboutScan(subject, "schedule", control),
      what: `the scheduled scan of ${name}`,
      value: "every week",
      openness: 0,
      absent: { value: "never by a workflow that is known", openness: 1 },
    },
    ...saysOf(value).map(({ part, what, said, openness }): Fact => ({
      ...aboutScan(subject, part, control),
      what: `${what} of ${name}`,
      value: said,
      ...(openness === undefined ? {} : { openness }),
      absent: { value: "not known", ...(openness === undefined ? {} : { openness: Number.POSITIVE_INFINITY }) },
    })),
  ];
}

function optionsOf({ manager, python, unscannable }: Leg): string {
  const options = [
    python === "" ? "" : `python ${python}`,
    unscannable === "pass" ? "passes where it is not scannable" : "",
  ];
  return [manager, ...options].filter((word) => word !== "").join(", ");
}

const SEVERITIES = ["low", "medium", "high", "critical"];

interface Said {
  readonly part: string;
  readonly what: string;
  readonly said: string;
  readonly openness?: number;
}

/** What else the workflow says of its own. */
function saysOf({ severity, tokenSecret, organization, runner, ...others }: SnykWorkflow): readonly Said[] {
  const switched = (part: string, what: string, isOn: boolean, on: string, off: string): Said => ({
    ...{ part, what, said: isOn ? on : off },
    openness: isOn ? 0 : 1,
  });
  const { blockWhenUnavailable, monitor, dependabotSecret, codeScanning } = others;
  return [
    {
      part: "severity",
      what: "a vulnerability",
      said: `fails from ${severity} on`,
      openness: SEVERITIES.indexOf(severity),
    },
    switched("outage", "a pull request in an outage of Snyk", blockWhenUnavailable, "blocked", "passes"),
    switched("monitor", "an advisory between two scans", monitor, "reported by Snyk", "not reported"),
    switched(
      "dependabot",
      "a pull request of Dependabot",
      dependabotSecret,
      "scanned with a secret",
      "passes without one",
    ),
    switched("report", "the report for code scanning", codeScanning, "uploaded", "not uploaded"),
    {
      part: "tools",
      what: "the tools of the scan",
      said: `Snyk ${others.snykVersion}, uv ${others.uvVersion}, ${runner}`,
    },
    { part: "token", what: "the token of the scan", said: `the secret ${tokenSecret}` },
    { part: "organization", what: "the Snyk organization of the scan", said: organization || "the token's own" },
  ];
}

function gateFacts(subject: Subject): readonly Fact[] {
  const { name } = subject.written;
  return subject.written.rulesets.filter(requiresCheck).flatMap((ruleset): readonly Fact[] => {
    const { enforcement = null, bypass_actors: actors } = ruleset.attributes;
    const control = controlAt(ruleset);
    const isActive = enforcement === "active";
    return [
      {
        ...aboutScan(subject, "gate", control),
        what: `a merge into ${name}`,
        value: isActive ? `needs ${CHECK}` : `needs no check: ${CHECK} is ${nameOfValue(enforcement)}`,
        openness: isActive ? 0 : 1,
        absent: { value: "needs no check", openness: 1 },
      },
      ...blocksOf(actors).map((actor): Fact => ({
        ...aboutScan(subject, `bypass ${nameOfValue(actor["actor_type"])} ${nameOfValue(actor["actor_id"])}`, control),
        what: `${nameOfValue(actor["actor_type"])} ${nameOfValue(actor["actor_id"])} merging into ${name}`,
        value: `gets past ${CHECK} (${nameOfValue(actor["bypass_mode"])})`,
        openness: 1,
        absent: { value: "doesn't get past the check", openness: 0 },
      })),
      ...reviewers(subject, ruleset).map((reviewer): Fact => ({
        ...aboutScan(subject, "review", control),
        what: `a change of what judges ${name}`,
        value: reviewer,
        openness: 0,
        absent: { value: "needs no review", openness: 1 },
      })),
    ];
  });
}

/** What else a ruleset says, and rulesets of others. */
function rulesetFacts(subject: Subject): readonly Fact[] {
  return subject.written.rulesets.map((ruleset) => {
    const { name = null, enforcement, bypass_actors: actors, repository: _, ...others } = ruleset.attributes;
    const told = requiresCheck(ruleset) ? {} : { enforcement, actors };
    return {
      ...aboutScan(subject, `ruleset ${nameOfValue(name)}`, controlAt(ruleset)),
      what: `what else the ruleset ${nameOfValue(name)} of ${subject.written.name} says`,
      value: canonicalJson(plain({ ...told, ...others } as ValueObject)),
      absent: { value: "nothing" },
    };
  });
}

function requiresCheck({ attributes: { rules } }: Resource): boolean {
  const [rule = {}] = blocksOf(rules);
  const checks = blocksOf(rule["required_status_checks"]).flatMap((each) => blocksOf(each["required_check"]));
  return checks.some(({ context }) => context === CHECK);
}

function reviewers({ model }: Subject, { stack, attributes: { rules } }: Resource): readonly string[] {
  const [rule = {}] = blocksOf(rules);
  const json = model.stack(stack)?.json ?? {};
  const teams = (
    json["data"] as { readonly github_team?: Readonly<Record<string, { readonly slug?: unknown }>> } | undefined
  )?.github_team;
  return blocksOf(rule["pull_request"])
    .flatMap((each) => blocksOf(each["required_reviewers"]))
    .map((each) => {
      const ids = blocksOf(each["reviewer"]).map(({ id }) => nameOfValue(id));
      const slugs = ids.map((id) =>
        String(teams?.[/^\$\{data\.github_team\.([\w-]+)\.id\}$/.exec(id)?.[1] ?? ""]?.slug ?? id),
      );
      const patterns = isList(each["file_patterns"]) ? each["file_patterns"].map(nameOfValue) : [];
      return `needs a review by ${slugs.join(", ")}: ${patterns.join(", ")}`;
    });
}

function blocksOf(value: Value | undefined): readonly ValueObject[] {
  return (isList(value) ? value : [value]).filter(isValueObject);
}

function dependabotFacts(subject: Subject): readonly Fact[] {
  const { name, alerts, securityUpdates } = subject.written;
  const switches = [
    ...alerts.map((resource) => ["alerts", resource, true] as const),
    ...securityUpdates.map((resource) => ["security updates", resource, false] as const),
  ];
  const known = knownAt(subject, PATHS.dependabot, dependabotConfigIn);
  const entries = known.kind === "found" ? known.value.value.entries : [];
  return [
    ...switches.map(([what, resource, usual]): Fact => {
      const isOn = (resource.attributes["enabled"] ?? usual) === true;
      return {
        ...aboutScan(subject, what, controlAt(resource)),
        what: `Dependabot ${what} of ${name}`,
        value: isOn ? "on" : "off",
        openness: isOn ? 0 : 1,
        absent: { value: "off", openness: 1 },
      };
    }),
    ...entries.flatMap(({ ecosystem, directories }) =>
      directories.map((directory): Fact => ({
        ...aboutScan(
          subject,
          `dependabot ${ecosystem} ${directory}`,
          known.kind === "found" ? controlOfFile(known.value.file) : undefined,
        ),
        what: `Dependabot's updates of ${ecosystem} in ${directory} of ${name}`,
        value: "weekly",
        openness: 0,
        absent: { value: "none that are known", openness: 1 },
      })),
    ),
  ];
}
