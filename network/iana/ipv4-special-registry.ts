import { block, GlobalReach, type SpecialBlock } from "./special-block";

const { YES, NO, NOT_APPLICABLE } = GlobalReach;

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
