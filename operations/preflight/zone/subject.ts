import type { EdgePolicy } from "../../../policy/slices";
import type { Client } from "../../platforms/client";
import type { LiveRuleset } from "../../platforms/cloudflare";
import type { EdgePhase } from "../../../policy/edge-phase";
import type { Reading } from "../../platforms/platform";
import type { Subject } from "../subject";

/** A zone that is about to be changed. */
export interface ZoneSubject extends Pick<Subject, "drop" | "synthesized"> {
  readonly client: Client;
  readonly edge: EdgePolicy;
  /** The entry points of the phases in which the deploy writes rules. */
  readonly rulesets: ReadonlyMap<EdgePhase, Reading<LiveRuleset | undefined>>;
  /** Whether this project's rules are in the zone already: then its resources are in its state, and nothing collides. */
  readonly isDeployed: boolean;
}
