import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AddressSet } from "../../network/address-set";
import { IPV4_SPECIAL_REGISTRY, IPV6_SPECIAL_REGISTRY, type SpecialBlock } from "../../network/special-blocks";
import { SPECIAL_BLOCKS, SpecialAddresses, specialBlocksIn } from "../../network/special-addresses";

/** A registry's CSV as the IANA publishes it: see the README beside it. */
const published = (file: string) => {
  const csv = readFileSync(join(__dirname, "..", "fixtures", "iana", file), "utf8");
  const rows = [...csv.matchAll(/^(?:"(?:[^"]|"")*"|[^,\n]*)(?:,(?:"(?:[^"]|"")*"|[^,\n]*)){9}$/gm)].map(([row]) =>
    [...row.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g)].map(([, cell = ""]) => cell.replace(/^"|"$/g, "")),
  );
  return rows.slice(1).flatMap(([prefixes = "", name = "", rfcs = "", , , , , , reach = ""]) =>
    prefixes.split(", ").map((prefix) => ({
      prefix: prefix.replace(/ \[\d\]$/, ""),
      name: name.replace(/""/g, ""),
      rfcs: [...rfcs.matchAll(/RFC(\d+)/g)].map(([, number]) => Number(number)),
      globallyReachable: { True: "yes", False: "no" }[reach.replace(/ \[\d\]$/, "")] ?? "not applicable",
    })),
  );
};

describe("the registries", () => {
  test.each<[string, string, readonly SpecialBlock[], number]>([
    ["IPv4", "iana-ipv4-special-registry-1.csv", IPV4_SPECIAL_REGISTRY, 26],
    ["IPv6", "iana-ipv6-special-registry-1.csv", IPV6_SPECIAL_REGISTRY, 25],
  ])("of %s hold every row that the IANA publishes, with its RFCs", (_, file, registry, count) => {
    expect(registry).toEqual(published(file));
    expect(registry).toHaveLength(count);
  });

  test("name each block once, and an RFC for each", () => {
    const prefixes = SPECIAL_BLOCKS.map(({ prefix }) => prefix);
    expect(new Set(prefixes).size).toBe(53);
    expect(SPECIAL_BLOCKS.filter(({ rfcs }) => rfcs.length === 0)).toEqual([]);
  });
});

describe("the named sets", () => {
  test.each([
    ["loopback", SpecialAddresses.LOOPBACK, ["127.0.0.0/8", "::1/128"]],
    ["private", SpecialAddresses.PRIVATE, ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]],
    ["link-local", SpecialAddresses.LINK_LOCAL, ["169.254.0.0/16", "fe80::/10"]],
    ["shared address space", SpecialAddresses.SHARED, ["100.64.0.0/10"]],
    ["benchmarking", SpecialAddresses.BENCHMARKING, ["198.18.0.0/15", "2001:2::/48"]],
    ["multicast", SpecialAddresses.MULTICAST, ["224.0.0.0/4", "ff00::/8"]],
    [
      "documentation",
      SpecialAddresses.DOCUMENTATION,
      ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"],
    ],
  ])("%s", (name, set, cidrs) => {
    expect([set.name, set.cidrs()]).toEqual([name, cidrs]);
  });

  test("are made of registered blocks only", () => {
    const { NOT_GLOBALLY_REACHABLE, NOT_PUBLIC, ...chosen } = SpecialAddresses;
    const prefixes = new Set(SPECIAL_BLOCKS.map(({ prefix }) => prefix));
    const cidrs = Object.values(chosen).flatMap((set) => set.cidrs());
    expect(cidrs.filter((cidr) => !prefixes.has(cidr))).toEqual([]);
    expect([NOT_GLOBALLY_REACHABLE, NOT_PUBLIC].map(({ name }) => name)).toEqual([
      "not globally reachable",
      "not public",
    ]);
  });
});

describe("the set of addresses that are not globally reachable", () => {
  test.each([
    ["this network", "0.0.0.0"],
    ["private", "10.255.255.255"],
    ["the metadata service of clouds", "169.254.169.254"],
    ["carrier-grade NAT", "100.127.255.255"],
    ["protocol assignments", "192.0.0.11"],
    ["the deprecated 6to4 relay", "192.88.99.1"],
    ["reserved", "240.0.0.0"],
    ["limited broadcast", "255.255.255.255"],
    ["unspecified", "::"],
    ["local translation", "64:ff9b:1::1"],
    ["discard only", "100::1"],
    ["the dummy prefix", "100:0:0:1::1"],
    ["Teredo", "2001::1"],
    ["protocol assignments beside an anycast address", "2001:1::4"],
    ["the old ORCHID", "2001:10::1"],
    ["6to4", "2002:c000:201::1"],
    ["segment routing", "5f00::1"],
    ["unique local", "fd00::1"],
    ["link-local", "fe80::1"],
  ])("holds %s: %s", (_, address) => {
    expect(SpecialAddresses.NOT_GLOBALLY_REACHABLE.contains(address)).toBe(true);
  });

  test.each([
    ["a resolver on the internet", "8.8.8.8"],
    ["before carrier-grade NAT", "100.63.255.255"],
    ["after carrier-grade NAT", "100.128.0.0"],
    ["the PCP anycast address inside the protocol assignments", "192.0.0.9"],
    ["AS112", "192.31.196.1"],
    ["multicast, which has a registry of its own", "224.0.0.1"],
    ["translation", "64:ff9b::c000:201"],
    ["a more specific block inside the protocol assignments", "2001:20::1"],
    ["ordinary IPv6", "2a03:2880::1"],
    ["after the documentation block", "3fff:1000::"],
  ])("doesn't hold %s: %s", (_, address) => {
    expect(SpecialAddresses.NOT_GLOBALLY_REACHABLE.contains(address)).toBe(false);
  });

  test("holds the IPv4-mapped addresses", () => {
    expect(SpecialAddresses.NOT_GLOBALLY_REACHABLE.contains({ family: 6, value: 0xffff08080808n })).toBe(true);
  });

  test("agrees, row by row, with the most specific row for the block's first address", () => {
    const reach = (address: string) => SpecialAddresses.NOT_GLOBALLY_REACHABLE.contains(address);
    const rows = [...IPV4_SPECIAL_REGISTRY, ...IPV6_SPECIAL_REGISTRY].filter(
      ({ prefix }) => prefix !== "::ffff:0:0/96",
    );
    const wrong = rows.filter(({ prefix, globallyReachable }) => {
      const first = prefix.replace(/\/.*/, "");
      return reach(first) !== (globallyReachable !== "yes");
    });
    expect(wrong).toEqual([]);
  });
});

describe("the set of addresses that are not public", () => {
  test("adds multicast, and nothing else", () => {
    const { NOT_PUBLIC, NOT_GLOBALLY_REACHABLE, MULTICAST } = SpecialAddresses;
    expect(NOT_PUBLIC.difference(NOT_GLOBALLY_REACHABLE).equals(MULTICAST)).toBe(true);
    expect(NOT_GLOBALLY_REACHABLE.isSubsetOf(NOT_PUBLIC)).toBe(true);
  });
});

describe("the special blocks in a set", () => {
  test.each([
    [["10.1.2.3"], ["10.0.0.0/8"]],
    [
      ["192.0.0.9", "2001:1::1"],
      ["192.0.0.0/24", "192.0.0.9/32", "2001::/23", "2001:1::1/128"],
    ],
    [["223.255.255.255-224.0.0.0"], ["224.0.0.0/4"]],
    [["8.8.8.8", "2a03:2880::/32"], []],
  ])("%j: %j", (entries, expected) => {
    expect(specialBlocksIn(AddressSet.of("any", entries)).map(({ prefix }) => prefix)).toEqual(expected);
  });

  test("are all of them in everything", () => {
    expect(specialBlocksIn(AddressSet.everything())).toEqual(SPECIAL_BLOCKS);
  });
});
