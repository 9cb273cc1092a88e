import { inZone } from "../../edge/zone";
import { Strength } from "../../../policy/statements";
import type { Resource } from "../../terraform/stack";
import { type Result, controlAt, proven, violated } from "../../result";
import type { Scene } from "../scene";
import { recordsOver } from "./records";

/** Picks those of the zone's resources that have to be in force before a host is public. */
export type Control = (resource: Resource) => boolean;

export const rulesOf =
  (phase: string): Control =>
  ({ type, attributes }) =>
    type === "cloudflare_ruleset" && attributes["phase"] === phase;

export const settings =
  (...ids: readonly string[]): Control =>
  ({ type, attributes: { setting_id: id } }) =>
    type === "cloudflare_zone_setting" && typeof id === "string" && ids.includes(id);

export const normalisation: Control = ({ type }) => type === "cloudflare_url_normalization_settings";

/** A host is public, by its own record or a wildcard, only once all of these are in force. They would come late otherwise. */
export function controlsComeFirst(host: string, scene: Scene, ...controls: readonly Control[]): Result {
  const { model, edge } = scene;
  const before = inZone(model, edge.zone.id).filter((resource) => controls.some((control) => control(resource)));
  const records = recordsOver(host, scene);
  const late = records.flatMap((record) =>
    before.filter((each) => !model.isAfter(record, each)).map((each) => ({ record, each })),
  );
  const [first] = late;
  if (first === undefined) return proven(Strength.ENFORCED, records.map(controlAt));
  return violated({
    counterexample: [host],
    wrong: `may be public before ${first.each.address} is in force`,
    by: controlAt(first.record),
    change: `let the record depend on ${first.each.address}`,
  });
}
