import type { Problem } from "../../errors/invalid-input";
import type { Environment } from "../environment";
import type { CoherenceRule } from "./coherence-rule";

/** A carried zone is owned by an environment of this app, and its options are the owner's to set. */
export const zones: CoherenceRule = (environments) => {
  const owners = environments.filter(({ zone }) => zone.kind === "owned").map(({ name }) => name);
  return environments.flatMap((environment) => carried(environment, owners));
};

function carried({ name, zone, edge }: Environment, owners: readonly string[]): readonly Problem[] {
  if (zone.kind === "owned") return [];
  const owner: Problem = {
    at: `${name}.zone.by`,
    got: `"${zone.by}"`,
    allowed: `an environment that owns its zone: ${owners.join(", ") || "there is none"}`,
    change: "name the owner, or give this environment a zone of its own with Zone.of(...)",
  };
  const options: Problem = {
    at: `${name}.edge`,
    got: "options for a zone that another environment owns",
    allowed: "edge options only where the zone is owned",
    change: `move them to ${zone.by}`,
  };
  return [...(owners.includes(zone.by) ? [] : [owner]), ...(edge === undefined ? [] : [options])];
}
