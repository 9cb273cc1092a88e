import type { Policy } from "../../../policy/policy";
import type { Model } from "../../terraform/model";
import { zoneOf } from "../../edge/zone";
import { oncePer } from "../../once-per";
import { influenceOf } from "../influence";

/** What is modelled is read where its zone is known: nobody reads what names a zone that no policy declares. */
export const straysBeside = oncePer((policies: readonly Policy[]) => {
  const declared = new Set(["", ...policies.flatMap((each) => (each.ownsZone ? each.edge.zone.id : []))]);
  return oncePer(({ resources }: Model) =>
    resources.filter(
      (resource) => influenceOf(resource.type)?.standing === "modelled" && !declared.has(zoneOf(resource)),
    ),
  );
});
