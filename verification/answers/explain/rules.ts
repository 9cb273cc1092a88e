import { printAddress } from "../../../network/address";
import { AddressSet } from "../../../network/address-set";
import { OWN_RULE } from "../../../policy/edge-phase";
import { CONNECTIONS } from "../../edge/scope";
import { asRulesSee, type EdgeRequest } from "../../edge/evaluate/edge-request";
import { matches } from "../../edge/evaluate/trace";
import { isSamePlace, rulesIn, type ZoneRule } from "../../edge/zone";
import { oncePer } from "../../once-per";
import type { StatementResult } from "../../statements/results";
import type { Scene } from "../../statements/scene";
import { isObject } from "../../terraform/json";
import { valueAt } from "../../terraform/identity";
import { placeKey, type RuleNotes, type StatementView } from "./explanation";
import { addressesFor } from "./named-sets";

/** @param results those of the environment */
export function ruleNotesOf(scene: Scene, results: readonly StatementResult[]): RuleNotes {
  return new Map(
    rulesIn(scene.edge.zone).map((rule) => {
      const statements = heldBy(rule, scene, results).map(({ statement }) => statement);
      return [placeKey(rule), { description: descriptionOf(rule, scene), statements }];
    }),
  );
}

function descriptionOf({ stack, pointer }: ZoneRule, { model }: Scene): string | undefined {
  const body = valueAt(model.stack(stack)?.json, pointer);
  const description = isObject(body) ? body["description"] : undefined;
  return typeof description === "string" ? description : undefined;
}

/**
 * The statements of an environment that one of its own rules holds: the one that its description names, and those whose
 * proof rests on it. A rule of somebody else holds none, whatever it says and does.
 *
 * @param results those of the environment
 */
export function heldBy(rule: ZoneRule, scene: Scene, results: readonly StatementResult[]): readonly StatementResult[] {
  if (!ownRules(scene).some((each) => isSamePlace(each, rule))) return [];
  const [, id] = /^([A-Z]+-\d+):/.exec(descriptionOf(rule, scene) ?? "") ?? [];
  return [
    ...results.filter(({ statement }) => statement === id),
    ...results.filter(
      ({ statement, verdict, controls }) =>
        statement !== id &&
        (verdict === "proven" || verdict === "accepted") &&
        controls.some((each) => isSamePlace(each, rule)),
    ),
  ];
}

/**
 * The rules that the edge writes for an environment: neither another team's, nor for another environment of the zone alone.
 * Such a rule may match requests for the environment's hosts from somebody who is no sender of its webhooks.
 */
const ownRules = oncePer((scene: Scene): readonly ZoneRule[] => {
  const { zone } = scene.edge;
  const seen = requestsOf(scene).map((request) => asRulesSee(request, zone.normalised));
  const rules = rulesIn(zone).filter(({ ref }) => ref.startsWith(OWN_RULE));
  return rules.filter((rule) => seen.some((each) => !matches(rule, each, zone).isFalse));
});

/** Requests for each host and each webhook of an environment, from an address of each family that is no sender's. */
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
  const { statement: id, sentence, verdict, strength, assumptions, accepted } = result;
  const { counterexample, wrong, unknown, notes } = result;
  const violation = wrong === undefined ? [] : [[...counterexample.slice(0, 1), wrong].join(" ")];
  return {
    ...{ id, sentence, verdict },
    ...(strength === undefined ? {} : { strength }),
    notes: [...violation, ...unknown.map(({ reason }) => reason), ...notes],
    ...{ assumptions, accepted },
  };
}
