import type { AddressSet } from "../../network/address-set";
import { AddressPlacement } from "../../policy/edge-options";
import { EdgePart } from "../../policy/edge-part";
import type { EdgePolicy } from "../../policy/edge-policy";
import type { Origin } from "../../policy/origin";
import { inline, listName } from "./address-notation";
import type { EdgeContext, EdgePartRules, ManagedSetting } from "./edge-part-rules";
import { guardedWebhooks } from "./guarded-webhooks";
import { PARTS } from "./parts";

/** A list of the account with its name. */
export interface PlannedList {
  readonly name: string;
  readonly addresses: AddressSet;
}

/** What an edge consists of, before any of it is created. */
export interface EdgePlan {
  readonly parts: readonly EdgePartRules[];
  readonly settings: readonly ManagedSetting[];
  readonly normalises: boolean;
  /** The environments that have an edge secret. */
  readonly secrets: readonly string[];
  readonly lists: readonly PlannedList[];
  /** The hosts that it makes public. */
  readonly hosts: readonly { readonly host: string; readonly origin: Origin }[];
  /** What the parts build their rules from, secrets aside. */
  readonly context: Omit<EdgeContext, "secret">;
}

export function edgePlan(policy: EdgePolicy): EdgePlan {
  const { tenants, leave = [], addresses = AddressPlacement.INLINE } = policy;
  const keeps = (part: EdgePart): boolean => !leave.includes(part);
  const parts = PARTS.filter(({ part }) => keeps(part));
  const webhooks = guardedWebhooks(tenants);
  const owner = tenants.map(({ name }) => name)[0] ?? "";
  const inLists = addresses === AddressPlacement.LIST && keeps(EdgePart.WEBHOOK_GUARD);
  return {
    parts,
    settings: parts.flatMap((part) => part.settings(policy)),
    normalises: keeps(EdgePart.NORMALISATION),
    secrets: keeps(EdgePart.ORIGIN_SECRET) ? tenants.map(({ name }) => name) : [],
    lists: inLists ? webhooks.map(({ sender }) => ({ name: listName(owner, sender), addresses: sender })) : [],
    hosts: keeps(EdgePart.DNS)
      ? tenants.flatMap(({ hosts }) => Object.entries(hosts).map(([host, origin]) => ({ host, origin })))
      : [],
    context: {
      tenants,
      webhooks,
      addresses: ({ sender }) => (inLists ? `$${listName(owner, sender)}` : inline(sender)),
    },
  };
}
