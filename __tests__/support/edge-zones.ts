import { zonesOf, type EdgeZone } from "../../verification/edge/zone";
import { Model } from "../../verification/terraform/model";

/** The edges in the Terraform JSON of one stack. */
export function edgeZonesIn(json: object): readonly EdgeZone[] {
  return zonesOf(Model.of([{ name: "shop", json }]));
}
