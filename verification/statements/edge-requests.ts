import { bytesOf } from "../../network/rules-language";
import type { EdgePolicy } from "../../policy/slices";
import { run } from "../solver/language/dfa";
import type { Destination } from "../edge/ends";
import type { EdgeRequest } from "../edge/evaluate/edge-request";
import { ACCEPTED, allOf, endsBy, type Expectation, type Proof, Quantifier, REFUSED } from "../edge/proof";
import { prove } from "../edge/prove";
import type { Scope } from "../edge/scope";
import { controlOf, type EdgeZone, type ZoneRule } from "../edge/zone";
import { enforced, NOT_APPLICABLE, placeAt, type Result, undecidedBy, type Unknown, violated } from "../result";
import type { Question } from "../../policy/question";
import { Answer } from "../solver/formula";
import { isKnownAction } from "../edge/actions";
import { curlOf } from "../edge/curl";
import { declaredHosts, hostsOfZone } from "./hosts";
import type { Scene } from "./scene";

/** The words for requests that end as they shouldn't. */
export interface Words {
  readonly change: string;
  /**
   * The fault of the counterexample.
   *
   * @default - where it ends
   */
  readonly wrong?: string;
}

/** Every request is certainly blocked. */
export const BLOCKED: Expectation = {
  quantifier: Quantifier.ALWAYS,
  judge: ({ destination }) => (destination.kind === "block" ? ACCEPTED : REFUSED),
  isAlwaysAccepted: endsBy("block"),
};

/**
 * Proves for the requests of a scope, for any host.
 *
 * A request for a host outside of the zone meets its rules only where the zone serves that host as a custom hostname.
 * The JSON needn't show that. So if only such requests get through, that is neither a violation nor a proof.
 *
 * @see https://developers.cloudflare.com/cloudflare-for-platforms/cloudflare-for-saas/domain-support/
 */
export function proveForEveryHost(zone: EdgeZone, policy: EdgePolicy, scope: Scope, expectation: Expectation): Proof {
  const proof = prove(zone, scope, expectation);
  if (proof.kind !== "violated") return proof;
  const hosts = hostsOfZone(policy);
  if (run(hosts, bytesOf(proof.counterexample.host)) === Answer.YES) return proof;
  const reasons = [
    `only requests for hosts outside of the zone ${policy.zone.name} get through, which meet its rules where it serves custom hostnames`,
  ];
  return allOf([
    prove(zone, { ...scope, hosts }, expectation),
    { kind: "undecided", reasons, request: proof.counterexample },
  ]);
}

/** The result that a proof about the edge's requests gives a statement. */
export function resultOf(proof: Proof, scene: Scene, { change, wrong }: Words): Result {
  const [via = ""] = declaredHosts(scene.edge.policy);
  const shown = (request: EdgeRequest): string => curlOf(request, via);
  switch (proof.kind) {
    case "not applicable":
      return NOT_APPLICABLE;
    case "proven":
      return enforced(proof.deciding.map(controlOf), {
        notes: proof.possible.map(({ ref, action }) => `rule ${ref} may stop some of these requests: ${action}`),
        classes: proof.cells,
        rules: proof.rules,
      });
    case "undecided":
      return undecidedBy(
        proof.reasons.map((reason) => unknownOf(reason, scene.edge.zone)),
        proof.request === undefined ? [] : [shown(proof.request)],
      );
    case "violated":
      return violated({
        counterexample: [proof.counterexample, ...proof.also].map(shown),
        wrong: wrong ?? ending(proof.destination),
        by: proof.rule === undefined ? undefined : controlOf(proof.rule),
        change,
      });
  }
}

/** The question about the rule that a reason names. A reason that names none is about the cost of the whole answer. */
function unknownOf(reason: string, { phases }: EdgeZone): Unknown {
  const rule = [...phases.values()].flat().find(({ ref }) => reason.startsWith(`rule ${ref}:`));
  return rule === undefined
    ? { reason, question: "budget" }
    : { reason, question: questionAbout(rule), place: placeAt(rule) };
}

function questionAbout({ action, areParametersKnown }: ZoneRule): Question {
  if (!isKnownAction(action)) return "action";
  return areParametersKnown ? "condition" : "parameters";
}

function ending(destination: Destination): string {
  switch (destination.kind) {
    case "origin":
      return "reaches the origin";
    case "block":
      return "is blocked";
    case "redirect":
      return `is redirected to ${destination.location}`;
    case "undecided":
      return `is undecided: ${destination.reasons.join("; ")}`;
  }
}
