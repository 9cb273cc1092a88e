import type { AddressRange } from "./address-entry";
import { AddressSet } from "./address-set";
import { type Cidr, intervalOf, parseCidr } from "./cidr";
import {
  IPV4_SPECIAL_REGISTRY,
  IPV6_SPECIAL_REGISTRY,
  MULTICAST_BLOCKS,
  GlobalReach,
  type SpecialBlock,
} from "./special-blocks";

const REGISTERED: readonly SpecialBlock[] = [...IPV4_SPECIAL_REGISTRY, ...IPV6_SPECIAL_REGISTRY];

/** Every block that the IANA sets apart: both special-purpose registries, then multicast. */
export const SPECIAL_BLOCKS: readonly SpecialBlock[] = Object.freeze([...REGISTERED, ...MULTICAST_BLOCKS]);

const MULTICAST = named("multicast", ...MULTICAST_BLOCKS.map(({ prefix }) => prefix));
const NOT_GLOBALLY_REACHABLE = notGloballyReachable();

/** Named sets of special addresses, each a choice of `SPECIAL_BLOCKS`. */
export const SpecialAddresses = Object.freeze({
  /** A host's own addresses (RFC 1122, RFC 4291). */
  LOOPBACK: named("loopback", "127.0.0.0/8", "::1/128"),

  /** Networks that anyone may use inside: RFC 1918, and unique local addresses (RFC 4193). */
  PRIVATE: named("private", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),

  /** Addresses valid on one link (RFC 3927, RFC 4291), the metadata services of clouds among them. */
  LINK_LOCAL: named("link-local", "169.254.0.0/16", "fe80::/10"),

  /** Carrier-grade NAT (RFC 6598): one address stands for many customers of a provider. */
  SHARED: named("shared address space", "100.64.0.0/10"),

  /** Addresses for examples (RFC 5737, RFC 3849, RFC 9637). */
  DOCUMENTATION: named(
    "documentation",
    "192.0.2.0/24",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "2001:db8::/32",
    "3fff::/20",
  ),

  /** Networks for measuring devices (RFC 2544, RFC 5180). */
  BENCHMARKING: named("benchmarking", "198.18.0.0/15", "2001:2::/48"),

  /** Group addresses (RFC 5771, RFC 4291). */
  MULTICAST,

  /**
   * The addresses that the special-purpose registries don't list as globally reachable. The most specific block decides.
   * Blocks for which the registry says neither (6to4, Teredo, deprecated ones) are included, unallocated addresses are not.
   */
  NOT_GLOBALLY_REACHABLE,

  /** The addresses that no request from the internet comes from: `NOT_GLOBALLY_REACHABLE` and `MULTICAST`. */
  NOT_PUBLIC: NOT_GLOBALLY_REACHABLE.union(MULTICAST).named("not public"),
});

/** The special blocks that a set has addresses of, in the registries' order: `10.1.2.3` lies in Private-Use (RFC 1918). */
export function specialBlocksIn(set: AddressSet): readonly SpecialBlock[] {
  return SPECIAL_BLOCKS.filter((block) => addressesOf(block).overlaps(set));
}

function addressesOf({ name, prefix }: SpecialBlock): AddressSet {
  return AddressSet.ofRanges(name, [rangeOf(prefix)]);
}

function named(name: string, ...prefixes: readonly string[]): AddressSet {
  return AddressSet.ofRanges(name, prefixes.map(rangeOf));
}

function notGloballyReachable(): AddressSet {
  return [...REGISTERED]
    .sort((a, b) => registered(a.prefix).prefixLength - registered(b.prefix).prefixLength)
    .reduce(
      (set, block) =>
        block.globallyReachable === GlobalReach.YES
          ? set.difference(addressesOf(block))
          : set.union(addressesOf(block)),
      AddressSet.empty("not globally reachable"),
    )
    .named("not globally reachable");
}

function rangeOf(prefix: string): AddressRange {
  const cidr = registered(prefix);
  return { family: cidr.family, ...intervalOf(cidr) };
}

/** A prefix of this project's own tables. */
function registered(prefix: string): Cidr {
  const cidr = parseCidr(prefix);
  if (cidr === undefined) throw new Error(`${prefix} in a table of special addresses is not a CIDR block`);
  return cidr;
}
