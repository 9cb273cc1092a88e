import type { OwnedZone } from "../../../policy/zone";
import { type RulesOverview, rulesOverview } from "../../edge/overview";
import { type EdgeZone, rulesIn, type ZoneRule } from "../../edge/zone";
import { placeAt } from "../../result";
import { idOf } from "../../statements/id";
import { scenesOf } from "../../statements/scene";
import { canonicalPlace } from "../../terraform/identity";
import type { Model } from "../../terraform/model";
import type { Place } from "../../terraform/stack";
import type { App } from "../app";
import { namedSets } from "../explain/named-sets";

/** The names under which findings are reported, and each kind of finding in one sentence. */
export const LINT_RULES = {
  "escaped-interpolation": "A reference is written in Terraform's escape, so that its text is sent.",
  "lost-value": "The bindings lost a number or a list on the way to the JSON.",
  "spectrum-port": "A Spectrum application opens a port past every rule.",
  lockdown: "A zone lockdown guards a path that an escape may pass by.",
  "unproxied-record": "A record publishes an origin's own address.",
  "never-matches": "No request meets a rule's condition.",
  covered: "Other rules, alone or together, have all requests of a rule.",
  contradiction: "Two rules that overlap end requests differently.",
  order: "Two rules that overlap do different things, in an order that matters.",
  "unused-list": "No rule names a list.",
  "overlapping-addresses": "A set has the same addresses more than once.",
  "mergeable-addresses": "A set takes more entries than it needs.",
  "misleading-address": "An address is read otherwise than it looks.",
  limit: "Something is near a limit of the platform or the plan, or over it.",
  plan: "A condition asks for what the zone's plan doesn't have.",
  acceptance: "An acceptance accepts nothing.",
  undecided: "It can't be decided what something does.",
} as const;

export type LintRule = keyof typeof LINT_RULES;

/** How much a finding matters, the worst first: a note changes no exit code. */
export const LINT_SEVERITIES = ["error", "warning", "note"] as const;

export type LintSeverity = (typeof LINT_SEVERITIES)[number];

/** Something of an app that doesn't do what it seems to, or that is undecided. */
export interface LintFinding {
  /** `finding:<stack>:<rule>:...`: what else the app holds doesn't change it. The stack is empty where it is about several. */
  readonly id: string;
  readonly rule: LintRule;
  readonly severity: LintSeverity;
  readonly place: Place;
  /** The mistake. */
  readonly what: string;
  readonly change: string;
  /** Why it may stay: an environment accepts it by its id. @default - none does */
  readonly accepted?: string;
}

/** A finding before it has an id. */
export interface FindingDraft extends Omit<LintFinding, "id"> {
  /** Tells it from others of its rule at its place: words, or another place. @default - nothing */
  readonly key?: readonly (string | Place)[];
  /** The subject, where its place is only an example. @default - its place */
  readonly about?: readonly string[];
}

/** An app as checks see it. */
export interface Linted extends App {
  readonly zones: readonly LintedZone[];
}

export type LintCheck = (linted: Linted) => readonly FindingDraft[];

/** Findings with their ids, each id once: of findings that are told apart by nothing, the second has a number. */
export function identified(found: readonly FindingDraft[], model: Model): readonly LintFinding[] {
  const given = new Map<string, number>();
  const namesOf = ({ stack, pointer }: Place): readonly string[] => canonicalPlace(model.stack(stack)?.json, pointer);
  return found.map(({ key = [], about, ...finding }) => {
    const { rule, place } = finding;
    const stack = about === undefined ? place.stack : "";
    const names = key.flatMap((each) => (typeof each === "string" ? each : namesOf(each)));
    const id = idOf("finding", stack, rule, ...(about ?? namesOf(place)), ...names);
    const count = (given.get(id) ?? 0) + 1;
    given.set(id, count);
    return { id: count === 1 ? id : `${id}~${count}`, ...finding };
  });
}

/** A zone of the app with what the policy says of it. */
export interface LintedZone {
  readonly zone: EdgeZone;
  readonly policy: OwnedZone;
  readonly rules: readonly ZoneRule[];
  /** How its rules bear on each other, worked out when it is asked for. */
  readonly overview: () => RulesOverview;
  /** A public host of the zone: where an example can be sent to whose own host is no name. */
  readonly host: string;
}

/** Every zone that a policy of the app owns. */
export function lintedZones({ model, policies }: App): readonly LintedZone[] {
  return scenesOf(model, policies)
    .filter(({ policy }) => policy.ownsZone)
    .map(({ edge: { zone, policy } }) => {
      const names = namedSets(policies, zone);
      const hosts = policy.tenants.flatMap((tenant) => Object.keys(tenant.hosts));
      const scope = { likely: { hosts, paths: ["/"] } };
      let known: RulesOverview | undefined;
      const overview = (): RulesOverview => (known ??= rulesOverview(zone, { names, scope }));
      return { zone, policy: policy.zone, rules: rulesIn(zone), overview, host: hosts[0] ?? "" };
    });
}

/** Where something stands in a rule. */
export function within(rule: ZoneRule, member: string): Place {
  return { ...placeAt(rule), pointer: `${rule.pointer}/${member}` };
}
