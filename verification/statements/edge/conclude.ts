import type { Destination } from "../../edge/ends";
import type { Proof } from "../../edge/proof";
import type { EdgeZone, ZoneRule } from "../../edge/zone";
import {
  type Control,
  enforced,
  NOT_APPLICABLE,
  placeAt,
  type Result,
  undecidedBy,
  type Unknown,
  violated,
} from "../../result";
import { curlOf } from "../curl";
import type { Scene } from "../scene";

/**
 * Says what a proof about the edge's requests means for a statement.
 *
 * @param change what to change where it is violated
 * @param wrong what is wrong with the counterexample; by default, where it ends
 */
export function conclude(proof: Proof, { edge: { zone, policy } }: Scene, change: string, wrong?: string): Result {
  const [via = ""] = policy.tenants.flatMap(({ hosts }) => Object.keys(hosts));
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
        proof.reasons.map((reason) => ({ reason, ...placeOf(reason, zone) })),
        proof.witness === undefined ? [] : [curlOf(proof.witness, via)],
      );
    case "violated":
      return violated({
        counterexample: [proof.witness, ...proof.also].map((request) => curlOf(request, via)),
        wrong: wrong ?? ending(proof.destination),
        by: proof.rule === undefined ? undefined : controlOf(proof.rule),
        change,
      });
  }
}

function controlOf(rule: ZoneRule): Control {
  return { name: rule.ref, ...placeAt(rule) };
}

/** Where the rule stands that a reason names. */
function placeOf(reason: string, { phases }: EdgeZone): Pick<Unknown, "place"> {
  const rule = [...phases.values()].flat().find(({ ref }) => reason.startsWith(`rule ${ref}:`));
  return rule === undefined ? {} : { place: placeAt(rule) };
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
