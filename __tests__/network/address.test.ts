import { isIPv4, isIPv6 } from "node:net";
import fc from "fast-check";
import { embeddedIpv4, isIpv4Mapped, parseAddress, printAddress } from "../../network/address";
import { bitsOf, parsed, textOf } from "./bits";
import { runs } from "../support/sample";

const SEED = { seed: 20260101, numRuns: runs(200, 5_000) };
const hextet = fc.oneof(fc.constantFrom(0, 0, 0, 1, 0xffff), fc.integer({ min: 0, max: 0xffff }));
const octet = fc.oneof(fc.constantFrom(0, 1, 255), fc.integer({ min: 0, max: 255 }));
const ipv6Bits = fc.array(hextet, { minLength: 8, maxLength: 8 }).map((groups) => bitsOf(groups, 16));
const ipv4Bits = fc.array(octet, { minLength: 4, maxLength: 4 }).map((octets) => bitsOf(octets, 8));

const canonical = (text: string) => {
  const address = parseAddress(text);
  return address && printAddress(address);
};

describe("reading an address", () => {
  test.each([
    ["0.0.0.0", 4, 0n],
    ["0.0.0.1", 4, 1n],
    ["1.2.3.4", 4, 0x01020304n],
    ["127.255.255.255", 4, 0x7fffffffn],
    ["128.0.0.0", 4, 0x80000000n],
    ["255.255.255.255", 4, 0xffffffffn],
    ["::", 6, 0n],
    ["::1", 6, 1n],
    ["1::", 6, 1n << 112n],
    ["1:2:3:4:5:6:7:8", 6, 0x00010002000300040005000600070008n],
    ["::2:3:4:5:6:7:8", 6, 0x00000002000300040005000600070008n],
    ["1:2:3:4:5:6:7::", 6, 0x00010002000300040005000600070000n],
    ["2001:DB8::aBcD", 6, 0x20010db800000000000000000000abcdn],
    ["ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 6, (1n << 128n) - 1n],
    ["::ffff:192.0.2.1", 6, 0xffffc0000201n],
    ["64:ff9b::192.0.2.33", 6, 0x0064ff9b0000000000000000c0000221n],
    ["1:2:3:4:5:6:192.0.2.1", 6, 0x000100020003000400050006c0000201n],
  ])("%s is IPv%i, number %i", (text, family, value) => {
    expect(parseAddress(text)).toEqual({ family, value });
  });

  test.each([
    ["no text", ""],
    ["white space before", " 192.0.2.1"],
    ["white space after", "192.0.2.1 "],
    ["a line break after", "192.0.2.1\n"],
    ["three octets", "192.0.2"],
    ["five octets", "192.0.2.1.1"],
    ["an octet over 255", "192.0.2.256"],
    ["a leading zero", "192.0.2.01"],
    ["a leading zero before zero", "00.0.0.0"],
    ["a hexadecimal octet", "0xc0.0.2.1"],
    ["an empty octet", "192.0..1"],
    ["a dot after the last octet", "192.0.2.1."],
    ["one number", "3221225985"],
    ["a sign", "-1.0.0.1"],
    ["digits that are not ASCII", "١.0.0.1"],
    ["a prefix length", "192.0.2.0/24"],
    ["a zone", "fe80::1%eth0"],
    ["brackets", "[::1]"],
    ["seven groups", "1:2:3:4:5:6:7"],
    ["nine groups", "1:2:3:4:5:6:7:8:9"],
    ["nine groups with a gap", "1:2:3:4::5:6:7:8:9"],
    ["eight groups and a gap for none", "1:2:3:4::5:6:7:8"],
    ["two gaps", "1::2::3"],
    ["three colons", "1:::2"],
    ["a colon before the first group", ":1:2:3:4:5:6:7"],
    ["a colon before eight groups", ":1:2:3:4:5:6:7:8"],
    ["a colon after the last group", "1:2:3:4:5:6:7:"],
    ["a group of five digits", "12345::"],
    ["a digit that is none", "g::"],
    ["dotted octets before the end", "::192.0.2.1:1"],
    ["dotted octets before a gap", "192.0.2.1::"],
    ["a dotted tail over 255", "::ffff:192.0.2.256"],
    ["a dotted tail with a leading zero", "::ffff:192.0.2.01"],
    ["a dotted tail after seven groups", "1:2:3:4:5:6:7:192.0.2.1"],
    ["a dotted tail and a gap for none", "1:2:3:4:5:6::192.0.2.1:"],
  ])("refuses %s", (_, text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  test("the same texts are addresses as for Node's own parser", () => {
    const pieces = fc.array(fc.constantFrom("0", "1", "25", "255", "256", "ab", "ffff", ".", ".", ":", ":", "::"), {
      maxLength: 17,
    });
    const likely = fc.oneof(
      pieces.map((all) => all.join("")),
      fc
        .tuple(ipv6Bits.map(textOf), fc.nat(40), fc.constantFrom("", ":", "::", "1", ".", "0"))
        .map(([text, at, piece]) => text.slice(0, at) + piece + text.slice(at + 1)),
      fc
        .tuple(ipv4Bits.map(textOf), fc.nat(15), fc.constantFrom("", ".", "1", "0", ":"))
        .map(([text, at, piece]) => text.slice(0, at) + piece + text.slice(at + 1)),
    );
    const samples = fc.sample(likely, { seed: SEED.seed, numRuns: 10_000 });
    const isAddress = (text: string): boolean => isIPv4(text) || isIPv6(text);
    const accepted = samples.filter(isAddress);
    expect(samples.filter((text) => parseAddress(text) !== undefined)).toEqual(accepted);
    expect(accepted.length).toBeGreaterThan(1000);
    expect(accepted.length).toBeLessThan(9000);
  });

  test("every full form is read as its bits", () => {
    fc.assert(
      fc.property(fc.oneof(ipv4Bits, ipv6Bits), (bits) => {
        const address = parseAddress(textOf(bits));
        expect(address?.value.toString(2).padStart(bits.length, "0")).toBe(bits);
        expect(address?.family).toBe(bits.length === 32 ? 4 : 6);
      }),
      SEED,
    );
  });
});

describe("writing an address (the examples are those of RFC 5952)", () => {
  const SECTION_1 = [
    "2001:db8:0:0:1:0:0:1",
    "2001:0db8:0:0:1:0:0:1",
    "2001:db8::1:0:0:1",
    "2001:db8::0:1:0:0:1",
    "2001:0db8::1:0:0:1",
    "2001:db8:0:0:1::1",
    "2001:db8:0000:0:1::1",
    "2001:DB8:0:0:1::1",
  ];
  test.each(SECTION_1)("section 1: the eight forms of one address are one, %s among them", (text) => {
    expect(canonical(text)).toBe("2001:db8::1:0:0:1");
  });

  test.each([
    ["4.1: leading zeros are left out", "2001:0db8::0001", "2001:db8::1"],
    ["4.1: a group of zeros is 0", "2001:db8:0000:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["4.2.1: the gap is as long as it can be", "2001:db8:0:0:0:0:2:1", "2001:db8::2:1"],
    ["4.2.1: the gap is not shorter than the run", "2001:db8::0:1", "2001:db8::1"],
    ["4.2.2: one group of zeros is no gap", "2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["4.2.3: the longest run is the gap", "2001:0:0:1:0:0:0:1", "2001:0:0:1::1"],
    ["4.2.3: of equal runs the first is the gap", "2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["4.3: letters are lower case", "2001:DB8::ABCD:EF", "2001:db8::abcd:ef"],
    ["5: an IPv4-mapped address has a dotted tail", "::ffff:c000:201", "::ffff:192.0.2.1"],
    ["5: the first IPv4-mapped address has one", "::ffff:0:0", "::ffff:0.0.0.0"],
    ["5: an address after the last IPv4-mapped one has none", "::1:0:0:0", "::1:0:0:0"],
    ["5: an address before the first IPv4-mapped one has none", "::fffe:ffff:ffff", "::fffe:ffff:ffff"],
    ["5: another address with an IPv4 tail has none", "64:ff9b::192.0.2.33", "64:ff9b::c000:221"],
    ["a gap at the start", "0:0:0:0:0:0:0:1", "::1"],
    ["a gap at the end", "1:0:0:0:0:0:0:0", "1::"],
    ["a gap for everything", "0:0:0:0:0:0:0:0", "::"],
    ["a run at the start before a longer one", "0:0:1:0:0:0:1:1", "0:0:1::1:1"],
    ["a run at the start and an equal one at the end", "0:0:1:1:1:1:0:0", "::1:1:1:1:0:0"],
    ["groups that end in zero", "10:0:0:100::1000", "10:0:0:100::1000"],
    ["IPv4 as four octets", "10.0.200.255", "10.0.200.255"],
  ])("section %s", (_, text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  test("IPv6 is written as the URL standard writes a host, IPv4-mapped addresses apart", () => {
    fc.assert(
      fc.property(ipv6Bits, (bits) => {
        fc.pre(!bits.startsWith(`${"0".repeat(80)}${"1".repeat(16)}`));
        expect(`[${String(canonical(textOf(bits)))}]`).toBe(new URL(`http://[${textOf(bits)}]`).hostname);
      }),
      SEED,
    );
  });

  test("a written address is read as the same bits", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          ipv4Bits,
          ipv6Bits,
          ipv4Bits.map((bits) => `${"0".repeat(80)}${"1".repeat(16)}${bits}`),
        ),
        (bits) => {
          const text = canonical(textOf(bits)) ?? "";
          expect(parsed(text)).toBe(bits);
          expect(canonical(text)).toBe(text);
        },
      ),
      SEED,
    );
  });
});

describe("an IPv4-mapped address", () => {
  test.each([
    ["::ffff:0:0", true],
    ["::ffff:192.0.2.1", true],
    ["::ffff:ffff:ffff", true],
    ["::fffe:ffff:ffff", false],
    ["::1:0:0:0", false],
    ["::1:ffff:c000:201", false],
    ["::192.0.2.1", false],
    ["192.0.2.1", false],
  ])("%s: %s", (text, expected) => {
    const address = parseAddress(text);
    expect(address && isIpv4Mapped(address)).toBe(expected);
  });

  test("stands for the IPv4 address in its last 32 bits", () => {
    const address = parseAddress("::ffff:203.0.113.255");
    expect(address && printAddress(embeddedIpv4(address))).toBe("203.0.113.255");
  });
});
