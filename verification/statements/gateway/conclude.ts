import { Strength } from "../../../policy/statements";
import { shownConnection } from "../../gateway/connection";
import type { ConnectionProof } from "../../gateway/prove/prove";
import type { GatewayPolicy } from "../../gateway/account";
import { type Conclusion, type Control, provenBy, undecided } from "../conclusion";

/** What it means that connections end as they shouldn't. */
export interface Ending {
  /** What happens to the witness. */
  readonly what: string;
  /** What to change. */
  readonly change: string;
  /** What decided it; undefined where nothing did. */
  readonly by: Control | undefined;
}

/** Says what a proof about connections means for WORK-2. */
export function conclude(proof: ConnectionProof, ending: (policy: GatewayPolicy | undefined) => Ending): Conclusion {
  switch (proof.kind) {
    case "proven": {
      const { classes, deciding, possible } = proof;
      const controls = deciding.map(controlOf);
      const notes = possible.map(({ name }) => `policy "${name}" may stop some of the workers' connections`);
      return { ...provenBy(Strength.ASSERTED, controls, { notes }), classes, rules: deciding.length };
    }
    case "violated":
      return { kind: "violated", witnesses: [shownConnection(proof.witness)], ...ending(proof.policy) };
    case "undecided": {
      const doubts = proof.doubts.flatMap(({ reason, policy }) => {
        const at = policy === undefined ? undefined : controlOf(policy);
        return undecided(policy === undefined ? reason : `policy "${policy.name}": ${cut(reason)}`, at).doubts;
      });
      return { kind: "undecided", doubts };
    }
  }
}

const LONGEST = 200;

/** A condition may have any length. */
function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text;
}

export function controlOf({ name, stack, pointer, path }: GatewayPolicy): Control {
  return { name, stack, pointer, ...(path === undefined ? {} : { path }) };
}
