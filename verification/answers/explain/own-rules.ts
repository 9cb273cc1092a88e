import { printAddress } from "../../../network/address";
import { AddressSet } from "../../../network/address-set";
import { OWN_RULE } from "../../../policy/edge-phase";
import { CONNECTIONS } from "../../edge/scope";
import { asRulesSee, type EdgeRequest } from "../../edge/evaluate/edge-request";
import { matches } from "../../edge/evaluate/trace";
import { oncePer } from "../../once-per";
import type { Scene } from "../../statements/scene";
import type { Place } from "../../terraform/stack";
import { addressesFor } from "./source";

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
