import { Construct } from "constructs";
import type { AddressSet } from "../../network/address-set";
import { HostNotation } from "../../network/host-notation";
import { List } from "@cdktf/provider-cloudflare/lib/list";

export interface AddressListProps {
  readonly account: string;
  /** The list's name in the account: lower-case letters, digits and underscores, at most 50. */
  readonly name: string;
  readonly addresses: AddressSet;
}

/**
 * An account-wide list of addresses that rules name as `$name`.
 *
 * Terraform creates its replacement first, and keeps the old list until the rules that named it are changed. The
 * platform refuses to delete a list in use.
 *
 * @see https://developers.cloudflare.com/waf/tools/lists/custom-lists/
 */
export class AddressList extends Construct {
  public readonly resource: List;

  public constructor(scope: Construct, id: string, { account, name, addresses }: AddressListProps) {
    super(scope, id);
    this.resource = new List(this, "Resource", {
      accountId: account,
      kind: "ip",
      name,
      // An empty description shows as a change in every plan.
      description: `HOOK-1: the addresses of ${addresses.name}`,
      items: addresses.cidrs(HostNotation.CLOUDFLARE).map((ip) => ({ ip })),
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

/** Addresses as the right-hand side of `in`, written out. */
export function inline(addresses: AddressSet): string {
  return `{${addresses.cidrs(HostNotation.CLOUDFLARE).join(" ")}}`;
}

/** The name of the account-wide list that holds a sender's addresses for the zone of an environment. */
export function listName(owner: string, sender: AddressSet): string {
  return `${owner.replaceAll("-", "_")}_${sender.name}`;
}
