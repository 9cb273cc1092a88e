import type { OwnedZone } from "../../../policy/zone";
import { type RulesOverview, rulesOverview } from "../../edge/overview";
import type { EdgeZone, ZoneRule } from "../../edge/zone";
import { placeAt } from "../../result";
import { scenesOf } from "../../statements/scene";
import type { Place } from "../../terraform/stack";
import type { App } from "../app";
import { namedSets } from "../explain/named-sets";

/** A zone of the app with what the policy says of it. */
export interface LintedZone {
  readonly zone: EdgeZone;
  readonly policy: OwnedZone;
  /** How its rules bear on each other, worked out when it is asked for. */
  readonly overview: () => RulesOverview;
  /** A public host of the zone: where an example can be sent to whose own host is no name. */
  readonly host: string;
}

/** Every zone that a policy of the app owns. */
export function lintedZones({ model, policies }: App): readonly LintedZone[] {
  return scenesOf(model, policies)
    .filter(({ policy }) => policy.ownsZone)
    .map(({ edge }) => {
      const names = namedSets(policies, edge.zone);
      const hosts = edge.policy.tenants.flatMap((tenant) => Object.keys(tenant.hosts));
      const scope = { likely: { hosts, paths: ["/"] } };
      let known: RulesOverview | undefined;
      const overview = (): RulesOverview => (known ??= rulesOverview(edge.zone, { names, scope }));
      return { zone: edge.zone, policy: edge.policy.zone, overview, host: hosts[0] ?? "" };
    });
}

/** Every rule of a zone. */
export function rulesIn({ zone: { phases } }: LintedZone): readonly ZoneRule[] {
  return [...phases.values()].flat();
}

/** Where something stands in a rule. */
export function within(rule: ZoneRule, member: string): Place {
  return { ...placeAt(rule), pointer: `${rule.pointer}/${member}` };
}
