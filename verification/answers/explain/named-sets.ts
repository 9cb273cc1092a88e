import { type Address, printAddress } from "../../../network/address";
import { AddressSet } from "../../../network/address-set";
import { type Cidr, intervalOf, printCidr } from "../../../network/cidr";
import { CLOUDFLARE } from "../../../network/feeds/cloudflare";
import { META } from "../../../network/feeds/meta";
import type { Policy } from "../../../policy/policy";
import { gatewayAddresses } from "../../../policy/worker-egress";
import type { EdgeZone } from "../../edge/zone";

/** The sets of addresses that people have a name for. */
export type NamedSets = readonly AddressSet[];

/** Meta, Cloudflare, the senders of webhooks, what the environments reach out from, and a zone's lists. */
export function namedSets(policies: readonly Policy[], zone?: EdgeZone): NamedSets {
  const all = [
    META.addresses,
    CLOUDFLARE.addresses,
    ...policies.flatMap(sendersOf),
    ...policies.flatMap(egressOf),
    ...[...(zone?.lists ?? [])].map(([name, list]) => list.named(`the list $${name}`)),
  ];
  return [...new Map(all.map((set) => [set.name, set])).values()];
}

/** What people call these addresses, and the first of their blocks: `meta (31.13.24.0/21 and 26 more)`. */
export function inWords(set: AddressSet, names: NamedSets): string {
  const blocks = set.cidrs();
  const [first = "no address"] = blocks;
  const written = blocks.length > 1 ? `${first} and ${blocks.length - 1} more` : first;
  const named = names.find((each) => each.equals(set));
  return named === undefined ? `{${written}}` : `${named.name} (${written})`;
}

/** Whether an address is in a set, in words: with the block that holds it, or the first of those that don't. */
export function membership(address: Address, set: AddressSet, names: NamedSets): string {
  const text = printAddress(address);
  const block = set.blocks.find((each) => isIn(address, each));
  if (block === undefined) return `${text} is not in ${inWords(set, names)}`;
  const named = names.find((each) => each.equals(set));
  return named === undefined
    ? `${text} is in ${printCidr(block)}`
    : `${text} is in ${named.name} (${printCidr(block)})`;
}

function isIn({ family, value }: Address, block: Cidr): boolean {
  const { first, last } = intervalOf(block);
  return block.family === family && first <= value && value <= last;
}

/** The names of the sets that hold an address. */
export function setsWith(address: Address, names: NamedSets): readonly string[] {
  return names.filter((set) => set.contains(address)).map(({ name }) => name);
}

function sendersOf({ name, environment: { webhooks = [] } }: Policy): readonly AddressSet[] {
  return webhooks.flatMap(({ sender }) => {
    const set = AddressSet.of(sender.name, sender.addresses);
    if (set.equals(META.addresses)) return [];
    return [sender.name === META.addresses.name ? set.named(`${sender.name} as ${name} declares it`) : set];
  });
}

function egressOf({ name, environment }: Policy): readonly AddressSet[] {
  const { egress } = environment;
  const proxied = gatewayAddresses(environment);
  return [
    ...(egress === undefined ? [] : [AddressSet.of(`egress of ${name}`, egress.addresses)]),
    ...(proxied === undefined || proxied === egress
      ? []
      : [AddressSet.of(`worker egress of ${name}`, proxied.addresses)]),
  ];
}
