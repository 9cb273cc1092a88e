import type { OwnedZone } from "../../../policy/zone";
import { printable } from "../../printable";
import { type LiveZone, readZone } from "../../platforms/cloudflare";
import { cannotTell, failure, type Finding } from "../../inventory/finding";
import type { ZoneSubject } from "./subject";

/** What a zone has to be, what it is, and what to do. */
type Fact = (live: LiveZone, zone: OwnedZone) => readonly [holds: boolean, kind: string, what: string, todo: string];

const FACTS: readonly Fact[] = [
  ({ plan }, zone) => [
    plan.legacy_id === zone.plan,
    "plan",
    `is on the plan ${printable(plan.legacy_id)}, and the environment says ${zone.plan}`,
    "write the real plan: limits are checked against it, and a rule that the plan can't do fails the deploy",
  ],
  ({ name }, zone) => [
    name === zone.name,
    "zone-name",
    `is called ${printable(name)}, and the environment says ${zone.name}`,
    "put the zone's own id and name together",
  ],
  ({ account }, zone) => [
    account.id === zone.account,
    "account",
    `belongs to the account ${printable(account.id)}, and the environment says ${zone.account}`,
    "write the account that holds the zone",
  ],
  ({ status, paused }) => [
    status === "active" && !paused,
    "status",
    `is ${paused ? "paused" : printable(status)}: nothing goes through its edge`,
    "finish the zone's set-up on Cloudflare, or resume it",
  ],
];

/** The zone's plan, and what else the environment says of it. */
export async function plan({ client, edge: { zone } }: ZoneSubject): Promise<readonly Finding[]> {
  const live = await readZone(client, zone.id);
  if (live.kind === "unreadable") {
    return [cannotTell(`cloudflare/zone/${zone.id}`, `the zone ${zone.name}`, live, "Zone > Zone > Read")];
  }
  return FACTS.map((fact) => fact(live.value, zone))
    .filter(([holds]) => !holds)
    .map(([, kind, what, todo]) =>
      failure(`cloudflare/${kind}/${zone.id}`, { what: `the zone ${zone.id} ${what}`, todo }),
    );
}
