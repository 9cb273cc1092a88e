import { block, GlobalReach, type SpecialBlock } from "./special-block";

/**
 * Multicast, which has registries of its own and is in neither special-purpose registry. No packet has such a source:
 * https://www.iana.org/assignments/multicast-addresses/multicast-addresses.xhtml
 * https://www.iana.org/assignments/ipv6-multicast-addresses/ipv6-multicast-addresses.xhtml
 */
export const MULTICAST_BLOCKS: readonly SpecialBlock[] = Object.freeze([
  block("224.0.0.0/4", "Multicast", GlobalReach.NOT_APPLICABLE, 1112, 5771),
  block("ff00::/8", "Multicast", GlobalReach.NOT_APPLICABLE, 4291),
]);
