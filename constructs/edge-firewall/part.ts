import type { AddressSet } from "../../network/address-set";
import type { EdgePart } from "../../policy/edge-options";
import type { EdgePolicy, EdgeTenant } from "../../policy/slices";
import type { OtherRule } from "../../policy/other-rule";

/** The rules and settings that a part of the edge contributes to the zone. */
export interface EdgePartRules {
  readonly part: EdgePart;
  /** Its rules, in the order in which they run. */
  readonly rules: (edge: EdgeContext) => readonly EdgeRule[];
  /** The zone settings that it holds at a value. */
  readonly settings: (policy: EdgePolicy) => readonly ManagedSetting[];
}

/** The context from which the parts build their rules. */
export interface EdgeContext {
  readonly tenants: readonly EdgeTenant[];
  /** The webhooks of all tenants. */
  readonly webhooks: readonly GuardedWebhooks[];
  /** A sender's addresses as the right-hand side of `in`. */
  readonly addresses: (webhooks: GuardedWebhooks) => string;
  /** A reference to the edge secret of an environment. */
  readonly secret: (environment: string) => string;
}

/** A setting of a zone with the value that it is held at. */
export interface ManagedSetting {
  /** The setting's id in Cloudflare's API. */
  readonly id: string;
  readonly value: string | Readonly<Record<string, unknown>>;
}

/** A rule of one of the edge's phases: its own have the form in which those of other teams come in. */
export type EdgeRule = OtherRule;

/** The webhooks of a zone that one sender may call. */
export interface GuardedWebhooks {
  /** The sender's addresses; the set has the sender's name. */
  readonly sender: AddressSet;
  readonly paths: readonly string[];
}
