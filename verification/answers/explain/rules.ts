import { printAddress } from "../../../network/address";
import { AddressSet } from "../../../network/address-set";
import { OWN_RULE } from "../../../policy/edge-phase";
import { STATEMENT_IDS, type StatementId } from "../../../policy/statements";
import { CONNECTIONS } from "../../edge/scope";
import { asRulesSee, type EdgeRequest } from "../../edge/evaluate/edge-request";
import { matches } from "../../edge/evaluate/trace";
import type { ZoneRule } from "../../edge/zone";
import { oncePer } from "../../once-per";
import type { StatementResult } from "../../statements/results";
import type { Scene } from "../../statements/scene";
import type { Model } from "../../terraform/model";
import type { Place } from "../../terraform/stack";
import type { RuleView, StatementView } from "./explanation";
import { addressesFor } from "./named-sets";

/** A rule as it is shown: with the description that the JSON has for it. */
export function ruleView({ ref, stack, pointer, path }: ZoneRule, model: Model): RuleView {
  const description = descriptionAt({ stack, pointer }, model);
  return {
    ref,
    ...(description === undefined ? {} : { description }),
    stack,
    ...(path === undefined ? {} : { path }),
    pointer,
  };
}

/**
 * The statements of an environment that one of its own rules holds: the one that its description names, and those whose
 * proof rests on it. A rule of somebody else holds none, whatever it says and does.
 *
 * @param results those of the environment
 */
export function statementsOf(
  rule: RuleView,
  scene: Scene,
  results: readonly StatementResult[],
): readonly StatementId[] {
  if (!isOwnRule(rule, scene)) return [];
  const [, id] = /^([A-Z]+-\d+):/.exec(rule.description ?? "") ?? [];
  const own = STATEMENT_IDS.filter((each) => each === id);
  const held = results
    .filter(({ verdict, controls }) => verdict === "proven" && controls.some((each) => isAt(each, rule)))
    .map(({ statement }) => statement);
  return [...new Set([...own, ...held])];
}

function isAt(one: Place, other: Place): boolean {
  return one.stack === other.stack && one.pointer === other.pointer;
}

function descriptionAt({ stack, pointer }: Place, model: Model): string | undefined {
  const json: unknown = model.stack(stack)?.json;
  const keys = pointer.split("/").slice(1);
  const rule = keys.reduce<unknown>((value, key) => member(value, unescaped(key)), json);
  const description = member(rule, "description");
  return typeof description === "string" ? description : undefined;
}

const unescaped = (key: string): string => key.replaceAll("~1", "/").replaceAll("~0", "~");

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

/**
 * Whether a rule is one that the edge writes for an environment: neither another team's, nor for another environment of the
 * zone alone. Such a rule may match requests for the environment's hosts from somebody who is no sender of its webhooks.
 */
export function isOwnRule(rule: Place, scene: Scene): boolean {
  return ownRules(scene).has(keyOf(rule));
}

const keyOf = ({ stack, pointer }: Place): string => `${stack} ${pointer}`;

const ownRules = oncePer((scene: Scene): ReadonlySet<string> => {
  const { zone } = scene.edge;
  const seen = requestsOf(scene).map((request) => asRulesSee(request, zone.normalised));
  const rules = [...zone.phases.values()].flat().filter(({ ref }) => ref.startsWith(OWN_RULE));
  return new Set(rules.filter((rule) => seen.some((each) => !matches(rule, each, zone).isFalse)).map(keyOf));
});

/** Requests for each host and each webhook of an environment, from nobody in particular. */
function requestsOf({ policy: { environment } }: Scene): readonly EdgeRequest[] {
  const { hosts, webhooks = [] } = environment;
  const senders = webhooks.map(({ sender }) => AddressSet.of(sender.name, sender.addresses));
  const sources = addressesFor(undefined, senders).map(printAddress);
  const targets = ["/", ...webhooks.map(({ path }) => path)];
  return Object.keys(hosts).flatMap((host) =>
    targets.flatMap((target) =>
      CONNECTIONS.flatMap((connection) => sources.map((from) => ({ ...connection, host, target, from }))),
    ),
  );
}

/** A statement as it is shown, with how it is held and what it rests on. */
export function statementView(result: StatementResult): StatementView {
  const { statement, sentence, verdict, strength, assumptions, accepted } = result;
  return {
    id: statement,
    sentence,
    verdict,
    ...(strength === undefined ? {} : { strength }),
    notes: notesOf(result),
    assumptions,
    accepted,
  };
}

function notesOf({ counterexample, wrong, unknown, notes }: StatementResult): readonly string[] {
  const violation = wrong === undefined ? [] : [[...counterexample.slice(0, 1), wrong].join(" ")];
  return [...violation, ...unknown.map(({ reason }) => reason), ...notes];
}
