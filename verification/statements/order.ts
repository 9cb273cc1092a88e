import { inZone } from "../edge/zone";
import { controlAt, enforced, type Result, violated } from "../result";
import type { Resource } from "../terraform/stack";
import type { Check } from "./assertion";
import { hostsOf, recordsOver } from "./dns-records";
import type { Scene } from "./scene";

/** Picks those of the zone's resources that have to be in force before a host is public. */
export type Pick = (resource: Resource) => boolean;

export const rulesOf =
  (phase: string): Pick =>
  ({ type, attributes }) =>
    type === "cloudflare_ruleset" && attributes["phase"] === phase;

export const settings =
  (...ids: readonly string[]): Pick =>
  ({ type, attributes: { setting_id: id } }) =>
    type === "cloudflare_zone_setting" && typeof id === "string" && ids.includes(id);

export const normalisation: Pick = ({ type }) => type === "cloudflare_url_normalization_settings";

/** Each host is public, by its own record or a wildcard, only once all of these are in force. They would come late otherwise. */
export const inForceBeforeHosts =
  (...picks: readonly Pick[]): Check =>
  (scene) =>
    hostsOf(scene).map((host) => inForceBefore(host, scene, picks));

function inForceBefore(host: string, scene: Scene, picks: readonly Pick[]): Result {
  const { model, edge } = scene;
  const before = inZone(model, edge.zone.id).filter((resource) => picks.some((pick) => pick(resource)));
  const records = recordsOver(host, scene);
  const [first] = records.flatMap((record) =>
    before.filter((control) => !model.isAfter(record, control)).map((control) => ({ record, control })),
  );
  if (first === undefined) return enforced(records.map(controlAt));
  return violated({
    counterexample: [host],
    wrong: `may be public before ${first.control.address} is in force`,
    by: controlAt(first.record),
    change: `let the record depend on ${first.control.address}`,
  });
}
