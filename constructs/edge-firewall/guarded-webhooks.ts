import { AddressSet } from "../../network/address-set";
import type { EdgeTenant } from "../../policy/edge-policy";

/** The webhooks of a zone that one sender may call. */
export interface GuardedWebhooks {
  /** The sender's addresses; the set has the sender's name. */
  readonly sender: AddressSet;
  readonly paths: readonly string[];
}

/** The webhooks of all tenants, one entry per sender, in the order of their names. */
export function guardedWebhooks(tenants: readonly EdgeTenant[]): readonly GuardedWebhooks[] {
  const webhooks = tenants.flatMap((tenant) => tenant.webhooks ?? []);
  const senders = new Map(webhooks.map(({ sender }) => [sender.name, sender.addresses]));
  return [...senders]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, addresses]) => ({
      sender: AddressSet.of(name, addresses),
      paths: [...new Set(webhooks.filter(({ sender }) => sender.name === name).map(({ path }) => path))].sort(),
    }));
}
