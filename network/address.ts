/** The version of the Internet Protocol that an address belongs to. */
export type Family = 4 | 6;

/** Both families, in the order in which this project lists addresses. */
export const FAMILIES: readonly Family[] = [4, 6];

/** How many bits an address of a family has. */
export const WIDTH: Readonly<Record<Family, number>> = { 4: 32, 6: 128 };

/** The last address of a family: 255.255.255.255, and the IPv6 address with every bit set. */
export const LAST_ADDRESS: Readonly<Record<Family, bigint>> = { 4: (1n << 32n) - 1n, 6: (1n << 128n) - 1n };

/** One IP address, exactly: a whole number from 0 to `LAST_ADDRESS[family]`. */
export interface Address {
  readonly family: Family;
  readonly value: bigint;
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const DOTTED_TAIL = /^(.*:)([^:]*\.[^:]*)$/;
const GROUP = /^[0-9a-f]{1,4}$/i;
const GROUPS = 8;
const MAPPED = 0xffffn;

/**
 * Reads one address, strictly. IPv4 is four decimal octets without leading zeros. IPv6 is every text form of RFC 4291
 * section 2.2 (https://www.rfc-editor.org/rfc/rfc4291#section-2.2), the one with a dotted tail included. No white
 * space, zone, port, brackets or prefix length.
 *
 * An IPv4-mapped address such as `::ffff:192.0.2.1` is an IPv6 address here: see `isIpv4Mapped`.
 *
 * @returns the address, or nothing when the text is not one
 */
export function parseAddress(text: string): Address | undefined {
  return parseIpv4(text) ?? parseIpv6(text);
}

/**
 * Writes an address in its one canonical form: dotted decimal, or RFC 5952 (https://www.rfc-editor.org/rfc/rfc5952).
 *
 * Section 5 there recommends a dotted tail where a well-known prefix shows that an IPv4 address is embedded. It is used for
 * IPv4-mapped addresses (`::ffff:192.0.2.1`) alone, as Go's `netip` and Rust's `Ipv6Addr` do.
 */
export function printAddress(address: Address): string {
  return address.family === 4 ? printIpv4(address.value) : printIpv6(address);
}

/** Whether an IPv6 address lies in ::ffff:0:0/96 and so stands for an IPv4 address (RFC 4291 section 2.5.5.2). */
export function isIpv4Mapped({ family, value }: Address): boolean {
  return family === 6 && value >> 32n === MAPPED;
}

/** The IPv4 address in the last 32 bits of an address. */
export function embeddedIpv4({ value }: Address): Address {
  return { family: 4, value: value & LAST_ADDRESS[4] };
}

function parseIpv4(text: string): Address | undefined {
  if (!IPV4.test(text)) return undefined;
  const value = text.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return { family: 4, value: BigInt(value) };
}

function parseIpv6(text: string): Address | undefined {
  const halves = withoutDottedTail(text).split("::");
  const [head, tail] = [groupsOf(halves[0]), groupsOf(halves[1])];
  const zeros = GROUPS - head.length - tail.length;
  const complete = halves.length === 1 ? zeros === 0 : halves.length === 2 && zeros >= 1;
  if (!complete) return undefined;
  const groups = [...head, ...Array<string>(zeros).fill("0"), ...tail];
  if (!groups.every((group) => GROUP.test(group))) return undefined;
  return { family: 6, value: BigInt(`0x${groups.map((group) => group.padStart(4, "0")).join("")}`) };
}

function groupsOf(half: string | undefined): readonly string[] {
  return half === undefined || half === "" ? [] : half.split(":");
}

function withoutDottedTail(text: string): string {
  const [, head, dotted] = DOTTED_TAIL.exec(text) ?? [];
  const ipv4 = dotted === undefined ? undefined : parseIpv4(dotted);
  if (head === undefined || ipv4 === undefined) return text;
  return `${head}${(ipv4.value >> 16n).toString(16)}:${(ipv4.value & 0xffffn).toString(16)}`;
}

function printIpv4(value: bigint): string {
  const number = Number(value);
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff).join(".");
}

function printIpv6(address: Address): string {
  if (isIpv4Mapped(address)) return `::ffff:${printIpv4(embeddedIpv4(address).value)}`;
  const groups = address.value.toString(16).padStart(32, "0").match(/.{4}/g) ?? [];
  return compressed(groups.map((group) => `:${group.replace(/^0{1,3}/, "")}`).join(""));
}

/** Puts `::` for the first of the longest runs of two zero groups or more. Every group comes with its colon before it. */
function compressed(groups: string): string {
  const runs = [...groups.matchAll(/(?::0){2,}/g)];
  const longest = runs.reduce((best, [run]) => (run.length > best.length ? run : best), "");
  if (longest === "") return groups.slice(1);
  const start = groups.indexOf(longest);
  return `${groups.slice(1, start)}::${groups.slice(start + longest.length + 1)}`;
}
