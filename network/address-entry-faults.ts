import { withoutOddSigns } from "../errors/odd-signs";
import { type Address, embeddedIpv4, isIpv4Mapped, LAST_ADDRESS, parseAddress, printAddress, WIDTH } from "./address";
import { parseRangeEnds } from "./address-entry";
import { blockOf, intervalOf, parseCidr, parsePrefixedAddress, printCidr } from "./cidr";

/** A mistake in an entry whose meaning is clear. */
export interface MendableFault {
  /** The allowed form. */
  readonly allowed: string;
  /** The entry without this fault; the entry as it is, or nothing, when it doesn't have the fault. */
  readonly mend: (entry: string) => string | undefined;
}

/** A mistake in an entry whose meaning is open. */
export interface HopelessFault {
  /** The allowed form. */
  readonly allowed: string;
  /** The change that the user has to make. */
  readonly change: string;
  readonly isIn: (entry: string) => boolean;
}

/** Every form that an entry may have. */
export const ENTRY_FORMS =
  "a CIDR block (198.51.100.0/24, 2001:db8::/32), one address (192.0.2.1) or a range (192.0.2.1-192.0.2.9)";

/** Mistakes without a suggestion. */
export const HOPELESS_FAULTS: readonly HopelessFault[] = [
  {
    allowed: ENTRY_FORMS,
    change: "remove the entry or write an address",
    isIn: (entry) => entry.trim() === "",
  },
  {
    allowed: "a literal address, since the policy is judged before Terraform knows the values of references",
    change: "write the addresses themselves",
    isIn: (entry) => /[$#]\{/.test(entry),
  },
  {
    allowed: "one block, address or range in an entry",
    change: "give each an entry of its own",
    isIn: (entry) => /[^\s,;/-][\s,;]+[^\s,;/-]/.test(entry),
  },
  {
    allowed: "a range whose ends are of one family",
    change: "write one entry for IPv4 and one for IPv6",
    isIn: (entry) => {
      const ends = parseRangeEnds(entry);
      return ends !== undefined && ends.first.family !== ends.last.family;
    },
  },
  {
    allowed: "four numbers of 0 to 255 in an IPv4 address",
    change: "mend the number that is larger",
    isIn: (entry) =>
      (entry.match(/\d+(?:\.\d+){3}/g) ?? []).some((address) =>
        address.split(".").some((number) => Number(number) > 255),
      ),
  },
  {
    allowed: `addresses, since a name can point elsewhere tomorrow: ${ENTRY_FORMS}`,
    change: "write the addresses that the name stands for",
    isIn: (entry) => /^(?=.*[g-z])[a-z\d-]+(?:\.[a-z\d-]+)+$/i.test(entry),
  },
];

/** Mistakes with a suggestion, in the order in which they are mended: an entry can have several. */
export const MENDABLE_FAULTS: readonly MendableFault[] = [
  {
    allowed: "an entry without white space, commas or semicolons",
    mend: (entry) => entry.replace(/[\s,;]+/g, ""),
  },
  {
    allowed: "an entry of plain ASCII characters",
    // Dashes have a fault of their own.
    mend: (entry) => (/[\u2010-\u2015\u2212]/.test(entry) ? entry : withoutOddSigns(entry)),
  },
  {
    allowed: "a hyphen between the ends of a range",
    mend: (entry) => entry.replace(/\.{2,}|[\u2010-\u2015\u2212]/, "-"),
  },
  {
    allowed: "an address without brackets or port",
    mend: (entry) => entry.replace(/^\[([^\]]+)\](?::\d+)?$/, "$1").replace(/^(\d+(?:\.\d+){3}):\d+$/, "$1"),
  },
  {
    allowed: "an address without zone",
    mend: (entry) => entry.replace(/%[^/-]*/g, ""),
  },
  {
    allowed: "decimal numbers without leading zeros, which some software reads as octal",
    mend: (entry) => entry.replace(/(?<![\da-f])0+(?=\d+\.)|(?<=[./])0+(?=\d)/gi, ""),
  },
  {
    allowed: "a prefix length in place of wildcards",
    mend: (entry) => entry.replace(/^((?:\d+\.){1,3})\*(?:\.\*)*$/, (_, stem: string) => blockOfStem(stem)),
  },
  {
    allowed: "IPv4 addresses of four octets",
    mend: (entry) => entry.replace(/^\d+(?:\.\d+){0,2}(?=\/\d+$)/, fourOctets),
  },
  {
    allowed: "a prefix length in place of a netmask",
    mend: (entry) => entry.replace(/(?<=\/)\d+(?:\.\d+){3}$/, prefixLengthOf),
  },
  {
    allowed: "a prefix length after the slash",
    mend: (entry) => entry.replace(/\/$/, ""),
  },
  {
    allowed: "a prefix length of at most 32 (IPv4) or 128 (IPv6)",
    mend: (entry) =>
      entry.replace(/^(.+)\/(\d+)$/, (all: string, host: string, length: string) => shortened(all, host, length)),
  },
  {
    allowed: "whole addresses at both ends of a range",
    mend: (entry) => entry.replace(/^((?:\d+\.){3})(\d+)-(\d+)$/, "$1$2-$1$3"),
  },
  {
    allowed: "addresses, not blocks, at the ends of a range",
    mend: rangeOfBlocks,
  },
  {
    allowed: "the IPv4 form of an IPv4-mapped address, since that is what traffic from the host carries",
    mend: withoutMapping,
  },
  {
    allowed: "a block without host bits (for the one host, leave the prefix length out)",
    mend: withoutHostBits,
  },
  {
    allowed: "a range whose first address comes first",
    mend: inOrder,
  },
];

function fourOctets(start: string): string {
  return [...start.split("."), "0", "0", "0"].slice(0, 4).join(".");
}

function blockOfStem(stem: string): string {
  const octets = stem.slice(0, -1);
  return `${fourOctets(octets)}/${8 * octets.split(".").length}`;
}

/** The prefix length that a dotted netmask stands for; the netmask itself when its ones are not all at its start. */
function prefixLengthOf(netmask: string): string {
  const mask = parseAddress(netmask);
  const lengths = Array.from({ length: WIDTH[4] + 1 }, (_, length) => length);
  const length = lengths.find((bits) => mask?.value === LAST_ADDRESS[4] - (LAST_ADDRESS[4] >> BigInt(bits)));
  return length === undefined ? netmask : String(length);
}

function shortened(entry: string, host: string, length: string): string {
  const address = parseAddress(host);
  return address !== undefined && Number(length) > WIDTH[address.family] ? `${host}/${WIDTH[address.family]}` : entry;
}

function rangeOfBlocks(entry: string): string | undefined {
  const [start, end, ...rest] = entry.split("-").map(blockOrHost);
  if (!entry.includes("/") || start === undefined || end === undefined || rest.length > 0) return undefined;
  const [first, last] = [intervalOf(start).first, intervalOf(end).last];
  return `${printAddress({ family: start.family, value: first })}-${printAddress({ family: end.family, value: last })}`;
}

function blockOrHost(text: string) {
  const address = parseAddress(text);
  return address === undefined ? parseCidr(text) : blockOf({ address, prefixLength: WIDTH[address.family] });
}

function withoutMapping(entry: string): string | undefined {
  const [host = "", length] = entry.split("/");
  const ends = host.split("-").map(parseAddress);
  if (!ends.every((end): end is Address => end !== undefined && isIpv4Mapped(end))) return undefined;
  const ipv4 = ends.map((end) => printAddress(embeddedIpv4(end))).join("-");
  return length === undefined ? ipv4 : `${ipv4}/${ipv4Length(Number(length))}`;
}

/** The prefix length that was meant in IPv4: a length under 96 was written for the IPv4 address. */
function ipv4Length(length: number): number {
  const mappedBits = WIDTH[6] - WIDTH[4];
  return length < mappedBits ? length : length - mappedBits;
}

function withoutHostBits(entry: string): string | undefined {
  const parts = parsePrefixedAddress(entry);
  return parts && printCidr(blockOf(parts));
}

function inOrder(entry: string): string | undefined {
  const ends = parseRangeEnds(entry);
  return ends && ends.first.value > ends.last.value ? entry.split("-").reverse().join("-") : undefined;
}
