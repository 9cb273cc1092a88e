import type { GatewayPolicy } from "../../gateway/account";
import { shownConnection } from "../../gateway/connection";
import type { ConnectionProof } from "../../gateway/prove/prove";
import { asserted, type Control, placeAt, type Result, undecidedBy, violated, type Violation } from "../../result";

/** Says what a proof about connections means for WORK-2. */
export function conclude(proof: ConnectionProof, ending: (policy: GatewayPolicy | undefined) => Violation): Result {
  switch (proof.kind) {
    case "proven": {
      const { classes, deciding, possible } = proof;
      const notes = possible.map(({ name }) => `policy "${name}" may stop some of the workers' connections`);
      return asserted(deciding.map(controlOf), { notes, classes, rules: deciding.length });
    }
    case "violated":
      return violated({ counterexample: [shownConnection(proof.witness)], ...ending(proof.policy) });
    case "undecided":
      return undecidedBy(
        proof.doubts.map(({ reason, policy }) =>
          policy === undefined
            ? { reason }
            : { reason: `policy "${policy.name}": ${cut(reason)}`, place: placeAt(policy) },
        ),
      );
  }
}

const LONGEST = 200;

/** A condition may have any length. */
function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text;
}

export function controlOf(policy: GatewayPolicy): Control {
  return { name: policy.name, ...placeAt(policy) };
}
