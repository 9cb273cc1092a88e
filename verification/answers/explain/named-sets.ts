import { type Problem, shown } from "../../../errors/invalid-input";
import { type Address, embeddedIpv4, isIpv4Mapped, parseAddress, printAddress } from "../../../network/address";
import { AddressSet } from "../../../network/address-set";
import { type Cidr, intervalOf, printCidr } from "../../../network/cidr";
import { CLOUDFLARE } from "../../../network/feeds/cloudflare";
import { META } from "../../../network/feeds/meta";
import { SpecialAddresses } from "../../../network/special-addresses";
import type { Policy } from "../../../policy/policy";
import { gatewayAddresses } from "../../../policy/worker-egress";
import { distinctBy } from "../../collections";
import type { EdgeZone } from "../../edge/zone";
import { oneOfEachFamily } from "../../solver/address-axis";
import type { SourceView } from "./explanation";

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
  return distinctBy(all, ({ name }) => name);
}

/** The name of these addresses, and the first of their blocks: `meta (31.13.24.0/21 and 26 more)`. */
export function inWords(set: AddressSet, names: NamedSets): string {
  const named = names.find((each) => each.equals(set));
  return named === undefined ? `{${blocksInWords(set)}}` : `${named.name} (${blocksInWords(set)})`;
}

/** The first of their blocks: `31.13.24.0/21 and 26 more`. */
export function blocksInWords(set: AddressSet): string {
  const [first = "no address", ...others] = set.cidrs();
  return others.length > 0 ? `${first} and ${others.length} more` : first;
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

function setsWith(address: Address, names: NamedSets): readonly string[] {
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

/** The source of a request: an address, and whom it stands for. */
export function sourceOf(address: Address, names: NamedSets, isAnyone: boolean): SourceView {
  return { address: printAddress(address), sets: setsWith(address, names), isAnyone };
}

/** The address that was named, if one was; else one of each family that stands for everybody else. */
export function addressesFor(
  from: string | undefined,
  known: readonly AddressSet[],
): readonly [Address, ...(readonly Address[])] {
  const given = from === undefined ? undefined : parseAddress(from);
  const [first, ...others] = given === undefined ? anyone(known) : [given];
  if (first === undefined) throw new Error("every address has a name");
  return [first, ...others];
}

/** Where requests from the internet come from, and what examples take for it. */
const PUBLIC = AddressSet.everything()
  .difference(SpecialAddresses.NOT_PUBLIC)
  .union(SpecialAddresses.DOCUMENTATION)
  .named("public");

/** A set as wide as this says nothing about who somebody is. */
const WIDE = { 4: 1n << 28n, 6: 1n << 112n } as const;

/** One public address of each family that is in none of the sets, as far as there is one; IPv4 first. */
function anyone(known: readonly AddressSet[]): readonly Address[] {
  const narrow = known.filter(({ ipv4, ipv6 }) => ipv4.size < WIDE[4] && ipv6.size < WIDE[6]);
  const others = narrow.reduce((rest, set) => rest.difference(set), PUBLIC);
  return oneOfEachFamily(others.ranges);
}

/** Forms that people write in place of an address, and what to change. */
const OTHER_FORMS: readonly (readonly [form: RegExp, change: string])[] = [
  [/\//, "ask about one address of the block"],
  [/[[\]]|^[\d.]+:\d+$/, "write it without brackets or a port"],
  [/[g-z]/i, "write an address that the name stands for"],
];

/** The problems with an address that somebody asks about. */
export function problemsWithFrom(from: string | undefined): readonly Problem[] {
  if (from === undefined) return [];
  const address = parseAddress(from);
  const problem = { at: "--from", got: shown(from), allowed: "an IPv4 or IPv6 address" };
  if (address === undefined) {
    const [, change] = OTHER_FORMS.find(([form]) => form.test(from)) ?? [];
    return [{ ...problem, ...(change === undefined ? {} : { change }) }];
  }
  // The edge sees such a client by its IPv4 address.
  return isIpv4Mapped(address) ? [{ ...problem, change: `ask about ${printAddress(embeddedIpv4(address))}` }] : [];
}
