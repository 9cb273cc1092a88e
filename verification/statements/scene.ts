import type { EdgePolicy } from "../../policy/slices";
import type { Policy } from "../../policy/policy";
import { zonesOf, type EdgeZone } from "../edge/zone";
import type { Model } from "../terraform/model";
import { oncePer } from "../once-per";

/** The subject of a statement: one environment's policy, among those of its app, and the model of the app's JSON. */
export interface Scene {
  readonly model: Model;
  readonly policy: Policy;
  readonly policies: readonly Policy[];
  /** The edge that the environment lives behind: its own, or that of its zone's owner. */
  readonly edge: { readonly zone: EdgeZone; readonly policy: EdgePolicy };
}

/**
 * The scenes of an app, one for each policy. They are made once for an app: findings about a scene are kept with it.
 *
 * @throws Error where a policy's zone has its owner elsewhere
 */
export function scenesOf(model: Model, policies: readonly Policy[]): readonly Scene[] {
  return scenesFor(model)(policies);
}

const scenesFor = oncePer((model: Model) => oncePer((policies: readonly Policy[]) => scenesAmong(model, policies)));

function scenesAmong(model: Model, policies: readonly Policy[]): readonly Scene[] {
  const owned = policies.flatMap(({ environment: { zone } }) => (zone.kind === "owned" ? [zone] : []));
  const edges = zonesOf(model, new Map(owned.map(({ id, account }) => [id, account])));
  const zones = new Map(edges.map((edge) => [edge.id, edge]));
  const named = new Map(policies.map((policy) => [policy.name, policy]));
  return policies.map((policy) => {
    const owner = named.get(policy.edgeOwner);
    if (owner === undefined)
      throw new Error(`"${policy.name}" lives in the zone of "${policy.edgeOwner}", which is no policy here`);
    const edge = owner.edge;
    return {
      model,
      policy,
      policies,
      edge: { policy: edge, zone: zones.get(edge.zone.id) ?? bare(edge) },
    };
  });
}

/** A zone without a rule. */
function bare({ zone: { id } }: EdgePolicy): EdgeZone {
  return { id, phases: new Map(), normalised: false, lists: new Map() };
}
