import { type Address, type Family, LAST_ADDRESS, parseAddress, printAddress, WIDTH } from "./address";
import type { Interval } from "./intervals";

/** A block of addresses: those that share their first `prefixLength` bits with `network`, whose other bits are zero. */
export interface Cidr {
  readonly family: Family;
  /** The first address of the block. */
  readonly network: bigint;
  /** From 0 to 32 (IPv4) or 128 (IPv6). */
  readonly prefixLength: number;
}

/** An address and a prefix length as they were written, host bits and all. */
export interface PrefixedAddress {
  readonly address: Address;
  readonly prefixLength: number;
}

const PREFIX_LENGTH = /^(?:0|[1-9]\d{0,2})$/;

/**
 * Reads `address/length`, strictly; the address may have host bits.
 *
 * @returns its parts, or nothing when the text has another form or the length is over the family's
 */
export function parsePrefixedAddress(text: string): PrefixedAddress | undefined {
  const [host = "", length = "", ...rest] = text.split("/");
  const address = parseAddress(host);
  if (address === undefined || rest.length > 0 || !PREFIX_LENGTH.test(length)) return undefined;
  const prefixLength = Number(length);
  return prefixLength <= WIDTH[address.family] ? { address, prefixLength } : undefined;
}

/**
 * Reads a CIDR block, strictly.
 *
 * @returns the block, or nothing when the text is not one or has host bits
 */
export function parseCidr(text: string): Cidr | undefined {
  const parts = parsePrefixedAddress(text);
  if (parts === undefined) return undefined;
  const cidr = blockOf(parts);
  return cidr.network === parts.address.value ? cidr : undefined;
}

/** The block that an address lies in: the host bits become zero. */
export function blockOf({ address: { family, value }, prefixLength }: PrefixedAddress): Cidr {
  return { family, network: value & ~hostMask(family, prefixLength), prefixLength };
}

/** Writes a block as `network/length`, the length always included. */
export function printCidr({ family, network, prefixLength }: Cidr): string {
  return `${printAddress({ family, value: network })}/${prefixLength}`;
}

/** Whether the block is a single address. */
export function isHost({ family, prefixLength }: Cidr): boolean {
  return prefixLength === WIDTH[family];
}

/** The addresses of a block. */
export function intervalOf({ family, network, prefixLength }: Cidr): Interval {
  return { first: network, last: network | hostMask(family, prefixLength) };
}

/** The fewest blocks that hold exactly the addresses of an interval, in numeric order. */
export function blocksOf(family: Family, { first, last }: Interval): readonly Cidr[] {
  const blocks: Cidr[] = [];
  for (let network = first; network <= last;) {
    const hostBits = Math.min(alignment(family, network), bitLength(last - network + 1n) - 1);
    blocks.push({ family, network, prefixLength: WIDTH[family] - hostBits });
    network += 1n << BigInt(hostBits);
  }
  return blocks;
}

function hostMask(family: Family, prefixLength: number): bigint {
  return LAST_ADDRESS[family] >> BigInt(prefixLength);
}

/** How many zero bits a value ends in. */
function alignment(family: Family, value: bigint): number {
  return value === 0n ? WIDTH[family] : bitLength(value & -value) - 1;
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}
