import { blockOf, blocksOf, intervalOf, isHost, parseCidr, parsePrefixedAddress, printCidr } from "../../network/cidr";
import { HostNotation } from "../../network/host-notation";

const read = (text: string) => {
  const cidr = parseCidr(text);
  if (cidr === undefined) throw new Error(`${text} is not a block`);
  return cidr;
};

describe("reading a block", () => {
  test.each([
    ["0.0.0.0/0", 4, 0n, 0],
    ["192.0.2.0/24", 4, 0xc0000200n, 24],
    ["255.255.255.255/32", 4, 0xffffffffn, 32],
    ["::/0", 6, 0n, 0],
    ["2001:db8::/32", 6, 0x20010db8n << 96n, 32],
    ["::1/128", 6, 1n, 128],
  ])("%s", (text, family, network, prefixLength) => {
    expect(parseCidr(text)).toEqual({ family, network, prefixLength });
  });

  test.each([
    ["host bits in IPv4", "192.0.2.1/24"],
    ["the last host bit in IPv4", "0.0.0.1/31"],
    ["host bits in IPv6", "2001:db8::1/64"],
    ["host bits under an empty prefix", "128.0.0.0/0"],
    ["no prefix length", "192.0.2.0"],
    ["an empty prefix length", "192.0.2.0/"],
    ["a prefix length over 32", "192.0.2.0/33"],
    ["a prefix length over 128", "2001:db8::/129"],
    ["a prefix length with a leading zero", "192.0.2.0/024"],
    ["a prefix length with a sign", "192.0.2.0/+24"],
    ["a prefix length of white space", "192.0.2.0/ "],
    ["two prefix lengths", "192.0.2.0/24/24"],
    ["no address", "/24"],
  ])("refuses %s", (_, text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  test("an address with a prefix length may have host bits, and lies in one block", () => {
    const parts = parsePrefixedAddress("31.13.24.5/21");
    expect(parts && printCidr(blockOf(parts))).toBe("31.13.24.0/21");
  });
});

describe("the addresses of a block", () => {
  test.each([
    ["0.0.0.0/0", 0n, 0xffffffffn],
    ["192.0.2.0/24", 0xc0000200n, 0xc00002ffn],
    ["192.0.2.1/32", 0xc0000201n, 0xc0000201n],
    ["::/0", 0n, (1n << 128n) - 1n],
    ["ff00::/8", 0xffn << 120n, (1n << 128n) - 1n],
  ])("%s", (text, first, last) => {
    expect(intervalOf(read(text))).toEqual({ first, last });
  });

  test.each([
    ["192.0.2.1/32", true],
    ["192.0.2.0/31", false],
    ["2001:db8::1/128", true],
    ["2001:db8::/32", false],
  ])("%s is a single host: %s", (text, expected) => {
    expect(isHost(read(text))).toBe(expected);
  });
});

describe("the fewest blocks of an interval", () => {
  test.each([
    [4, 0n, 0xffffffffn, ["0.0.0.0/0"]],
    [4, 0n, 0n, ["0.0.0.0/32"]],
    [4, 1n, 6n, ["0.0.0.1/32", "0.0.0.2/31", "0.0.0.4/31", "0.0.0.6/32"]],
    [4, 0n, 2n, ["0.0.0.0/31", "0.0.0.2/32"]],
    [4, 0xffffffffn, 0xffffffffn, ["255.255.255.255/32"]],
    [4, 0xfffffffdn, 0xffffffffn, ["255.255.255.253/32", "255.255.255.254/31"]],
    [6, 0n, (1n << 128n) - 1n, ["::/0"]],
    [6, 1n << 127n, (1n << 128n) - 1n, ["8000::/1"]],
  ] as const)("IPv%i from %i to %i", (family, first, last, expected) => {
    expect(blocksOf(family, { first, last }).map(printCidr)).toEqual(expected);
  });

  test("every address but the first and the last needs 62 and 254 blocks", () => {
    expect(blocksOf(4, { first: 1n, last: 0xfffffffen })).toHaveLength(62);
    expect(blocksOf(6, { first: 1n, last: (1n << 128n) - 2n })).toHaveLength(254);
  });
});

describe("a single host", () => {
  test.each([
    ["Cloudflare", HostNotation.CLOUDFLARE, "192.0.2.1", "2001:db8::1"],
    ["Cloudflare Gateway", HostNotation.CLOUDFLARE_GATEWAY, "192.0.2.1/32", "2001:db8::1/128"],
    ["Supabase", HostNotation.SUPABASE, "192.0.2.1/32", "2001:db8::1/128"],
    ["Render", HostNotation.RENDER, "192.0.2.1/32", "2001:db8::1/128"],
  ])("is written as %s wants it", (_, notation, ipv4, ipv6) => {
    expect(["192.0.2.1/32", "2001:db8::1/128"].map((text) => notation.print(read(text)))).toEqual([ipv4, ipv6]);
  });

  test.each([HostNotation.BARE, HostNotation.MASKED])(
    "and no other block is touched by the notation %j",
    (notation) => {
      const blocks = ["192.0.2.0/31", "2001:db8::/127", "0.0.0.0/0"];
      expect(blocks.map((text) => notation.print(read(text)))).toEqual(blocks);
      expect(Object.isFrozen(notation)).toBe(true);
    },
  );
});
