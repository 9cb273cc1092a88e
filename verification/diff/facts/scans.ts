import { canonicalJson } from "../../diagram/effect";
import type { Resource } from "../../model/terraform/stack";
import { isList, isValueObject, nameOfValue, plain, type Value, type ValueObject } from "../../model/terraform/value";
import { type Control, controlAt } from "../../statements/conclusion";
import { filesOn } from "../../statements/repositories/files";
import { legsOf } from "../../statements/repositories/jobs";
import { SCAN } from "../../statements/repositories/scan-legs";
import { CHECK } from "../../statements/repositories/gate-check";
import { controlOfFile } from "../../statements/repositories/settled";
import type { Subject } from "../../statements/repositories/subject";
import { Area } from "../item";
import type { Fact } from "./fact";
import { attempt, everyDays, gapOf, jobOf, yamlIn } from "./repositories";
import { isObject } from "../../model/terraform/json";
import { ownOf } from "../../own-of";

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

function snykFacts(subject: Subject): readonly Fact[] {
  const located = jobOf(subject, SCAN);
  if (located === undefined) return [];
  const { workflow, job } = located;
  const { name } = subject.written;
  const control = controlOfFile(workflow.file);
  const legs = attempt(() => legsOf(job)) ?? [];
  const gap = gapOf(workflow);
  return [
    ...legs.map(({ manager = "", manifest = "", ...others }): Fact => ({
      ...aboutScan(subject, manifest, control),
      what: `${manifest} of ${name}`,
      value: `scanned by Snyk (${[manager, ...Object.entries(others).map(optionOf)].filter((word) => word !== "").join(", ")})`,
      openness: 0,
      absent: { value: "not scanned by Snyk", openness: 1 },
    })),
    ...["push", "pull_request"]
      .filter((event) => workflow.triggers.has(event))
      .map((event): Fact => ({
        ...aboutScan(subject, event, control),
        what: `a ${event === "push" ? "push" : "pull request"} to ${name}`,
        value: `scanned by Snyk: ${canonicalJson(workflow.triggers.get(event) ?? "always")}`,
        openness: 0,
        absent: { value: "not scanned by Snyk", openness: 1 },
      })),
    {
      ...aboutScan(subject, "schedule", control),
      what: `the scheduled scan of ${name}`,
      value: everyDays(gap ?? Number.POSITIVE_INFINITY),
      openness: gap ?? Number.POSITIVE_INFINITY,
      absent: { value: "never", openness: Number.POSITIVE_INFINITY },
    },
  ];
}

/** What else a leg of the scan is told. */
const optionOf = ([name, value]: readonly [string, string]): string => (value === "" ? "" : `${name} ${value}`);

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

/** How many days may lie between two updates. */
const INTERVALS: Readonly<Record<string, number>> = {
  daily: 1,
  weekly: 7,
  monthly: 31,
  quarterly: 92,
  semiannually: 184,
  yearly: 366,
};

function dependabotFacts(subject: Subject): readonly Fact[] {
  const { name, alerts, securityUpdates } = subject.written;
  const file = filesOn(subject).find(({ path }) => path === ".github/dependabot.yml");
  const updates = yamlIn(file?.text)?.["updates"];
  const entries = Array.isArray(updates) ? updates.filter(isObject) : [];
  const switches = [
    ...alerts.map((resource) => ["alerts", resource, true] as const),
    ...securityUpdates.map((resource) => ["security updates", resource, false] as const),
  ];
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
    ...entries.flatMap(({ "package-ecosystem": ecosystem, directory, directories = directory, schedule }) =>
      [directories].flat().map((each): Fact => {
        const interval = isObject(schedule) ? String(schedule["interval"]) : "";
        const days = ownOf(INTERVALS, interval);
        return {
          ...aboutScan(subject, `dependabot ${String(ecosystem)} ${String(each)}`, file && controlOfFile(file)),
          what: `Dependabot's updates of ${String(ecosystem)} in ${String(each)} of ${name}`,
          value: interval,
          ...(days === undefined ? {} : { openness: days }),
          absent: { value: "none", openness: Number.POSITIVE_INFINITY },
        };
      }),
    ),
  ];
}
