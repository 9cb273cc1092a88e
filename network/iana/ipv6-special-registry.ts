import { block, GlobalReach, type SpecialBlock } from "./special-block";

const { YES, NO, NOT_APPLICABLE } = GlobalReach;

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
