import { AddressSet } from "../../../network/address-set";
import { META } from "../../../network/feeds/meta";
import { Strength } from "../../../policy/statements";
import type { Webhook } from "../../../policy/webhook";
import { PHASE } from "../../edge/phases";
import { type Result, NOT_APPLICABLE, proven, violated } from "../../result";
import type { Scene } from "../scene";
import { always, exactly, never, only, type Proposition, type Propositions } from "../vocabulary";
import { conclude } from "./conclude";
import { controlsComeFirst, normalisation, rulesOf } from "./order";
import { MEETS_THE_EDGE } from "./ports";
import { hostsOf } from "./records";
import { nobodyElse, senderItself } from "./requests/hook-1";

export const HOOK_1: Propositions = [
  only("the declared sender's addresses reach a webhook", (scene) =>
    isGuarded(scene)
      ? conclude(
          nobodyElse(scene.edge.zone, scene.edge.policy),
          scene,
          "block the path for every other address, in every spelling that the origin routes to it",
        )
      : NOT_APPLICABLE,
  ),
  never("is the sender itself certainly blocked on 443", (scene) =>
    isGuarded(scene)
      ? conclude(senderItself(scene.edge.zone, scene.edge.policy), scene, "let the sender's addresses pass")
      : NOT_APPLICABLE,
  ),
  exactly("Meta's official ranges are the addresses of the sender that bears its name", (scene) =>
    (scene.policy.environment.webhooks ?? []).map(officialRanges),
  ),
  ...MEETS_THE_EDGE.map((proposition) => ifGuarded(proposition)),
  always("that guard and normalisation come before the host is public", guardedHosts, (host, scene) =>
    controlsComeFirst(host, scene, rulesOf(PHASE.CUSTOM), normalisation),
  ),
];

/** Whether there is a webhook to guard behind the scene's edge. */
function isGuarded({ policy }: Scene): boolean {
  return (policy.environment.webhooks ?? []).length > 0;
}

function guardedHosts(scene: Scene): readonly string[] {
  return isGuarded(scene) ? hostsOf(scene) : [];
}

function ifGuarded({ sentence, conclude: decide }: Proposition): Proposition {
  return { sentence, conclude: (scene) => (isGuarded(scene) ? decide(scene) : NOT_APPLICABLE) };
}

/** There is no list of the sender's to compare with. */
const declaredRanges = (path: string, sender: string): string =>
  `the ranges that the environment declares for ${path} are those of ${sender} alone`;

function officialRanges({ path, sender }: Webhook): Result {
  const { name } = META.addresses;
  if (sender.name !== name) {
    return proven(Strength.ENFORCED, [], { assumptions: [declaredRanges(path, sender.name)] });
  }
  const declared = AddressSet.of("declared", sender.addresses);
  const [extra] = declared.difference(META.addresses).cidrs();
  const [lost] = META.addresses.difference(declared).cidrs();
  if (extra === undefined && lost === undefined) return proven(Strength.ENFORCED, []);
  return violated({
    counterexample: [extra ?? lost ?? ""],
    wrong:
      extra === undefined
        ? "is Meta's, and left out"
        : "is none of Meta's official ranges, and is let in under its name",
    change: "declare the webhook by Webhook.meta(path), or give the other sender another name",
  });
}
