import { Strength } from "../../../policy/statements";
import type { Destination } from "../../edge/destination";
import type { Proof } from "../../edge/proof";
import type { EdgeZone, ZoneRule } from "../../edge/zone";
import { type Conclusion, type Control, type Doubt, placeAt, provenBy } from "../conclusion";
import { curlOf } from "../curl";
import type { Scene } from "../scene";

/**
 * Says what a proof about the edge's requests means for a statement.
 *
 * @param change what to change where it is violated
 * @param what what is wrong with the witness; by default, where it ends
 */
export function conclude(proof: Proof, { edge: { zone, policy } }: Scene, change: string, what?: string): Conclusion {
  const [via = ""] = policy.tenants.flatMap(({ hosts }) => Object.keys(hosts));
  switch (proof.kind) {
    case "not applicable":
      return proof;
    case "proven":
      return {
        ...provenBy(Strength.ENFORCED, proof.deciding.map(controlOf), {
          notes: proof.possible.map(({ ref, action }) => `rule ${ref} may stop some of these requests: ${action}`),
        }),
        classes: proof.cells,
        rules: proof.rules,
      };
    case "undecided":
      return {
        kind: "undecided",
        doubts: proof.reasons.map((reason) => ({ reason, ...placeOf(reason, zone) })),
        ...(proof.witness === undefined ? {} : { examples: [curlOf(proof.witness, via)] }),
      };
    case "violated":
      return {
        kind: "violated",
        witnesses: [proof.witness, ...proof.also].map((request) => curlOf(request, via)),
        what: what ?? ending(proof.destination),
        by: proof.rule === undefined ? undefined : controlOf(proof.rule),
        change,
      };
  }
}

function controlOf(rule: ZoneRule): Control {
  return { name: rule.ref, ...placeAt(rule) };
}

/** Where the rule stands that a reason names. */
function placeOf(reason: string, { phases }: EdgeZone): Pick<Doubt, "place"> {
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
