import { AddressSet } from "../../network/address-set";
import { HostNotation } from "../../network/host-notation";
import { problemsWith as problemsOf } from "../support/problems";

const set = (...entries: readonly string[]) => AddressSet.of("office", entries);
const EVERYTHING = AddressSet.everything();
const EMPTY = AddressSet.empty("empty");
const ALL_IPV4 = 1n << 32n;
const ALL_IPV6 = 1n << 128n;

describe("an address set", () => {
  test("is the same however it is written", () => {
    const ways = [
      set("192.0.2.0/24"),
      set("192.0.2.128/25", "192.0.2.0/25"),
      set("192.0.2.0-192.0.2.255"),
      set("192.0.2.0/24", "192.0.2.7", "192.0.2.0-192.0.2.9"),
    ];
    expect(ways.map((way) => way.equals(ways[0] ?? EMPTY))).toEqual([true, true, true, true]);
    expect(ways.map((way) => way.cidrs())).toEqual(Array(4).fill(["192.0.2.0/24"]));
  });

  test("differs when one address does", () => {
    expect(set("192.0.2.0/24").equals(set("192.0.2.0-192.0.2.254"))).toBe(false);
    expect(set("192.0.2.0/24").equals(set("192.0.2.1-192.0.2.255"))).toBe(false);
  });

  test("is equal to a set of another name", () => {
    expect(set("192.0.2.1").equals(set("192.0.2.1").named("home"))).toBe(true);
  });

  test("keeps the families apart: ::1 is not 0.0.0.1", () => {
    expect(set("0.0.0.1").equals(set("::1"))).toBe(false);
    expect(set("0.0.0.1").overlaps(set("::1"))).toBe(false);
    expect(set("0.0.0.1").contains("::1")).toBe(false);
    expect(set("::1").contains("0.0.0.1")).toBe(false);
  });

  test("holds its first and last address, and neither neighbour", () => {
    const probes = ["192.0.1.255", "192.0.2.0", "192.0.2.255", "192.0.3.0"];
    expect(probes.map((probe) => set("192.0.2.0/24").contains(probe))).toEqual([false, true, true, false]);
  });

  test("holds the last address of IPv4 and of IPv6 when the last block is in it", () => {
    expect(set("240.0.0.0/4").contains("255.255.255.255")).toBe(true);
    expect(set("240.0.0.0/4").contains("239.255.255.255")).toBe(false);
    expect(set("ff00::/8").contains("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")).toBe(true);
  });

  test("answers for an address given by its number", () => {
    expect(set("192.0.2.1").contains({ family: 4, value: 0xc0000201n })).toBe(true);
    expect(set("192.0.2.1").contains({ family: 6, value: 0xc0000201n })).toBe(false);
  });

  test.each([
    ["a block", "192.0.2.0/24", {}],
    ["nothing", "", {}],
    ["a name", "example.com", {}],
    ["a zone", "fe80::1%eth0", { change: 'write "fe80::1"' }],
    ["an IPv4-mapped address", "::ffff:192.0.2.1", { change: 'write "192.0.2.1"' }],
  ])("refuses to say whether it holds %s", (_, text, change) => {
    const allowed = "one IPv4 or IPv6 address, the IPv4 form of a mapped one";
    const problem = { at: "address", got: JSON.stringify(text), allowed, ...change };
    expect(problemsOf(() => EVERYTHING.contains(text))).toEqual([problem]);
    expect(() => EVERYTHING.contains(text)).toThrow("address has 1 problem:");
  });

  test("counts every address once", () => {
    expect(set("192.0.2.0/24", "192.0.2.0/25", "198.51.100.1").size).toBe(257n);
    expect(set("2001:db8::/32", "192.0.2.1").size).toBe((1n << 96n) + 1n);
    expect(EMPTY.size).toBe(0n);
    expect(EVERYTHING.size).toBe(ALL_IPV4 + ALL_IPV6);
  });

  test("cannot be changed", () => {
    const office = set("192.0.2.0/24", "2001:db8::/32");
    expect(
      [office, office.ranges, office.ranges[4], office.ranges[6], office.ranges[4][0]].every(Object.isFrozen),
    ).toBe(true);
    expect([EMPTY.ranges[4], office.complement().ranges[6], office.ipv4.ranges[6]].every(Object.isFrozen)).toBe(true);
  });

  test("is left as it was by every operation", () => {
    const [office, home] = [set("192.0.2.0/24"), set("192.0.2.128/25", "2001:db8::/32")];
    office.union(home);
    office.difference(home);
    office.intersection(home);
    office.complement();
    office.named("other");
    expect([office.name, office.cidrs()]).toEqual(["office", ["192.0.2.0/24"]]);
    expect(home.cidrs()).toEqual(["192.0.2.128/25", "2001:db8::/32"]);
  });
});

describe("the empty set and the full set", () => {
  test("the empty set is empty and the full set is not", () => {
    expect([EMPTY.isEmpty, EVERYTHING.isEmpty]).toEqual([true, false]);
    expect([set("192.0.2.1").isEmpty, set("2001:db8::1").isEmpty]).toEqual([false, false]);
  });

  test("the full set is one block of each family", () => {
    expect(EVERYTHING.cidrs()).toEqual(["0.0.0.0/0", "::/0"]);
    expect(AddressSet.everything("anyone").name).toBe("anyone");
  });

  test("each is the complement of the other", () => {
    expect(EVERYTHING.complement().equals(EMPTY)).toBe(true);
    expect(EVERYTHING.complement().ranges).toEqual({ 4: [], 6: [] });
    expect(EMPTY.complement().equals(EVERYTHING)).toBe(true);
  });

  test("the complement of all of IPv4 is all of IPv6", () => {
    expect(set("0.0.0.0/0").complement().cidrs()).toEqual(["::/0"]);
    expect(set("::/0").complement().cidrs()).toEqual(["0.0.0.0/0"]);
  });

  test("the complement of the last address ends before it, and nothing lies past the end", () => {
    expect(set("255.255.255.255").complement().ranges[4]).toEqual([{ first: 0n, last: 0xfffffffen }]);
    expect(set("255.255.255.254/31").complement().ranges[4]).toEqual([{ first: 0n, last: 0xfffffffdn }]);
  });

  test("the complement of the first address begins after it", () => {
    expect(set("0.0.0.0").complement().ranges[4]).toEqual([{ first: 1n, last: 0xffffffffn }]);
  });
});

describe("the algebra", () => {
  const [office, home] = [set("192.0.2.0/25", "2001:db8::/33"), set("192.0.2.64/26", "198.51.100.1").named("home")];

  test("union", () => {
    expect(office.union(home).cidrs()).toEqual(["192.0.2.0/25", "198.51.100.1/32", "2001:db8::/33"]);
  });

  test("union of sets that touch is one block", () => {
    expect(office.union(set("192.0.2.128/25", "2001:db8:8000::/33")).cidrs()).toEqual([
      "192.0.2.0/24",
      "2001:db8::/32",
    ]);
  });

  test("difference", () => {
    expect(office.difference(home).cidrs()).toEqual(["192.0.2.0/26", "2001:db8::/33"]);
    expect(home.difference(office).cidrs()).toEqual(["198.51.100.1/32"]);
  });

  test("difference in the middle of a range leaves both sides", () => {
    expect(set("192.0.2.0/30").difference(set("192.0.2.1")).cidrs()).toEqual(["192.0.2.0/32", "192.0.2.2/31"]);
  });

  test("intersection", () => {
    expect(office.intersection(home).cidrs()).toEqual(["192.0.2.64/26"]);
  });

  test("overlap takes one address", () => {
    expect(set("192.0.2.0-192.0.2.9").overlaps(set("192.0.2.9-192.0.2.20"))).toBe(true);
    expect(set("192.0.2.0-192.0.2.9").overlaps(set("192.0.2.10-192.0.2.20"))).toBe(false);
  });

  test("a subset may be equal, and may not have one address more", () => {
    expect(set("192.0.2.0/25").isSubsetOf(set("192.0.2.0/24"))).toBe(true);
    expect(set("192.0.2.0/24").isSubsetOf(set("192.0.2.0/24"))).toBe(true);
    expect(set("192.0.2.0/24", "2001:db8::1").isSubsetOf(set("192.0.2.0/24"))).toBe(false);
    expect(set("192.0.2.0/24").isSubsetOf(set("192.0.2.0-192.0.2.254"))).toBe(false);
    expect(EMPTY.isSubsetOf(EMPTY)).toBe(true);
  });

  test("names say how a set came about, until it is given one", () => {
    const names = [office.union(home), office.difference(home), office.intersection(home), office.complement()];
    expect(names.map(({ name }) => name)).toEqual([
      "office or home",
      "office but not home",
      "office and home",
      "not office",
    ]);
    expect(office.union(home).named("staff").name).toBe("staff");
  });

  test("each family can be taken alone", () => {
    expect(office.ipv4.cidrs()).toEqual(["192.0.2.0/25"]);
    expect(office.ipv6.cidrs()).toEqual(["2001:db8::/33"]);
    expect([office.ipv4.name, office.ipv6.name]).toEqual(["office (IPv4)", "office (IPv6)"]);
  });
});

describe("blocks", () => {
  test("come in numeric order, IPv4 first", () => {
    const mixed = set("2001:db8:10::/48", "2001:db8:9::/48", "100.0.0.0/8", "9.0.0.0/8", "10.1.0.0/16");
    expect(mixed.cidrs()).toEqual(["9.0.0.0/8", "10.1.0.0/16", "100.0.0.0/8", "2001:db8:9::/48", "2001:db8:10::/48"]);
  });

  test("are the fewest", () => {
    expect(set("192.0.2.1-192.0.2.254").cidrs()).toHaveLength(14);
  });

  test("always have a prefix length, unless the platform wants hosts bare", () => {
    const hosts = set("192.0.2.1", "2001:db8::1", "198.51.100.0/24");
    expect(hosts.cidrs()).toEqual(["192.0.2.1/32", "198.51.100.0/24", "2001:db8::1/128"]);
    expect(hosts.cidrs(HostNotation.SUPABASE)).toEqual(hosts.cidrs());
    expect(hosts.cidrs(HostNotation.CLOUDFLARE)).toEqual(["192.0.2.1", "198.51.100.0/24", "2001:db8::1"]);
  });
});

describe("in words", () => {
  test.each([
    ["both families", set("192.0.2.0/24", "198.51.100.0/24", "2001:db8::/32"), "office (2 IPv4 + 1 IPv6 prefixes)"],
    ["one prefix", set("192.0.2.0/24"), "office (1 IPv4 prefix)"],
    ["IPv6 alone", set("2001:db8::/32", "3fff::/20"), "office (2 IPv6 prefixes)"],
    ["empty", EMPTY, "empty (no address)"],
    ["everything", EVERYTHING, "everything (1 IPv4 + 1 IPv6 prefixes)"],
  ])("%s", (_, addresses, expected) => {
    expect(String(addresses)).toBe(expected);
  });

  test("as JSON it is its name and its blocks", () => {
    expect(JSON.stringify(set("192.0.2.1", "2001:db8::/32"))).toBe(
      '{"name":"office","cidrs":["192.0.2.1/32","2001:db8::/32"]}',
    );
  });
});
