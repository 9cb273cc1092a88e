import { InvalidInput } from "../../errors/invalid-input";
import { AddressSet } from "../../network/address-set";
import { attempt } from "../attempt";
import { groupedBy } from "../collections";
import { oncePer } from "../once-per";
import { type Control, placeAt } from "../result";
import type { Model } from "../terraform/model";
import type { Place, Resource } from "../terraform/stack";
import { isKnown, isList, isValueObject, nameOfValue, plain, type Value, type ValueObject } from "../terraform/value";
import { phaseNamed } from "./phases";

/** A rule of an entry point ruleset, as the platform will have it. */
export interface ZoneRule extends Place {
  readonly ref: string;
  readonly expression: string;
  /** False where only the apply knows when the rule matches, or more than its expression decides it. */
  readonly isConditionKnown: boolean;
  readonly action: string;
  /** An opaque value in them is written as in the JSON. */
  readonly parameters: Attributes;
  readonly areParametersKnown: boolean;
  /** Its further attributes, such as the threshold of a rate limit: how they may stop a request isn't modelled. */
  readonly others: Attributes;
}

/** The edge of a zone, as the Terraform JSON describes it. */
export interface EdgeZone {
  readonly id: string;
  /** The enabled rules of each phase that has a ruleset, in the order in which they run. */
  readonly phases: ReadonlyMap<string, readonly ZoneRule[]>;
  /** Whether rules and origin see the same normalised path. */
  readonly normalised: boolean;
  /** The IP lists that are known by name. */
  readonly lists: ReadonlyMap<string, AddressSet>;
}

/** The rules of all phases of a zone. */
export const rulesIn = ({ phases }: EdgeZone): readonly ZoneRule[] => [...phases.values()].flat();

/** The zone with its rules changed, each by itself. */
export const withRules = (zone: EdgeZone, change: (rule: ZoneRule) => ZoneRule): EdgeZone => ({
  ...zone,
  phases: new Map([...zone.phases].map(([phase, rules]) => [phase, rules.map(change)])),
});

type Attributes = Readonly<Record<string, unknown>>;

/** The zone that a resource belongs to, by its id or by the reference to it; empty where it names none. */
export function zoneOf({ attributes }: Resource): string {
  const id = attributes["zone_id"];
  return id === undefined || id === null ? "" : nameOfValue(id);
}

const byZone = oncePer(({ resources }: Model) => groupedBy(resources, zoneOf));

/**
 * The resources of a model that name a zone, by its id or by the same reference to it.
 *
 * @default type - any
 */
export function inZone(model: Model, zone: string, type?: string): readonly Resource[] {
  const all = byZone(model).get(zone) ?? [];
  return type === undefined ? all : all.filter((resource) => resource.type === type);
}

/**
 * The edge of every zone that the app has rules or records for.
 *
 * @param accounts the accounts of the zones that are known, by the zones' ids: rules know the lists of their account alone
 */
export function zonesOf(model: Model, accounts: ReadonlyMap<string, string> = new Map()): readonly EdgeZone[] {
  const zoned = ["cloudflare_ruleset", "cloudflare_dns_record"].flatMap((type) => model.ofType(type));
  const ids = [...new Set(zoned.map(zoneOf).filter((id) => id !== ""))];
  const lists = listsByAccount(model.ofType("cloudflare_list"), new Set(ids.map((id) => accounts.get(id))));
  return ids.map((id) => ({
    id,
    phases: phasesOf(inZone(model, id, "cloudflare_ruleset")),
    normalised: isNormalised(inZone(model, id, "cloudflare_url_normalization_settings")),
    lists: lists.get(accounts.get(id)) ?? new Map(),
  }));
}

/** The lists that the rules of each account may know; all of them where the account is unknown. */
function listsByAccount(lists: readonly Resource[], accounts: ReadonlySet<string | undefined>) {
  const owned = groupedBy(lists, ({ attributes }) => nameOfValue(attributes["account_id"]));
  return new Map(
    [...accounts].map((account) => [account, listsOf(account === undefined ? lists : (owned.get(account) ?? []))]),
  );
}

/** Two owners of the settings would take turns, so there is one. */
function isNormalised(settings: readonly Resource[]): boolean {
  return (
    settings.length === 1 &&
    settings.every(({ attributes: { scope, type } }) => scope === "both" && type === "cloudflare")
  );
}

/** Actions that let no request further in any phase: at worst they end it. */
const OPENING_NOTHING: ReadonlySet<string> = new Set([
  ...["block", "challenge", "js_challenge", "log", "managed_challenge", "redirect"],
]);

/**
 * A zone has one entry point ruleset per phase. Another ruleset that claims to be of a phase stands under a name of its
 * own, which no known phase has. So does a rule that may open something by an action that its phase doesn't have.
 */
function phasesOf(rulesets: readonly Resource[]) {
  const phases = new Map<string, readonly ZoneRule[]>();
  for (const ruleset of rulesets) {
    const { kind, phase: name } = ruleset.attributes;
    const phase = nameOfValue(name);
    const isFirst = kind === "zone" && typeof name === "string" && !phases.has(phase);
    const rules = rulesOf(ruleset, phase);
    if (isFirst) {
      const { actions } = phaseNamed(phase) ?? {};
      const isOfPhase = ({ action }: ZoneRule): boolean =>
        actions?.includes(action) !== false || OPENING_NOTHING.has(action);
      phases.set(phase, rules.filter(isOfPhase));
      for (const rule of rules.filter((each) => !isOfPhase(each)))
        phases.set(`${rule.action} of ${rule.ref} in ${phase}`, [rule]);
    }
    // A second owner without a rule would take the first one's rules away.
    else
      phases.set(
        `${phase} in ${ruleset.stack} ${ruleset.pointer}`,
        rules.length > 0 ? rules : [unknownRule(ruleset, name)],
      );
  }
  return phases;
}

function rulesOf(ruleset: Resource, phase: string): readonly ZoneRule[] {
  const { rules = [] } = ruleset.attributes;
  if (!isList(rules)) return [unknownRule(ruleset, rules)];
  return rules.flatMap((rule, index) => {
    const place = { ...placeAt(ruleset), pointer: `${ruleset.pointer}/rules/${index}` };
    if (!isValueObject(rule)) return [unknownRule(place, rule)];
    const name = `${ruleset.address} rule ${index + 1}`;
    return rule["enabled"] === false ? [] : [ruleOf(rule, name, phase, place)];
  });
}

/** The members of a rule that change nothing about when it matches. */
const MEMBERS: ReadonlySet<string> = new Set(["id", "logging"]);

/**
 * The longest condition that is read, in characters: four times as long as Cloudflare takes.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/rules-language/expressions/#maximum-expression-length
 */
export const LONGEST_CONDITION = 16_384;

const isReadable = (condition: Value | undefined): boolean =>
  typeof condition === "string" && condition.length <= LONGEST_CONDITION;

/** @param name its name where it has none of its own */
function ruleOf(rule: ValueObject, name: string, phase: string, place: Place): ZoneRule {
  const {
    ref,
    expression,
    action,
    enabled = true,
    action_parameters: parameters = {},
    description: _,
    ...others
  } = rule;
  return {
    ...place,
    ref: ref === undefined || ref === null ? name : nameOfValue(ref),
    expression: nameOfValue(expression),
    isConditionKnown: isReadable(expression) && enabled === true && !isNarrowed(others, phase),
    action: nameOfValue(action),
    parameters: isValueObject(parameters) ? given(parameters) : {},
    areParametersKnown: isKnown(parameters) && (parameters === null || isValueObject(parameters)),
    others: plain(others) as Attributes,
  };
}

/** The parameters that aren't null: null is as good as not given. */
function given(parameters: ValueObject): Attributes {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) => (value === null ? [] : [[name, plain(value)]])),
  );
}

/** Whether a rule has a condition beside its expression, such as that credentials are known to have leaked. */
function isNarrowed(others: ValueObject, phase: string): boolean {
  return Object.entries(others).some(
    ([key, value]) => value !== null && !MEMBERS.has(key) && key !== phaseNamed(phase)?.member,
  );
}

/** Its condition and its effect are unknown. */
function unknownRule(place: Place, value: Value | undefined): ZoneRule {
  return {
    ...placeAt(place),
    ...{ ref: "unknown", expression: nameOfValue(value), isConditionKnown: false },
    ...{ action: "unknown", parameters: {}, areParametersKnown: false, others: {} },
  };
}

/** Two lists of one name are no list that anybody knows. */
function listsOf(resources: readonly Resource[]): ReadonlyMap<string, AddressSet> {
  const named = groupedBy(resources, ({ attributes }) => nameOfValue(attributes["name"]));
  return new Map(
    [...named].flatMap(([name, [resource, ...others]]): [string, AddressSet][] => {
      const isOnly = resource !== undefined && others.length === 0;
      const addresses = isOnly ? addressesOf(name, resource.attributes) : undefined;
      return addresses === undefined ? [] : [[name, addresses]];
    }),
  );
}

function addressesOf(name: string, { kind, items }: ValueObject): AddressSet | undefined {
  if (kind !== "ip" || !isList(items)) return undefined;
  const texts = items.map((item) => (isValueObject(item) && isOfAddress(item) ? item["ip"] : undefined));
  if (!texts.every((text) => typeof text === "string")) return undefined;
  return attempt(() => AddressSet.of(name, texts), InvalidInput);
}

/** Whether an entry of a list is an address, and nothing else beside. */
const isOfAddress = (item: ValueObject): boolean =>
  Object.entries(item).every(([name, value]) => value === null || name === "ip" || name === "comment");

/** Whether a rule's parameters are something that only the apply knows as a whole: not even their names are written. */
export function areParametersOpaque({
  areParametersKnown,
  parameters,
}: Pick<ZoneRule, "areParametersKnown" | "parameters">): boolean {
  return !areParametersKnown && Object.keys(parameters).length === 0;
}

export function controlOf(rule: ZoneRule): Control {
  return { name: rule.ref, ...placeAt(rule) };
}

/**
 * Whether something, such as a rule, stands where another does. A rule stays there when answers replace the
 * unconstrained parts of its condition. Nothing else in the JSON can stand in the same place.
 */
export function isSamePlace(one: Place | undefined, other: Place | undefined): boolean {
  return one?.pointer === other?.pointer && one?.stack === other?.stack;
}

/** Equal keys, equal places. */
export const placeKey = ({ stack, pointer }: Place): string => `${stack} ${pointer}`;
