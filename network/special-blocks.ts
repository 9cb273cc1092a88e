/** Whether a packet to a block is forwarded beyond one administrative domain (RFC 8190 section 2). */
export enum GlobalReach {
  YES = "yes",
  NO = "no",
  /** The registry says neither: the block is deprecated, or depends on the address that is embedded in it. */
  NOT_APPLICABLE = "not applicable",
}

/** A block that a registry of the IANA sets apart from ordinary unicast addresses. */
export interface SpecialBlock {
  /** The block as the registry writes it. */
  readonly prefix: string;
  /** The registry's name for it. */
  readonly name: string;
  /** The registry's column "Globally Reachable". A more specific block overrides it for its own addresses. */
  readonly globallyReachable: GlobalReach;
  /** The numbers of the RFCs that define it. */
  readonly rfcs: readonly number[];
}

const [YES, NO, NOT_APPLICABLE] = [GlobalReach.YES, GlobalReach.NO, GlobalReach.NOT_APPLICABLE];

/**
 * The IANA IPv4 Special-Purpose Address Registry, last updated 2025-10-09:
 * https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml
 */
export const IPV4_SPECIAL_REGISTRY: readonly SpecialBlock[] = Object.freeze([
  block("0.0.0.0/8", "This network", NO, 791),
  block("0.0.0.0/32", "This host on this network", NO, 1122),
  block("10.0.0.0/8", "Private-Use", NO, 1918),
  block("100.64.0.0/10", "Shared Address Space", NO, 6598),
  block("127.0.0.0/8", "Loopback", NO, 1122),
  block("169.254.0.0/16", "Link Local", NO, 3927),
  block("172.16.0.0/12", "Private-Use", NO, 1918),
  block("192.0.0.0/24", "IETF Protocol Assignments", NO, 6890),
  block("192.0.0.0/29", "IPv4 Service Continuity Prefix", NO, 7335),
  block("192.0.0.8/32", "IPv4 dummy address", NO, 7600),
  block("192.0.0.9/32", "Port Control Protocol Anycast", YES, 7723),
  block("192.0.0.10/32", "Traversal Using Relays around NAT Anycast", YES, 8155),
  block("192.0.0.170/32", "NAT64/DNS64 Discovery", NO, 8880, 7050),
  block("192.0.0.171/32", "NAT64/DNS64 Discovery", NO, 8880, 7050),
  block("192.0.2.0/24", "Documentation (TEST-NET-1)", NO, 5737),
  block("192.31.196.0/24", "AS112-v4", YES, 7535),
  block("192.52.193.0/24", "AMT", YES, 7450),
  block("192.88.99.0/24", "Deprecated (6to4 Relay Anycast)", NOT_APPLICABLE, 7526),
  block("192.88.99.2/32", "6a44-relay anycast address", NO, 6751),
  block("192.168.0.0/16", "Private-Use", NO, 1918),
  block("192.175.48.0/24", "Direct Delegation AS112 Service", YES, 7534),
  block("198.18.0.0/15", "Benchmarking", NO, 2544),
  block("198.51.100.0/24", "Documentation (TEST-NET-2)", NO, 5737),
  block("203.0.113.0/24", "Documentation (TEST-NET-3)", NO, 5737),
  block("240.0.0.0/4", "Reserved", NO, 1112),
  block("255.255.255.255/32", "Limited Broadcast", NO, 8190, 919),
]);

/**
 * The IANA IPv6 Special-Purpose Address Registry, last updated 2025-10-09:
 * https://www.iana.org/assignments/iana-ipv6-special-registry/iana-ipv6-special-registry.xhtml
 */
export const IPV6_SPECIAL_REGISTRY: readonly SpecialBlock[] = Object.freeze([
  block("::1/128", "Loopback Address", NO, 4291),
  block("::/128", "Unspecified Address", NO, 4291),
  block("::ffff:0:0/96", "IPv4-mapped Address", NO, 4291),
  block("64:ff9b::/96", "IPv4-IPv6 Translat.", YES, 6052),
  block("64:ff9b:1::/48", "IPv4-IPv6 Translat.", NO, 8215),
  block("100::/64", "Discard-Only Address Block", NO, 6666),
  block("100:0:0:1::/64", "Dummy IPv6 Prefix", NO, 9780),
  block("2001::/23", "IETF Protocol Assignments", NO, 2928),
  block("2001::/32", "TEREDO", NOT_APPLICABLE, 4380, 8190),
  block("2001:1::1/128", "Port Control Protocol Anycast", YES, 7723),
  block("2001:1::2/128", "Traversal Using Relays around NAT Anycast", YES, 8155),
  block("2001:1::3/128", "DNS-SD Service Registration Protocol Anycast", YES, 9665),
  block("2001:2::/48", "Benchmarking", NO, 5180),
  block("2001:3::/32", "AMT", YES, 7450),
  block("2001:4:112::/48", "AS112-v6", YES, 7535),
  block("2001:10::/28", "Deprecated (previously ORCHID)", NOT_APPLICABLE, 4843),
  block("2001:20::/28", "ORCHIDv2", YES, 7343),
  block("2001:30::/28", "Drone Remote ID Protocol Entity Tags (DETs) Prefix", YES, 9374),
  block("2001:db8::/32", "Documentation", NO, 3849),
  block("2002::/16", "6to4", NOT_APPLICABLE, 3056),
  block("2620:4f:8000::/48", "Direct Delegation AS112 Service", YES, 7534),
  block("3fff::/20", "Documentation", NO, 9637),
  block("5f00::/16", "Segment Routing (SRv6) SIDs", NO, 9602),
  block("fc00::/7", "Unique-Local", NO, 4193, 8190),
  block("fe80::/10", "Link-Local Unicast", NO, 4291),
]);

/**
 * Multicast, which has registries of its own and is in neither special-purpose registry. No packet has such a source:
 * https://www.iana.org/assignments/multicast-addresses/multicast-addresses.xhtml
 * https://www.iana.org/assignments/ipv6-multicast-addresses/ipv6-multicast-addresses.xhtml
 */
export const MULTICAST_BLOCKS: readonly SpecialBlock[] = Object.freeze([
  block("224.0.0.0/4", "Multicast", NOT_APPLICABLE, 1112, 5771),
  block("ff00::/8", "Multicast", NOT_APPLICABLE, 4291),
]);

/** A row of a registry. */
function block(prefix: string, name: string, globallyReachable: GlobalReach, ...rfcs: readonly number[]): SpecialBlock {
  return Object.freeze({ prefix, name, globallyReachable, rfcs: Object.freeze(rfcs) });
}
