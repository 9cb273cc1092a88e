import type { AddressSet } from "../../network/address-set";
import { AddressPlacement, EdgePart } from "../../policy/edge-options";
import { EdgePhase } from "../../policy/edge-phase";
import type { EdgePolicy } from "../../policy/slices";
import type { Origin } from "../../policy/origin";
import type { OwnedZone } from "../../policy/zone";
import { Claim } from "../claims";
import { inline, listName } from "./address-list";
import { edgeSecretVariable, originSecret } from "./origin-secret";
import type { EdgeContext, EdgePartRules, ManagedSetting } from "./part";
import { onlyHttps, redirectToHttps, tls } from "./ports";
import { guardedWebhooks, webhookGuard } from "./webhook-guard";

/** A list of the account with its name. */
export interface PlannedList {
  readonly name: string;
  readonly addresses: AddressSet;
}

/** The parts of an edge, before any of them is created. */
export interface EdgePlan {
  readonly parts: readonly EdgePartRules[];
  readonly settings: readonly ManagedSetting[];
  readonly normalises: boolean;
  /** The environments that have an edge secret. */
  readonly secrets: readonly string[];
  readonly lists: readonly PlannedList[];
  /** The hosts that it makes public. */
  readonly hosts: readonly { readonly host: string; readonly origin: Origin }[];
  /** The context from which the parts build their rules, without the secrets. */
  readonly context: Omit<EdgeContext, "secret">;
}

/** The parts that contribute rules and settings. The rules of one phase run in this order. */
const PARTS: readonly EdgePartRules[] = [redirectToHttps, onlyHttps, webhookGuard, originSecret, tls];

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

/** Everything that an edge owns alone in the app. It owns all its phases, also those where it has no rule. */
export function edgeClaims(zone: OwnedZone, stack: string, plan: EdgePlan): readonly Claim[] {
  return [
    ...Object.values(EdgePhase).map((phase) => Claim.phase(zone.id, phase)),
    ...plan.settings.map(({ id }) => Claim.zoneSetting(zone.id, id)),
    ...(plan.normalises ? [Claim.zoneSetting(zone.id, "url_normalization")] : []),
    ...plan.hosts.map(({ host }) => Claim.record(zone.id, host)),
    ...plan.lists.map(({ name }) => Claim.list(zone.account, name)),
    ...plan.secrets.map((environment) => Claim.variable(stack, edgeSecretVariable(environment))),
  ];
}
